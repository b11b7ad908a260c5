"""What a notebook shows of a graph and of a query's answer."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.graph.explain import Explanation, Passage, Said


def test_a_graph_shows_its_picture_in_a_frame_and_as_svg_and_text(built: Path) -> None:
    shown = kg.load(built)._repr_mimebundle_()
    assert set(shown) == {"text/html", "image/svg+xml", "text/plain"}
    assert shown["text/html"].startswith('<iframe sandbox="allow-scripts allow-downloads"')
    assert "allow-same-origin" not in shown["text/html"]
    assert shown["image/svg+xml"].startswith("<svg")
    assert shown["text/plain"].startswith("<kg.Graph")


def test_a_large_graph_is_shown_as_svg_and_the_page_can_be_saved(generated_page: Any, tmp_path: Path) -> None:
    page = generated_page(400)
    shown = page._repr_mimebundle_()
    assert set(shown) == {"image/svg+xml", "text/plain"}  # the page in the notebook would be half a megabyte
    assert "400 nodes" in shown["text/plain"]
    assert page.save(tmp_path / "vue.html").stat().st_size > 300_000


def test_what_a_notebook_holds_carries_no_way_out_of_its_frame(built: Path) -> None:
    shown = kg.load(built)._repr_mimebundle_()
    opening = shown["text/html"].split("srcdoc=", 1)
    assert opening[0].count("<") == 1
    assert "<" not in opening[1].removesuffix("></iframe>")
    assert opening[1].removesuffix("></iframe>").count('"') == 2


def test_an_answer_shows_its_first_rows_and_never_runs_what_they_say(built: Path) -> None:
    graph = kg.load(built)
    shown = graph.query("SELECT ?s ?o WHERE { ?s kg:recruits ?o }")._repr_mimebundle_()
    assert "<td>id:netflix</td>" in shown["text/html"]
    assert "id:netflix" in shown["text/plain"]
    many = graph.query("SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }")._repr_mimebundle_()["text/html"]
    assert many.count("<tr>") == 51
    assert "<caption>50 / " in many
    hostile = graph.query('SELECT ("<img src=x onerror=alert(1)>" AS ?x) ("</table><script>" AS ?y) {}')
    told = hostile._repr_mimebundle_()["text/html"]
    assert "<img" not in told
    assert "<script" not in told
    assert "&lt;img src=x" in told


def shown(thing: object) -> dict[str, str]:
    """What IPython itself makes of a thing, as it would stand in the notebook's file."""
    formatters = pytest.importorskip("IPython.core.formatters")
    data, _ = formatters.DisplayFormatter().format(thing)
    return dict(json.loads(json.dumps(data)))


def test_ipython_shows_a_graph_an_answer_a_page_and_a_thing(built: Path) -> None:
    graph = kg.load(built)
    for thing, kinds in (
        (graph, {"text/html", "image/svg+xml", "text/plain"}),
        (graph.view(around="Netflix"), {"text/html", "image/svg+xml", "text/plain"}),
        (graph.query("SELECT ?s { ?s kg:recruits ?o }"), {"text/html", "text/plain"}),
        (graph["Netflix"], {"text/html", "text/plain"}),
        (graph["Netflix"].relations[0], {"text/html", "text/plain"}),
        (graph["Netflix"].relations[0].evidence[0], {"text/html", "text/plain"}),
    ):
        assert set(shown(thing)) == kinds
        assert all(shown(thing).values())


def test_a_thing_shows_each_sentence_with_the_words_that_count_marked(built: Path) -> None:
    netflix = kg.load(built)["netflix"]
    told = shown(netflix)["text/html"]
    proofs = [proof for said in netflix.relations for proof in said.evidence]
    assert netflix.relations[0].evidence[0].document == "netflix-ia.txt"
    assert proofs
    assert told.count("<mark>") == len(proofs)
    for proof in proofs:
        assert f"<mark>{escape(' '.join(proof.quote.split()))}</mark>" in told
    assert "SAG-AFTRA" in shown(kg.load(built)["sag aftra"])["text/html"]


def test_a_card_never_runs_what_an_article_says() -> None:
    bad = "<img src=x onerror=alert(1)>"
    place = Passage(bad, 0, 9, f"{bad} dit {bad}", f"dit {bad}", bad, (bad,), "javascript:alert(1)")
    told = Said(bad, bad, bad, bad, bad, bad, 1.0, (bad,), (bad,), (place,), (bad,))
    links = (
        "javascript:alert(2)",
        f"https://example.org/{bad}",
        'https://example.org/" onmouseover="alert(3)',
    )
    thing = Explanation(bad, bad, "entity", bad, bad, (bad,), links, (place,), (told,), (place,))
    for html in (shown(thing)["text/html"], shown(told)["text/html"], shown(place)["text/html"]):
        tags = re.findall("<(/?[a-z0-9]+)([^>]*)>", html)
        assert {name.strip("/") for name, _ in tags} <= {
            *"abp",
            "div",
            "h3",
            "small",
            "br",
            "blockquote",
            "mark",
        }
        assert all(re.fullmatch(r'( href="https?://[^"]*" rel="[a-z ]*")?', inside) for _, inside in tags)
        assert "&lt;img src=x" in html


def test_a_construct_shows_the_statements_it_names_as_a_picture_and_else_a_table(built: Path) -> None:
    graph = kg.load(built)
    answer = graph.query("CONSTRUCT { ?s kg:recruits ?o } WHERE { ?s kg:recruits ?o }")
    shown = answer._repr_mimebundle_()
    assert shown["text/html"].startswith('<iframe sandbox="allow-scripts allow-downloads"')
    assert shown["image/svg+xml"].count("Netflix") >= 1
    assert shown["text/plain"] == answer.serialize()
    hostile = graph.query("CONSTRUCT { <x:a> <x:b> '<img src=x onerror=alert(1)>' } WHERE {}")
    shown = hostile._repr_mimebundle_()
    assert set(shown) == {"text/html", "text/plain"}
    assert "<td>&lt;img src=x" in shown["text/html"]
    assert "<img" not in shown["text/html"]
