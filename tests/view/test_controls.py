"""Each control does what its words say: boxes, clocks, keys, copies; words on lines come when they can be read."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import kg
from kg.view.page import picture

DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
FRAMES = """() => new Promise(done => { let n = 0; const next = window.requestAnimationFrame; setTimeout(() => {
 window.requestAnimationFrame = f => { n++; return next(f); }; setTimeout(() => { window.requestAnimationFrame = next; done(n); }, 400); }, 300); })"""
WORDS = """(() => { const draw = CanvasRenderingContext2D.prototype.fillText; window.__texts = [];
 CanvasRenderingContext2D.prototype.fillText = function (text, ...more) { window.__texts.push([text, this.font.includes('italic')]); return draw.call(this, text, ...more); }; })()"""


def numbers(tab: Any) -> list[int]:
    return [
        int(each.replace("\u202f", "")) for each in re.findall(r"\d[\d\u202f]*", tab.inner_text("#counts"))
    ]


def test_all_and_none_of_a_kind(demo: Any, revisit: Any) -> None:
    tab = revisit(demo)
    whole = numbers(tab)
    for kind in ("types", "statuses", "predicates", "docs"):
        tab.click(f"#none-{kind}")
        assert tab.locator(f"input[data-kind={kind}]:checked").count() == 0
        assert numbers(tab)[1] < whole[1]
        assert tab.evaluate("document.activeElement.id") == f"none-{kind}"
        tab.click(f"#all-{kind}")
        assert tab.locator(f"input[data-kind={kind}]:not(:checked)").count() == 0
        assert numbers(tab) == whole
        assert tab.is_disabled("#reset")


def test_when_it_happened_and_when_it_was_published_are_two_clocks(demo: Any, revisit: Any) -> None:
    tab = revisit(demo)
    assert tab.inner_text("#time .ends label >> nth=0").split()[-2:] == ["juin", "2023"]
    undated = int(re.findall(r"\d+", tab.inner_text("#time label:has(#undated)"))[0])
    tab.select_option("#clock", "publication")
    assert tab.inner_text("#time .ends label >> nth=0").split()[-3:] == ["5", "juil.", "2023"]
    later = int(re.findall(r"\d+", tab.inner_text("#time label:has(#undated)"))[0])
    assert later < undated  # every article has a date; only what was inferred or known has none
    assert "k=publication" in tab.url
    tab.focus("#time-from")
    tab.keyboard.press("End")
    tab.click("#tab-table")
    table = tab.inner_text("#table")
    assert "Elle emploie 580 personnes" in table  # of the evening paper, 9 July
    assert "L’Union des marins réclame" not in table  # of the morning paper, 5 July
    assert tab.inner_text("#time .ends label >> nth=0").split()[-3:] == ["9", "juil.", "2023"]
    tab.click("#timereset")
    assert "t=" not in tab.url


def test_17_a_brush_and_the_keys_choose_the_same_of_a_thousand(invented: Any, open_page: Any) -> None:
    statements, entities, documents = invented.generated(1000)
    dated = [
        replace(each, qualifiers=(invented.day(f"2023-{1 + k // 3 % 12:02}-{1 + k % 28:02}"),))
        if k % 3 == 0
        else each
        for k, each in enumerate(statements)
    ]
    tab = open_page(picture(dated, entities, documents))
    whole = numbers(tab)
    assert tab.locator("#time rect.bar").count() == 12
    assert "janv. 2023\u00a0: " in tab.text_content("#time rect.bar title >> nth=0")
    box = tab.locator("#time svg").bounding_box()
    tab.mouse.move(box["x"] + box["width"] * 6.5 / 12, box["y"] + 20)
    tab.mouse.down()
    tab.mouse.move(box["x"] + box["width"] * 7.5 / 12, box["y"] + 20)
    tab.mouse.up()
    tab.kg.until("location.hash.includes('t=2023-07-01..2023-08-31')")
    brushed = numbers(tab)
    within = [
        each
        for each in dated
        if not each.qualifiers or "2023-07" <= each.qualifiers[0].node.value.start[:7] <= "2023-08"
    ]
    assert brushed[1] == len(within) < whole[1]
    tab.click("#timereset")
    assert numbers(tab) == whole
    for slider, key, times in (("from", "ArrowRight", 6), ("to", "ArrowLeft", 4)):
        for _ in range(times):
            tab.focus(f"#time-{slider}")
            tab.keyboard.press(key)
    assert numbers(tab) == brushed
    tab.uncheck("#undated")
    assert numbers(tab)[1] == len([each for each in within if each.qualifiers])


def test_beyond_a_hundred_names_relations_are_written_for_what_is_chosen(
    open_page: Any, generated_page: Any
) -> None:
    tab = open_page(generated_page(300), init=WORDS)
    verbs = {"emploie", "critique", "rencontre", "soutient", "rachète"}
    tab.evaluate(DRAWN)
    said = tab.evaluate("window.__texts")
    named = {text for text, slanted in said if text.startswith("Entité")}
    assert 40 <= len(named) <= 120  # the most central
    assert not verbs & {text for text, slanted in said if slanted}
    tab.evaluate("window.__texts.length = 0")
    tab.fill("#search", "entité 17")
    tab.press("#search", "Enter")
    tab.evaluate(DRAWN)
    said = tab.evaluate("window.__texts")
    assert verbs & {text.split(" ")[0] for text, slanted in said if slanted}
    assert "Entité 17" in {text for text, _ in said}


def test_keys_fit_the_drawing_and_walk_the_relations(demo: Any, open_page: Any) -> None:
    tab = open_page(demo, "#n=moby", reduced_motion="no-preference")
    tab.keyboard.press("Escape")
    tab.click("#fit")
    tab.evaluate(DRAWN)
    fitted = tab.get_attribute("#canvas", "data-view")
    for _ in range(3):  # faster than it moves
        tab.click("#zoomin")
    tab.kg.until(
        "least => +document.querySelector('#canvas').dataset.view.split(' ')[2] > least",
        arg=1.3 * float(fitted.split()[2]),
    )
    tab.keyboard.press("f")  # while it still moves
    tab.evaluate(DRAWN)
    where = tab.get_attribute("#canvas", "data-view")
    assert [*map(float, where.split())] == pytest.approx([*map(float, fitted.split())])
    asked = tab.evaluate(FRAMES)
    assert asked == 0  # and comes to rest
    assert tab.get_attribute("#canvas", "data-view") == where
    tab.evaluate("location.hash = 'n=compagnie-des-ferries'")
    tab.kg.until("document.querySelector('#cardtitle').textContent === 'Compagnie des Ferries'")
    walked = []
    for key in ("n", "n", "n", "p", "p"):
        tab.keyboard.press(key)
        walked.append(tab.inner_text("#cardtitle"))
    assert len(set(walked[:3])) == 3
    assert walked[3:] == [walked[1], walked[0]]


def test_what_is_copied_leads_back(demo: Any, open_page: Any) -> None:
    tab = open_page(demo, "#n=saint-malo")
    tab.evaluate(
        "() => { window.__copied = []; document.execCommand = () => { window.__copied.push(document.activeElement.value); return true; }; Object.defineProperty(navigator, 'clipboard', { value: undefined }); }"
    )
    tab.click("#fiche button:has-text('Copier le lien') >> nth=0")
    assert tab.inner_text("#say") == "Copié"
    tab.click("#fiche summary:has-text('Pour réutiliser les données')")
    tab.click("#fiche button:has-text('Copier l’IRI')")
    address, iri = tab.evaluate("window.__copied")
    assert iri == "https://w3id.org/newsgraph/id/saint-malo"
    tab.goto("about:blank")
    tab.goto(address)
    tab.wait_for_selector("html[data-ready]", state="attached")
    assert tab.inner_text("#cardtitle") == "Saint-Malo"


def test_neighbours_are_listed_and_a_group_holds_its_own(
    demo: Any, generated_page: Any, revisit: Any
) -> None:
    tab = revisit(demo, "#n=nordsee")
    near = tab.locator("#fiche h3:has-text('Voisins') + .chips button").all_inner_texts()
    around = {
        demo.graph.nodes[n]["label"]
        for n in (*demo.graph.successors("nordsee"), *demo.graph.predecessors("nordsee"))
    }
    assert set(near) == around
    tab.click("#fiche .chips button:has-text('Moby')")
    assert tab.inner_text("#cardtitle") == "Moby"
    page = generated_page(1000)
    large = revisit(page, "#v=group0")
    members = [n for n, community in page.graph.nodes(data="community") if community == 0]
    large.click("#list button >> nth=0")
    assert len(members) > 50
    assert "1 000 entités" not in large.inner_text("#crumbs").replace("\u202f", " ")
    assert large.locator("#crumbs button").count() == 1  # one way back, to the overview


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_drawing_is_on_the_ground_of_the_scheme(demo: Any, open_page: Any, scheme: str) -> None:
    tab = open_page(demo, color_scheme="dark" if scheme == "light" else "light")
    tab.emulate_media(color_scheme=scheme)  # it changes under the reader's eyes
    tab.evaluate(DRAWN)
    ground = tab.evaluate(
        "[...document.querySelector('#canvas canvas').getContext('2d').getImageData(2, 2, 1, 1).data].slice(0, 3)"
    )
    assert ground == ([255, 254, 251] if scheme == "light" else [23, 23, 26])


def test_16_the_svg_of_any_graph_is_a_picture_and_nothing_else(
    built: Path, generated_page: Any, demo: Any
) -> None:
    for page in (kg.load(built).view(), demo, generated_page(300), generated_page(1000)):
        root = ElementTree.fromstring(page.svg())
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        parts = {element.tag.rsplit("}")[-1] for element in root.iter()}
        assert parts <= {"svg", "title", "rect", "path", "circle", "polygon", "text"}
        assert not [
            name for each in root.iter() for name in each.attrib if name.startswith("on") or "href" in name
        ]
        drawn = [each for each in root.iter() if each.tag.endswith(("circle", "polygon", "rect"))]
        assert len(drawn) >= len(page.graph)


def test_16_in_the_svg_a_line_ends_at_the_border_of_a_value_and_as_its_status_says(demo: Any) -> None:
    root = ElementTree.fromstring(demo.svg())
    boxes = [[float(each.get(k)) for k in ("x", "y", "width", "height")] for each in root.findall(".//{*}rect") if each.get("rx")]  # fmt: skip
    paths = [each for each in root.findall(".//{*}path") if "Q" not in each.get("d")]
    tips = [[float(n) for n in re.findall(r"-?[\d.]+", each.get("d"))][2:4] for each in paths]
    assert len(boxes) == 5
    assert not [
        (x, y) for x, y in tips for a, b, wide, high in boxes if a < x < a + wide and b < y < b + high
    ]
    ends = [(each.get("fill") == "none", "Z" in each.get("d"), each.get("d").count("L")) for each in paths]
    assert set(ends) == {
        (False, True, 2),
        (True, False, 2),
        (False, False, 1),
    }  # a fact, what is not yet one, what is denied
    texts = [each.text for each in root.findall(".//{*}text")]
    assert "«\u00a0Nous ne céderons pas\u00a0»" in texts


def test_18_a_notebook_of_seeds_draws_and_reads_by_itself(built: Path, browser: Any, tmp_path: Path) -> None:
    graph = kg.load(built)
    cells = [
        graph._repr_mimebundle_(),
        graph.query("CONSTRUCT { ?s kg:recruits ?o } WHERE { ?s kg:recruits ?o }")._repr_mimebundle_(),
    ]
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code", "id": f"c{k}", "metadata": {}, "source": "", "execution_count": k, "outputs": [{"output_type": "display_data", "metadata": {}, "data": data}]} for k, data in enumerate(cells)]}  # fmt: skip
    assert json.loads(json.dumps(notebook)) == notebook
    path = tmp_path / "notebook.html"
    path.write_text(
        "<!doctype html><title>n</title>" + "".join(each["text/html"] for each in cells), encoding="utf-8"
    )
    context = browser.new_context(offline=True)
    tab = context.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(path.as_uri())
    first, second = tab.frames[1:]
    for frame in (first, second):
        frame.wait_for_selector("html[data-ready]", state="attached")
        with pytest.raises(Exception, match=r"SecurityError|cross-origin"):
            frame.evaluate("parent.document.title")
    first.fill("#search", "netflix")
    first.press("#search", "Enter")
    assert first.inner_text("#cardtitle") == "Netflix"
    assert second.inner_text("#cardtitle") == "Les phrases derrière le graphe"
    assert "Netflix" in second.inner_text("#list")
    assert [url for url in asked if not url.startswith(("file:", "about:"))] == []
    context.close()
