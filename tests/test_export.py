"""Every format can be read by the library of its field, and holds the same graph."""

from __future__ import annotations

import csv
import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import networkx
import pyarrow.parquet
import pyoxigraph
import pytest
import rdflib
from pyoxigraph import RdfFormat

from kg.errors import ExportError
from kg.export import SUFFIXES, TABLES, export
from kg.graph import Graph
from kg.graph.turtle import turtle

SHARED = Path(__file__).parents[1] / ".." / "shared"
FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".rdf": RdfFormat.RDF_XML,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
}
HOSTILE = 'Un « titre » <script>alert(1)</script> """ \x00\x1b\u202e > <http://evil/> . \\ \u2028 😀 é'


def _factory():
    spec = importlib.util.spec_from_file_location("factory", Path(__file__).parent / "graph" / "factory.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def graph() -> Graph:
    """Two articles that share their facts; one is full of what breaks formats."""
    factory = _factory()
    made = Graph.in_memory()
    made.add(factory.article("a.txt"))
    made.add(factory.article("b <&>.txt", factory.TEXT + " " + HOSTILE))
    made.commit()
    return made


def triples(path: Path, format: RdfFormat) -> set[tuple[object, ...]]:
    """What the strict parser reads."""
    return {
        (quad.subject, quad.predicate, quad.object) for quad in pyoxigraph.parse(path=path, format=format)
    }


@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".nq", ".trig", ".jsonld"])
def test_rdf_is_read_by_the_strict_parser_and_is_the_same_graph(
    graph: Graph, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"graph{suffix}"
    export(graph, path)
    lines = "".join(graph.lines(graphs=False)).encode()
    assert triples(path, FORMATS[suffix]) == {
        (triple.subject, triple.predicate, triple.object)
        for triple in pyoxigraph.parse(lines, RdfFormat.N_TRIPLES)
    }


@pytest.mark.parametrize("suffix", [".nq", ".trig", ".jsonld"])
def test_the_graph_of_each_article_is_kept(graph: Graph, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"graph{suffix}"
    export(graph, path)
    found = set(pyoxigraph.parse(path=path, format=FORMATS[suffix]))
    assert len(found) == len(graph)
    assert len({quad.graph_name for quad in found}) == 3


def test_rdf_xml_has_all_but_control_characters(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "graph.rdf"
    export(graph, path)
    assert len(triples(path, RdfFormat.RDF_XML)) == len(list(graph.lines(graphs=False)))
    assert len(rdflib.Graph().parse(path, format="xml")) == len(list(graph.lines(graphs=False)))


def test_rdflib_and_rapper_read_as_many_triples_of_turtle(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    export(graph, path)
    count = len(triples(path, RdfFormat.TURTLE))
    assert len(rdflib.Graph().parse(path, format="turtle")) == count
    rapper = shutil.which("rapper")
    if rapper is None:
        pytest.skip("rapper (raptor2-utils) is not installed here")
    found = subprocess.run([rapper, "-q", "-i", "turtle", path], capture_output=True, check=True)
    assert len(set(found.stdout.split(b"\n")) - {b""}) == count


def test_turtle_is_grouped_sorted_and_prefixed(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    export(graph, path)
    text = path.read_text(encoding="utf-8")
    assert '\nid:netflix\n    a schema:Organization ;\n    rdfs:label "Netflix" ;\n' in text
    assert text.count("\nid:netflix\n") == 1
    subjects = [
        line for line in text.split("\n") if line.startswith(("id:", "<https://w3id.org/newsgraph/id/"))
    ]
    assert len(subjects) == len(set(subjects))
    # What articles say stands before the terms that it is said with.
    assert text.index("\nid:netflix\n") < text.index("\nkg:Statement\n")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_graph_gives_the_same_bytes(graph: Graph, tmp_path: Path, suffix: str) -> None:
    other = Graph.in_memory()
    factory = _factory()
    other.add(factory.article("b <&>.txt", factory.TEXT + " " + HOSTILE))
    other.commit()
    other.add(factory.article("a.txt"))
    other.commit()
    export(graph, tmp_path / f"one{suffix}")
    export(other, tmp_path / f"two{suffix}")
    assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()


@pytest.mark.parametrize(
    ("suffix", "read"), [(".graphml", networkx.read_graphml), (".gexf", networkx.read_gexf)]
)
def test_networks_are_read_by_networkx(graph: Graph, tmp_path: Path, suffix: str, read) -> None:
    path = tmp_path / f"graph{suffix}"
    export(graph, path)
    found = read(path)
    assert found.is_directed()
    assert {data["label"] for _, data in found.nodes(data=True)} >= {"Netflix", "SAG-AFTRA"}
    assert any(data.get("status") == "asserted" for _, _, data in found.edges(data=True))


@pytest.mark.parametrize("table", TABLES)
def test_tables_say_the_same_in_every_format(graph: Graph, tmp_path: Path, table: str) -> None:
    for suffix in (".jsonl", ".csv", ".parquet"):
        export(graph, tmp_path / f"table{suffix}", table)
    records = [json.loads(line) for line in (tmp_path / "table.jsonl").read_text("utf-8").split("\n")[:-1]]
    with (tmp_path / "table.csv").open(encoding="utf-8", newline="") as file:
        flat = list(csv.DictReader(file))
    columns = pyarrow.parquet.read_table(tmp_path / "table.parquet").to_pylist()
    assert len(records) == len(flat) == len(columns) > 0
    assert list(flat[0]) == list(columns[0])
    for row, column in zip(flat, columns, strict=True):
        assert row == {name: "" if value is None else str(value) for name, value in column.items()}


def test_the_statements_table_keeps_its_contract(graph: Graph, tmp_path: Path) -> None:
    export(graph, tmp_path / "s.jsonl", "statements")
    records = [json.loads(line) for line in (tmp_path / "s.jsonl").read_text("utf-8").split("\n")[:-1]]
    recruits = next(record for record in records if record["predicate"]["id"] == "recruits")
    assert recruits["subject"] == {
        "id": "netflix",
        "label": "Netflix",
        "type": "Organization",
        "mention": "Netflix",
    }
    assert recruits["predicate"] == {"id": "recruits", "label": "recrute", "lemma": "recruter"}
    assert recruits["qualifiers"][0]["value"] == {"max": 650000, "unit": "USD", "per": "year"}
    assert recruits["qualifiers"][1]["value"] == {"start": "2023-07-01", "end": "2023-07-31"}
    assert recruits["attribution"][0]["stance"] == "endorsing"
    assert recruits["asserted"] is True
    assert [one["document"] for one in recruits["evidence"]] == ["a.txt", "b <&>.txt"]
    rains = next(record for record in records if record["predicate"]["id"] == "open-pleuvoir")
    assert rains["object"] is None


def test_the_scorer_reads_the_tables(graph: Graph, tmp_path: Path) -> None:
    scorer = SHARED / "eval" / "score.py"
    if not scorer.exists():
        pytest.skip("../shared/eval/score.py is not here")
    gold = tmp_path / "gold"
    gold.mkdir()
    document = next(graph.documents())
    (gold / "a.txt").write_text(document.text, encoding="utf-8", newline="")
    fact = {
        "id": "1", "start": 0, "end": 57, "quote": document.text[:57],
        "subject": {"names": ["Netflix"]}, "predicate": {"lemmas": ["recruter"]},
        "object": {"names": ["directeur technique de l’IA générative"]},
        "qualifiers": [{"role": "amount", "names": ["650 000 dollars"], "value": {"max": 650000, "unit": "USD"}}],
        "source": {"names": ["The Intercept"]}, "polarity": "positive", "modality": "actual", "importance": 3,
    }  # fmt: skip
    (gold / "a.facts.jsonl").write_text(json.dumps(fact) + "\n", encoding="utf-8")
    (gold / "a.entities.json").write_text(
        '[{"name": "Netflix", "type": "Organization", "mentions": [{"start": 0, "end": 7, "text": "Netflix", "kind": "name"}]}]',
        encoding="utf-8",
    )
    export(graph, tmp_path / "s.jsonl", "statements")
    export(graph, tmp_path / "m.jsonl", "mentions")
    found = subprocess.run(
        [sys.executable, scorer, tmp_path / "s.jsonl", gold, "--mentions", tmp_path / "m.jsonl", "--json"],
        capture_output=True,
        check=True,
    )
    total = json.loads(found.stdout)["total"]
    assert (
        total["recall"]
        == total["attribution_of_claims"]
        == total["qualifiers"]
        == total["names_exact"]
        == 1.0
    )
    assert total["wrong_evidence"] == 0


@pytest.mark.parametrize(
    ("name", "table", "message"),
    [
        ("graph.doc", None, "no format ends in .doc. Known are"),
        ("graph", None, "no suffix tells the format"),
        ("graph.ttl", "statements", "a table"),
        ("graph.csv", "people", "there is no table of people"),
        ("missing/graph.ttl", None, "cannot be written"),
    ],
)
def test_what_cannot_be_written_says_why(
    graph: Graph, tmp_path: Path, name: str, table: str | None, message: str
) -> None:
    with pytest.raises(ExportError, match=message):
        export(graph, tmp_path / name, table)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_export_leaves_the_old_file(graph: Graph, tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "graph.nt"
    path.write_text("old", encoding="utf-8")

    def fail(*_: object, **__: object):
        yield "<a> <b> <c> .\n"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Graph, "lines", fail)
    with pytest.raises(ExportError, match="No space left"):
        export(graph, path)
    assert path.read_text("utf-8") == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["graph.nt"]


def test_turtle_writes_no_name_that_turtle_cannot_read() -> None:
    iris = [
        "id/a",
        "id/a.",
        "id/a.b",
        "id/",
        "id/%C3%A9",
        "id/%C3",
        "id/a/b",
        "id/a#b",
        "id/-a",
        "id/1",
        "id/é",
        "id/a..b",
    ]
    lines = sorted(
        f'<https://x/{iri}> <https://x/id/p> "1"^^<https://x/id/{n}> .\n' for n, iri in enumerate(iris)
    )
    text = "".join(turtle(lines, {"id": "https://x/id/", "x": "https://x/"}))
    assert sorted(str(triple) + " .\n" for triple in pyoxigraph.parse(text, RdfFormat.TURTLE)) == lines
