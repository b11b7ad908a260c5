"""The whole of a page of 1,000 and of 3,000 nodes. Numbers are those of the acceptance list; its speed is in tests/benchmarks."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
PIXELS = """() => { const c = document.querySelector('#canvas canvas');
 const d = new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer);
 return d.reduce((h, pixel) => (Math.imul(h, 31) + pixel) >>> 0, 0); }"""


# That of 300, which has no overview to leave, is opened in test_everywhere.py.
@pytest.fixture(scope="module", params=[1000, 3000])
def page(request: pytest.FixtureRequest, generated_page: Any) -> Any:
    return generated_page(request.param)


def test_it_opens_is_searched_filtered_and_found_again(
    page: Any, open_page: Any, spot: Any, touch: Any
) -> None:
    tab = open_page(page, "#v=all")
    tab.evaluate(DRAWN)
    drawn = tab.evaluate(PIXELS)
    said = re.findall(r"[\d\u202f]+", tab.inner_text("#counts"))
    # 9: claims leave, and the legend has told how many; 6: nothing has moved when they come back
    claims = tab.inner_text("label:has(#f-statuses-attributed) .count")
    tab.uncheck("#f-statuses-attributed")
    left = re.findall(r"[\d\u202f]+", tab.inner_text("#counts"))
    assert number(said[1]) - number(left[1]) == number(claims)
    tab.check("#f-statuses-attributed")
    tab.evaluate(DRAWN)
    assert tab.evaluate(PIXELS) == drawn
    first = min(page.graph, key=lambda node: page.graph.nodes[node]["rank"])
    touch(tab, *spot(tab, page, first))
    assert tab.inner_text("#cardtitle") == page.graph.nodes[first]["label"]
    # 10, 7: a search ends at a card whose every relation has its sentence
    tab.fill("#search", "entite 17")
    tab.press("#search", "Enter")
    assert tab.inner_text("#cardtitle") == "Entité 17"
    marks = tab.locator("#fiche mark").all_inner_texts()
    assert marks
    assert all("Entité 17" in words for words in marks)
    # 14: the address finds it again
    tab.reload()
    tab.wait_for_selector("html[data-ready]", state="attached")
    assert tab.inner_text("#cardtitle") == "Entité 17"
    # 1, 3: no request, no violation, no error
    assert [url for url in tab.kg.requests if not url.startswith("file:")] == []
    assert tab.evaluate("window.__violations") == []
    assert tab.kg.errors == []


def test_05_07_21_the_file(page: Any) -> None:
    assert len(page.html.encode()) <= 1_200_000
    data = json.loads(re.search(r'id="data">(.*?)</script>', page.html, re.DOTALL)[1])
    (document,) = data["docs"]
    for row in data["statements"]:
        assert row[5]
        for number in row[5]:
            home, start, end = data["evidence"][3 * number : 3 * number + 3]
            first, words = next(p for p in document["parts"] if p[0] <= start and end <= p[0] + len(p[1]))
            ends = [data["nodes"][row[k]][1] for k in (1, 3)]
            assert home == 0
            assert words[start - first : end - first] == " ".join(
                [ends[0], data["predicates"][row[2]][1], ends[1]]
            )
    assert page.html.count("<q>") >= 100  # the table for browsers without scripts


def number(text: str) -> int:
    """A count as the French page writes it."""
    return int(text.replace("\u202f", ""))
