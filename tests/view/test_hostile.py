"""Text that wants to be code stays text: in the page, in the notebook's frame, in the table without scripts."""

from __future__ import annotations

import json
import re
from types import ModuleType
from typing import Any
from urllib.parse import quote

import pytest

from kg.model import Attribution, Document, Entity, Evidence, Mention, Node, Qualifier, Statement
from kg.view.page import picture

PAYLOADS = (
    "<img src=x onerror=window.__pwn=1>",
    "</script><script>window.__pwn=2</script>",
    "<svg onload=window.__pwn=3>",
    "javascript:window.__pwn=4",
    '" onmouseover="window.__pwn=5',
    "{{7*7}}{% raw %}",
    "--><script>window.__pwn=6</script><!--",
    "a\u2028b\u2029c",
    "Net\u202eflix\u2066",
    "a\u0000b\u0007c",
    "'); window.__pwn=7; ('",
    "]]><script>window.__pwn=8</script>",
)


CLICK = "all => all.forEach(one => one.dispatchEvent(new MouseEvent('click', {bubbles: true})))"


def tables(page: Any) -> dict[str, Any]:
    """What the page carries, as JSON."""
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.html, re.DOTALL)
    assert data is not None
    assert not re.search("[<>&\u2028\u2029]", data[1])
    return dict(json.loads(data[1]))


@pytest.fixture(scope="module")
def hostile() -> Any:
    """A page in which every field is a payload."""
    texts = ["".join(f"Début {n} {payload} fin. " for n, payload in enumerate(PAYLOADS)), "Autre."]
    article = Document(
        PAYLOADS[0],
        texts[0],
        title=PAYLOADS[1],
        outlet=PAYLOADS[2],
        author=PAYLOADS[4],
        url=PAYLOADS[3],
        language="fr",
    )
    other = Document(
        "b.txt" + PAYLOADS[5], texts[1], title=PAYLOADS[6], url="https://example.org/\"onclick='x'"
    )
    entities = [
        Entity(
            f"{payload}{n}",
            payload,
            payload if n % 2 else "Person",
            (payload, PAYLOADS[0]),
            True,
            (payload, "https://ok.example/"),
        )
        for n, payload in enumerate(PAYLOADS)
    ]
    nodes = [Node(entity.id, entity.label, entity.type, entity.label) for entity in entities]
    statements = []
    for n, payload in enumerate(PAYLOADS):
        start = article.text.index(f"Début {n} ")
        quote = article.text[start : start + len(f"Début {n} {payload}")]
        statements.append(
            Statement(
                nodes[n],
                payload,
                payload,
                payload,
                nodes[(n + 1) % len(nodes)],
                (
                    Qualifier("place", nodes[(n + 2) % len(nodes)]),
                    Qualifier(payload, Node(payload, payload, "Concept")),
                ),
                (Attribution(nodes[(n + 3) % len(nodes)], payload, "distancing"),) if n % 2 else (),
                evidence=(Evidence(article.name, start, start + len(quote), quote),),
                rule=payload,
            )
        )
    mentions = [
        (article.name, Mention(8, 8 + len(PAYLOADS[0]), PAYLOADS[0], "name", "Person", 0, 0, entities[0].id))
    ]
    background = [Statement(nodes[0], "p", PAYLOADS[2], "", Node("v", PAYLOADS[0], "Statement"))]
    return picture(
        statements, entities, [article, other], mentions=mentions, background=background, title=PAYLOADS[1]
    )


def test_02_nothing_executes(hostile: Any, open_page: Any, invented: ModuleType) -> None:
    tab = open_page(hostile, "#n=<img src=x onerror=window.__pwn=9>&f=t.<svg onload=window.__pwn=9>")
    pictures = tab.locator("svg").count()
    for each in ("#list button", "#fiche details.how summary"):
        tab.eval_on_selector_all(each, CLICK)
    tab.click("#tab-table")
    tab.eval_on_selector_all("#table tbody tr", CLICK)
    tab.click("#tab-article")
    tab.eval_on_selector_all("#article .sent", CLICK)
    box = tab.locator("#canvas").bounding_box()
    for step in range(0, 100, 9):
        tab.mouse.move(
            box["x"] + box["width"] * step / 100, box["y"] + box["height"] * ((step * 7) % 100) / 100
        )
        tab.mouse.down()
        tab.mouse.up()
    for payload in PAYLOADS[:5]:
        tab.fill("#search", payload)
    for name in ("types", "statuses", "predicates"):
        tab.click(f"#none-{name}")
        tab.click(f"#all-{name}")
    data = tables(hostile)
    for source, target, look, *_ in data["edges"]:
        ends = [quote(data["nodes"][end][0], safe="") for end in (source, target)]
        tab.evaluate("hash => { location.hash = hash }", f"e={'~'.join(ends)}~{look}")
    for button in ("#png1", "#csv", "#json", "#ttl"):
        tab.click("#export summary")
        with tab.expect_download():
            tab.click(button)
    tab.click("#en")
    tab.wait_for_timeout(100)
    assert tab.evaluate("window.__pwn") is None
    assert tab.evaluate("window.__violations") == []
    assert tab.locator("img, iframe, object, embed, base, form").count() == 0
    assert tab.locator("script").count() == 4  # data, packed engine, our own, the engine unpacked
    assert tab.locator("svg").count() <= pictures + 80  # signs only, none made from data
    assert (
        tab.eval_on_selector_all(
            "a[href]", "all => all.map(a => a.protocol).filter(p => !/^https?:$/.test(p))"
        )
        == []
    )
    assert [url for url in tab.kg.requests if not url.startswith("file:")] == []
    assert tab.kg.errors == []


def test_02_the_text_is_shown_as_it_is(hostile: Any, open_page: Any) -> None:
    tab = open_page(hostile)
    names = tab.inner_text("#list")
    assert PAYLOADS[0] in names
    assert "{{7*7}}" in names
    assert "Netflix" in names  # the control that turns it round is gone
    assert "\u202e" not in names
    tab.click("#tab-article")
    assert "</script><script>window.__pwn=2</script>" in tab.inner_text("#article")


def test_02_without_scripts_and_in_a_notebook(
    hostile: Any, open_page: Any, browser: Any, tmp_path: Any
) -> None:
    tab = open_page(hostile, java_script_enabled=False)
    assert tab.locator("noscript img, noscript script, noscript svg").count() == 0
    assert PAYLOADS[0] in tab.inner_text("body > noscript")
    path = tmp_path / "notebook.html"
    path.write_text("<!doctype html>" + hostile._repr_mimebundle_()["text/html"], encoding="utf-8")
    outer = browser.new_context(offline=True).new_page()
    outer.goto(path.as_uri())
    outer.frames[1].wait_for_selector("html[data-ready]", state="attached")
    assert outer.evaluate("window.__pwn") is None
    assert outer.frames[1].evaluate("window.__pwn") is None
    outer.context.close()


def test_the_data_cannot_leave_its_script(hostile: Any) -> None:
    assert tables(hostile)["nodes"]
    assert hostile.html.count("<script") == 3


def test_the_svg_is_well_formed_and_does_nothing(hostile: Any) -> None:
    from xml.etree import ElementTree

    root = ElementTree.fromstring(hostile.svg())
    names = {element.tag.rsplit("}")[-1] for element in root.iter()}
    assert names <= {"svg", "title", "rect", "path", "circle", "polygon", "text"}
    assert not [
        name for element in root.iter() for name in element.attrib if name.startswith("on") or "href" in name
    ]
