"""What a notebook shows of a graph and of a query's answer."""

from __future__ import annotations

from pathlib import Path

import kg


def test_a_graph_shows_its_picture_in_a_frame_and_as_svg_and_text(built: Path) -> None:
    shown = kg.load(built)._repr_mimebundle_()
    assert set(shown) == {"text/html", "image/svg+xml", "text/plain"}
    assert shown["text/html"].startswith('<iframe sandbox="allow-scripts allow-downloads"')
    assert "allow-same-origin" not in shown["text/html"]
    assert shown["image/svg+xml"].startswith("<svg")
    assert shown["text/plain"].startswith("<kg.Graph")


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
