"""The public surface: what `kg` says it has is there, and nothing heavy is loaded for it."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import kg

REPOSITORY = Path(__file__).parents[1]
HEAVY = (
    "spacy",
    "pyvis",
    "networkx",
    "rdflib",
    "pyshacl",
    "trafilatura",
    "pyarrow",
    "numpy",
    "jinja2",
    "starlette",
    "datasketch",
)


def test_the_names_are_sorted_and_there():
    assert kg.__all__ == sorted(kg.__all__)
    assert dir(kg) == kg.__all__
    assert all(getattr(kg, name) is not None for name in kg.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = kg.nothing  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", [name for name in kg.__all__ if not name.startswith("_")])
def test_every_name_says_what_it_is(name):
    assert inspect.getdoc(getattr(kg, name))


@pytest.mark.parametrize("name", [name for name in dir(kg.Graph) if not name.startswith("_")])
def test_everything_that_a_graph_does_is_described(name):
    assert inspect.getdoc(getattr(kg.Graph, name))


def test_each_lazy_name_lives_where_the_package_says():
    for home, names in kg.HOMES.items():
        module = importlib.import_module(home)
        assert set(names) <= set(module.__all__), home


def loaded(*arguments: str) -> set[str]:
    """The heavy libraries that a command of kg imports."""
    program = (
        "import os, sys, runpy\n"
        # A query ends its process at once, before anything could be told here.
        "os._exit = sys.exit\n"
        f"sys.argv = ['kg', *{list(arguments)!r}]\n"
        "try:\n    runpy.run_module('kg', run_name='__main__')\n"
        "except SystemExit:\n    pass\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, encoding="utf-8", check=True
    )
    return set(run.stderr.splitlines()[-1].split())


def test_help_loads_nothing_heavy():
    assert loaded("--help") == loaded("query", "--help") == set()


def test_a_query_loads_nothing_heavy(built):
    assert loaded("query", "-g", str(built), "SELECT * WHERE { ?s kg:polarity ?o } LIMIT 1") == set()


def test_one_article_is_read_without_spacy_and_without_what_finds_copies(tmp_path):
    (tmp_path / "a.txt").write_text("Anne Martin dirige le journal Le Monde.", encoding="utf-8")
    heavy = loaded("build", "-q", str(tmp_path / "a.txt"), "-g", str(tmp_path / "graph"))
    assert "numpy" in heavy
    assert heavy.isdisjoint({"spacy", "datasketch", "pyshacl"})


def test_a_graph_kept_in_memory_is_the_one_kept_in_a_folder(built, tmp_path):
    source = REPOSITORY / "seeds"
    graph = kg.build(source, None)
    assert graph.folder is None
    assert [statement.id for statement in graph.statements()] == [
        item.id for item in kg.load(built).statements()
    ]


def test_a_graph_shows_itself(built):
    graph = kg.load(built)
    assert repr(graph).startswith(f"<kg.Graph {built}: 1 articles, ")
    shown = graph._repr_mimebundle_()
    assert {"text/plain", "image/svg+xml"} <= set(shown)
    assert shown["text/plain"] == repr(graph)


def test_the_picture_can_be_narrowed(built, tmp_path):
    graph = kg.load(built)
    whole = graph.network()
    about = graph.view(query="SELECT ?s ?o WHERE { ?s kg:recruits ?o }").graph
    assert 0 < len(about) < len(whole)
    assert (
        graph.view(tmp_path / "page.html", around="Netflix").save(tmp_path / "page.html").stat().st_size
        > 100_000
    )
    with pytest.raises(kg.QueryError, match="names no statement"):
        graph.view(query="SELECT ?s WHERE { ?s kg:neverSaid ?o }")


def test_the_progress_of_a_build_is_told(tmp_path):
    (tmp_path / "a.txt").write_text("Renault recrute deux cents ingénieurs.", encoding="utf-8")
    told: list[str] = []
    kg.build(tmp_path / "a.txt", None, progress=lambda document: told.append(document.name))
    assert told == ["a.txt"]
