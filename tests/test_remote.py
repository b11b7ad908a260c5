"""A graph pushed to another store gives the same answers there; what changed is pushed again, and nothing else."""

from __future__ import annotations

import importlib.util
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.cli.main import cli
from kg.model import Document, Entity, Evidence, Node, Reading, Span, Statement

PROGRAM = shutil.which("oxigraph") or shutil.which("oxigraph", path=Path(sys.executable).parent)

spec = importlib.util.spec_from_file_location("graph_factory", Path(__file__).parent / "graph" / "factory.py")
assert spec is not None
assert spec.loader is not None
make = importlib.util.module_from_spec(spec)
spec.loader.exec_module(make)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(address: str, tries: int) -> None:
    """Wait until a server says anything at all."""
    for _ in range(tries):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
        else:
            return


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An Oxigraph server on loopback; its address."""
    if PROGRAM is None:
        pytest.skip("the Oxigraph server is not installed: pip install oxigraph")
    port = free_port()
    where = tmp_path_factory.mktemp("store")
    process = subprocess.Popen(
        [PROGRAM, "serve", "--location", where, "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        answers(f"{address}/query?query=ASK%7B%7D", 200)
        yield address
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture
def emptied(server: str) -> str:
    """The same without what other tests pushed there."""
    drop = urllib.request.Request(
        f"{server}/update", b"DROP ALL", {"Content-Type": "application/sparql-update"}
    )
    urllib.request.urlopen(drop, timeout=30).close()
    return server


@pytest.fixture
def graph(tmp_path: Path) -> kg.Graph:
    with kg.Graph.create(tmp_path / "graph") as made:
        made.add(make.article("a.txt"))
        made.add(make.article("b.txt", make.TEXT + " Fin."))
        made.commit()
    return kg.load(tmp_path / "graph")


def graphs_of(graph: kg.Graph) -> int:
    """The graphs of the articles, of what they share, and the default graph."""
    return len(dict(graph.digests()))


def rows(answer: object) -> list[tuple[str, ...]]:
    """The rows, sorted, their columns by name: SPARQL gives SELECT * no order."""
    columns = getattr(answer, "columns", ())
    order = sorted(range(len(columns)), key=columns.__getitem__)
    found = (tuple(map(plain, terms)) for terms in answer.terms)  # type: ignore[attr-defined]
    return sorted(tuple(row[at] for at in order) if order else row for row in found)


def plain(term: object) -> str:
    """A term by its value: XSD lets a boolean be written as a number, and Virtuoso does."""
    text = str(term)
    return text.replace('"1"', '"true"').replace('"0"', '"false"') if text.endswith("#boolean>") else text


QUERIES = (
    "SELECT ?s ?o { ?s kg:recruits ?o }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    "SELECT ?statement ?quote { ?statement prov:wasDerivedFrom ?e . ?e nif:anchorOf ?quote }",
    "SELECT ?s ?n { ?s kg:amount ?a . OPTIONAL { ?a kg:max ?n } }",
    "SELECT DISTINCT ?file { GRAPH ?g { ?who kg:recruits ?what } ?g kg:file ?file }",
    "CONSTRUCT { ?s kg:recruits ?o } WHERE { ?s kg:recruits ?o }",
)


def test_the_same_answers_there_as_here(emptied: str, graph: kg.Graph) -> None:
    assert graph.push(f"{emptied}/store", again=True)["written"] == graphs_of(graph)
    there = kg.connect(f"{emptied}/query")
    for query in QUERIES:
        assert rows(there.query(query)) == rows(graph.query(query)), query
    for name in [question.name for question in kg.questions()]:
        asked = kg.question(name).sparql
        assert rows(there.query(asked)) == rows(graph.query(asked)), name
    assert there.query("ASK { id:netflix ?p ?o }") is True


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Virtuoso on loopback; its address."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("Virtuoso is not installed: apt-get install virtuoso-opensource")
    where = tmp_path_factory.mktemp("virtuoso")
    ports = [free_port(), free_port()]
    (where / "virtuoso.ini").write_text(VIRTUOSO.format(where=where, sql=ports[0], http=ports[1]), "utf-8")
    process = subprocess.Popen(
        [program, "+foreground", "+configfile", "virtuoso.ini"],
        cwd=where,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"127.0.0.1:{ports[1]}"
    try:
        answers(f"http://{address}/sparql?query=ASK%7B%7D", 1200)
        yield address
    finally:
        process.kill()
        process.wait(30)


VIRTUOSO = """[Database]
DatabaseFile = {where}/v.db
ErrorLogFile = {where}/v.log
LockFile = {where}/v.lck
TransactionFile = {where}/v.trx
xa_persistent_file = {where}/v.pxa
[TempDatabase]
DatabaseFile = {where}/t.db
TransactionFile = {where}/t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 2000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {where}
"""


@pytest.fixture
def generated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[kg.Graph, list[str]]:
    """A graph in which each query of tests/benchmarks/bench_graph.py finds something; and these queries."""
    monkeypatch.syspath_prepend(Path(__file__).parent / "benchmarks")
    bench = importlib.import_module("bench_graph")
    readings = list(importlib.import_module("generate_graph").articles(8_000))
    with kg.Graph.create(tmp_path / "generated") as made:
        for reading in readings:
            made.add(reading)
        made.commit()
        who, label = bench.busiest(made)
        known = next(one for one in made.entities() if who.endswith(f"/{one.id}>"))
        # One recruits, and does not: a path, a contradiction, a sentence with a certain sum.
        for polarity in ("affirmed", "negated"):
            text = f"{known.label} recrute Batave pour 77 millions d’euros. C’est {polarity}."
            quote = text.split(".")[0]
            said = Statement(
                Node(known.id, known.label, known.type, known.label),
                "recruits",
                "recrute",
                "recruter",
                Node("batave", "Batave", "Person", "Batave"),
                polarity=polarity,
                evidence=(Evidence(f"{polarity}.txt", 0, len(quote), quote),),
            )
            entities = (known, Entity("batave", "Batave", "Person", (), True))
            document = Document(f"{polarity}.txt", text)
            made.add(Reading(document, (Span(0, len(quote)),), entities, (), (said,)))
        made.commit()
    queries = [text.replace("@WHO@", who).replace("@LABEL@", label) for text in bench.QUERIES.values()]
    return kg.load(tmp_path / "generated"), queries


def test_the_benchmark_queries_have_the_same_rows_in_both_servers(
    emptied: str, virtuoso: str, generated: tuple[kg.Graph, list[str]]
) -> None:
    graph, queries = generated
    graph.push(f"{emptied}/store", again=True)
    said = graph.push(f"http://dba:dba@{virtuoso}/sparql-graph-crud-auth", default="urn:news", again=True)
    assert said["written"] == graphs_of(graph)
    expected = {query: rows(graph.query(query)) for query in queries}
    assert len(expected) == 15
    assert all(expected.values())
    for store in (f"{emptied}/query", f"http://{virtuoso}/sparql?default-graph-uri=urn:news"):
        there = kg.connect(store)
        for query in queries:
            assert rows(there.query(query)) == expected[query], (store, query)


def test_a_wrong_password_is_said(virtuoso: str, graph: kg.Graph) -> None:
    with pytest.raises(kg.GraphError, match="401 Unauthorized"):
        graph.push(f"http://dba:wrong@{virtuoso}/sparql-graph-crud-auth", again=True)


def test_only_what_changed_is_pushed_again(emptied: str, graph: kg.Graph) -> None:
    store = f"{emptied}/store"
    graph.push(store, again=True)
    assert graph.push(store) == {"written": 0, "unchanged": graphs_of(graph), "deleted": 0}
    graph.remove("b.txt")
    graph.add(make.article("c.txt", make.TEXT + " Encore."))
    graph.commit()
    assert graph.push(store) == {"written": 2, "unchanged": 3, "deleted": 1}
    every = "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"
    assert rows(kg.connect(f"{emptied}/query").query(every)) == rows(graph.query(every))
    every = "SELECT ?s ?p ?o { ?s ?p ?o }"
    assert rows(kg.connect(f"{emptied}/query").query(every)) == rows(graph.query(every))


def test_from_the_command_line(server: str, graph: kg.Graph) -> None:
    pushed = CliRunner().invoke(cli, ["push", f"{server}/store", "-g", str(graph.folder), "--again"])
    assert pushed.exit_code == 0
    assert f"{graphs_of(graph)} written" in pushed.output
    asked = CliRunner().invoke(
        cli,
        ["query", "--store", f"{server}/query", "SELECT ?o { id:netflix kg:recruits ?o }", "--format", "csv"],
    )
    assert asked.stdout.splitlines()[1:] == ["https://w3id.org/newsgraph/id/directeur-technique-7ce1"]


def test_a_wrong_query_is_said_to_be_one(server: str) -> None:
    with pytest.raises(kg.QueryError, match="the store answers 400"):
        kg.connect(f"{server}/query").query("SELECT WHERE {")


def test_a_wrong_endpoint_is_said_to_be_one(server: str, graph: kg.Graph) -> None:
    with pytest.raises(kg.GraphError, match="Graph Store Protocol endpoint"):
        graph.push(f"{server}/query", again=True)


def test_no_store_is_said_in_one_line(graph: kg.Graph) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        closed = probe.getsockname()[1]
    with pytest.raises(kg.GraphError, match="no store answers there"):
        graph.push(f"http://127.0.0.1:{closed}/store")
    with pytest.raises(kg.GraphError, match="not the address of a store"):
        graph.push("localhost:7878")
