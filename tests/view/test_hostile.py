"""Text that wants to be code stays text: in the page, in the notebook's frame, in the table without scripts."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.model import (
    Amount,
    Attribution,
    Document,
    Entity,
    Evidence,
    Mention,
    Node,
    Period,
    Qualifier,
    Statement,
)
from kg.view.names import clean
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


def tables(page: Any) -> dict[str, Any]:
    """What the page carries, as JSON."""
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.html, re.DOTALL)
    assert data is not None
    assert not re.search("[<>&\u2028\u2029]", data[1])
    return dict(json.loads(data[1]))


@pytest.fixture(scope="module")
def hostile() -> Any:
    """A page in which every payload stands in every field: of an article, an entity, a statement, a value, a date."""
    documents, entities, statements, mentions = [], [], [], []
    for n, payload in enumerate(PAYLOADS):
        documents.append(
            Document(
                f"{n}{payload}",
                f"Avant {n}. {payload} fait {payload}. Après.",
                title=payload,
                published=date(2023, 1, n + 1),
                outlet=payload,
                author=payload,
                url=payload if n % 2 else f"https://example.org/{payload}",
                language=payload,
            )
        )
        links = (payload, f"https://ok.example/{payload}")
        entities.append(Entity(f"{payload}{n}", payload, payload, (f"alias {payload}",), True, links))
    nodes = [Node(entity.id, entity.label, entity.type, entity.label) for entity in entities]
    for n, payload in enumerate(PAYLOADS):
        text = documents[n].text
        start = text.index(payload)
        quoted = text[start : text.index(". Après")]
        mentions.append(
            (
                documents[n].name,
                Mention(start, start + len(payload), payload, "name", payload, 0, 0, nodes[n].id),
            )
        )
        value = Node(f"v{payload}", payload, "Amount", payload, Amount(value=1.0, unit=payload, per=payload))
        moment = Node(f"t{payload}", payload, "Date", payload, Period(payload, payload))
        circumstances = (
            Qualifier("place", nodes[(n + 2) % len(nodes)]),
            Qualifier(payload, Node(payload, payload, "Concept")),
            Qualifier("time", moment),
        )
        said = (Attribution(nodes[(n + 3) % len(nodes)], payload, "distancing"),)
        words = Node(f"w{payload}", payload, "Statement")
        statements += [
            Statement(
                nodes[n],
                payload,
                payload,
                payload,
                target,
                circumstances,
                said if target is value else (),
                modality=payload if target is moment else "actual",
                evidence=(Evidence(documents[n].name, start, start + len(quoted), quoted),),
                rule=payload,
            )
            for target in (nodes[(n + 1) % len(nodes)], value, moment, words, None)
        ]
    background = [Statement(nodes[0], payload, payload, payload, nodes[1]) for payload in PAYLOADS]
    inferred = [
        (Statement(nodes[2], payload, payload, "", nodes[3], rule=payload), (statements[0].id,))
        for payload in PAYLOADS
    ]
    rules = {payload: {"fr": payload, "en": payload} for payload in PAYLOADS}
    return picture(
        statements,
        entities,
        documents,
        mentions=mentions,
        background=background,
        inferred=inferred,
        rules=rules,
        title=PAYLOADS[1],
    )


# One pass over the page by script: each list entry, row, sentence, box, summary… is clicked where it is found.
TOUCH = """selectors => { for (const each of selectors) for (let k = 0; ; k++) {
 const found = [...document.querySelectorAll(each)]; if (k >= found.length) break;
 found[k].dispatchEvent(new MouseEvent('mouseover', {bubbles: true})); found[k].dispatchEvent(new MouseEvent('click', {bubbles: true})); } }"""


def test_02_nothing_executes(hostile: Any, open_page: Any) -> None:
    tab = open_page(hostile, "#n=<img src=x onerror=window.__pwn=9>&f=t.<svg onload=window.__pwn=9>")
    strange = "svg :not(rect, circle, polygon, line, path), svg[onload], [onerror], [onmouseover], [onclick]"
    data = tables(hostile)
    tab.evaluate(
        TOUCH, ["#list button", "#fiche details.how summary", "#fiche .acts button", "#fiche .say button"]
    )
    tab.click("#tab-table")
    tab.evaluate(TOUCH, ["#table tbody tr"])
    tab.click("#tab-article")
    for number in range(len(data["docs"])):
        tab.select_option("#article select", str(number))
        tab.evaluate(TOUCH, ["#article .sent", "#article .men"])
        tab.click("#tab-article")
    box = tab.locator("#canvas").bounding_box()
    for step in range(0, 100, 9):
        tab.mouse.click(
            box["x"] + box["width"] * step / 100, box["y"] + box["height"] * ((step * 7) % 100) / 100
        )
    for payload in PAYLOADS:
        tab.fill("#search", payload)
        tab.press("#search", "Enter")
    tab.evaluate(TOUCH, ["#side input[type=checkbox]"])
    tab.click("#reset")
    tab.evaluate(
        """([edges, keys, payloads]) => { const go = h => { history.replaceState(null, '', '#' + h); window.dispatchEvent(new Event('popstate')); };
         for (const [a, b, look] of edges) go('e=' + encodeURIComponent(keys[a] + '~' + keys[b] + '~' + look));
         payloads.forEach((raw, k) => { for (const p of k < 4 ? [raw, encodeURIComponent(raw)] : [encodeURIComponent(raw)])
          go(`n=${p}&s=${p}&e=${p}~${p}~${p}&p=${p}~${p}&q=${p}:1:2&f=t.${p},s.${p},r.${p},d.${p},g.${p},${p}&k=${p}&t=${p}..${p}&v=ego1~${p}&l=${p}`); });
         go(''); }""",
        [[row[:3] for row in data["edges"]], [row[0] or row[1] for row in data["nodes"]], list(PAYLOADS)],
    )
    for button in ("#png1", "#csv", "#json", "#ttl"):
        tab.click("#export summary")
        with tab.expect_download():
            tab.click(button)
    tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    tab.click("#en")
    tab.wait_for_timeout(50)
    assert tab.evaluate("window.__pwn") is None
    assert tab.evaluate("window.__violations") == []
    assert tab.locator("img, iframe, object, embed, base, form").count() == 0
    assert tab.locator("script").count() == 4  # data, packed engine, our own, the engine unpacked
    assert tab.locator(strange).count() == 0
    links = tab.eval_on_selector_all("a[href]", "all => all.map(a => a.protocol + a.rel)")
    assert set(links) <= {"https:noopener noreferrer nofollow"}
    assert [url for url in tab.kg.requests if not url.startswith("file:")] == []
    assert tab.kg.errors == []


def test_16_what_is_taken_along_holds_the_same_text_and_nothing_else(hostile: Any, revisit: Any) -> None:
    pyoxigraph = pytest.importorskip("pyoxigraph")
    tab, taken = revisit(hostile), {}
    for button in ("ttl", "csv", "json"):
        tab.click("#export summary")
        with tab.expect_download() as waiting:
            tab.click(f"#{button}")
        taken[button] = Path(waiting.value.path()).read_text("utf-8-sig")
    triples = list(pyoxigraph.parse(taken["ttl"].encode(), format=pyoxigraph.RdfFormat.TURTLE))
    labels = {t.object.value for t in triples if t.predicate.value.endswith("#label")}
    assert labels >= {clean(payload) for payload in PAYLOADS}
    quotes = {t.object.value for t in triples if t.predicate.value.endswith("anchorOf")}
    rows = list(csv.DictReader(io.StringIO(taken["csv"])))
    statements = json.loads(taken["json"])["statements"]
    assert quotes <= {cell for row in rows for cell in (row["quote"], row["quote"].removeprefix("'"))}
    assert quotes == {proof["quote"] for each in statements for proof in each["evidence"]}
    assert {f"{payload} fait {payload}" for payload in PAYLOADS} == quotes
    assert not [cell for row in rows for cell in row.values() if cell and cell[0] in "=+-@\t\r"]  # no formula
    words = {
        "http://www.w3.org/",
        "https://w3id.org/newsgraph/",
        "http://persistence.uni-leipzig.org/",
        "https://schema.org/",
        "https://ok.example/",
    }
    for triple in triples:
        for term in (triple.subject, triple.predicate, triple.object):
            if isinstance(term, pyoxigraph.NamedNode):
                assert term.value.startswith(tuple(words)), term


def test_02_the_text_is_shown_as_it_is(hostile: Any, revisit: Any) -> None:
    tab = revisit(hostile)
    names = tab.eval_on_selector_all("#list .name", "all => all.map(e => e.textContent)")
    assert set(names) == {clean(payload) for payload in PAYLOADS}
    assert "Netflix" in names  # the control that turns it round is gone
    for number, payload in enumerate(PAYLOADS):
        tab.evaluate("key => { location.hash = 'n=' + encodeURIComponent(key) }", f"{payload}{number}")
        tab.kg.until("text => document.querySelector('#cardtitle').textContent === text", arg=clean(payload))
        card = tab.text_content("#fiche")
        # its class, its alias, its relation, who says it, its sentence: each as it was written
        assert f"alias {clean(payload)}" in card
        assert tab.locator("#fiche .rel", has_text=clean(payload)).count() >= 1
        assert f"{payload} fait {payload}" in card
    tab.click("#tab-article")
    texts = []
    for number in range(len(PAYLOADS)):
        tab.select_option("#article select", str(number))
        texts.append(tab.text_content("#article .text"))
    assert all(payload in text for payload, text in zip(PAYLOADS, texts, strict=True))


def test_02_without_scripts_and_in_a_notebook(
    hostile: Any, open_page: Any, browser: Any, tmp_path: Any
) -> None:
    tab = open_page(hostile, scripts=False)
    assert tab.locator("noscript img, noscript script, noscript svg").count() == 0
    told = " ".join(tab.text_content("body > noscript").split())
    for payload in PAYLOADS:
        assert told.count(clean(payload)) >= 4, payload  # title, names, relation, sentence
    assert tab.locator("noscript a, noscript [onmouseover], noscript [style]").count() == 0
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
