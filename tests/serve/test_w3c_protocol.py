"""The W3C's suite of the SPARQL Protocol, read where it lies (--w3c DIR), asked of a running server."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg.graph import Graph

HT, CNT = "http://www.w3.org/2011/http#", "http://www.w3.org/2011/content#"
MEDIA = {
    "boolean": "application/sparql-results+json",
    "tabular": "application/sparql-results+json",
    "RDF": "text/turtle",
}
KEY = {"authorization": "Bearer secret"}


def _w3c():
    path = Path(__file__).parents[1] / "graph" / "w3c.py"
    spec = importlib.util.spec_from_file_location("w3c", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["w3c"] = module
    spec.loader.exec_module(module)
    return module


w3c = _w3c()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        folder = metafunc.config.getoption("--w3c")
        found = (
            [case for case in w3c.cases(Path(folder)) if case.kind == "ProtocolTest"] if folder else [None]
        )
        metafunc.parametrize("case", found, ids=lambda case: case.name if case else "none")


def test_the_server_answers_as_the_protocol_says(case, start, tmp_path):
    if case is None:
        pytest.skip("name the folder of the W3C suites with --w3c DIR")
    if case.outside():
        pytest.skip(case.outside())
    assert faults(case, start, tmp_path) == []


def faults(case, start, folder: Path) -> list[str]:
    """What of a case the server answers otherwise than the suite says, each request in its turn."""
    requests = list(_requests(case))
    server = start(_graph(case, requests, folder / "graph"), token="secret", limits={"workers": 1})
    return [fault for request in requests for fault in _faults(case, request, server)]


def _requests(case) -> Iterator[object]:
    for found in case.of(case.action, HT + "requests"):
        yield from w3c.members(case.store, found)


def _graph(case, requests: list[object], folder: Path) -> Path:
    """A graph folder of the data; a graph that a request names and for which there is none has one triple."""
    quads = []
    for data in case.of(case.node, w3c.UT + "graphData"):
        name = NamedNode(case.one(data, w3c.LABEL).value)
        path = w3c.path_of(case.one(data, w3c.UT + "graph"))
        form = RdfFormat.from_extension(path.suffix[1:])
        quads += [Quad(*quad.triple, name) for quad in parse(path=path, format=form)]
    known = {quad.graph_name.value for quad in quads}
    for request in requests:
        fields = parse_qsl(case.one(request, HT + "absolutePath").value.partition("?")[2])
        asked = {value for key, value in fields if key.endswith("graph-uri")} - known
        some = NamedNode("http://example.org/")
        quads += [Quad(some, some, some, NamedNode(name)) for name in sorted(asked)]
    with Graph.create(folder) as graph:
        data = " ".join(f"GRAPH {quad.graph_name} {{ {quad.triple} }}" for quad in quads)
        graph.update(f"INSERT DATA {{ {data} }}")
        graph.commit()
    return folder


def _faults(case, request: object, server) -> Iterator[str]:
    body = case.one(request, HT + "body")
    coded = case.one(body, CNT + "characterEncoding") if body else None
    text = case.one(body, CNT + "chars").value if body else None
    headers = {
        case.one(header, HT + "fieldName").value.replace("-", "_"): case.one(header, HT + "fieldValue").value
        for listed in case.of(request, HT + "headers")
        for header in w3c.members(case.store, listed)
    }
    reply = server.ask(
        case.one(request, HT + "absolutePath").value.replace("/sparql/", "/sparql", 1),
        case.one(request, HT + "methodName").value,
        text.encode(coded.value if coded else "utf-8") if text is not None else None,
        **{**KEY, **headers},
    )
    response = case.one(request, HT + "resp")
    allowed = [status.value.rpartition("#")[2] for status in case.of(response, w3c.MF + "expectedStatus")]
    if f"StatusCode{reply.status // 100}xx" not in allowed:
        yield f"{reply.status}: {reply.text}"
        return
    form = case.one(response, w3c.MF + "expectedFormat")
    if form and not reply.headers["content-type"].startswith(MEDIA[form.value]):
        yield reply.headers["content-type"]
    expected = case.one(response, w3c.MF + "expectedBoolean")
    if expected and json.loads(reply.body)["boolean"] is not (expected.value == "true"):
        yield f"not {expected.value}"
    if case.one(response, w3c.MF + "expectation") and [list(row["o"]) for row in reply.rows] != [
        ["type", "value"]
    ]:
        yield reply.text


# ---- The runner itself, on a manifest of our own

PREFIXES = """
@prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .
@prefix ut: <http://www.w3.org/2009/sparql/tests/test-update#> .
@prefix cnt: <http://www.w3.org/2011/content#> .
@prefix ht: <http://www.w3.org/2011/http#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <http://example.org/protocol/manifest#> .
<> a mf:Manifest ; mf:entries ( :right :wrong :told ) .
:told a mf:ProtocolTest ; rdfs:comment "in words" .
"""
DATA = 'ut:graphData [ ut:graph <d.nt> ; rdfs:label "http://e/g" ]'


def asking(path: str, response: str, body: str = "", kind: str = "", method: str = "POST") -> str:
    """A request and what should come of it, as the suite writes them."""
    content = f'; ht:body [ cnt:characterEncoding "UTF-8" ; cnt:chars """{body}""" ]' if body else ""
    header = f'; ht:headers ( [ ht:fieldName "content-type" ; ht:fieldValue "{kind}" ] )' if kind else ""
    return (
        f'[ a ht:Request ; ht:absolutePath "{path}" ; ht:methodName "{method}" {content} {header} ;'
        f" ht:resp [ a ht:Response ; {response} ] ]"
    )


FINE = "mf:expectedStatus ht:StatusCode2xx, ht:StatusCode3xx"
TRUE = f'{FINE} ; mf:expectedBoolean true ; mf:expectedFormat "boolean"'
QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
RIGHT = [
    asking("/sparql/?query=ASK%20%7B%3Chttp://e/s%3E%20?p%201%7D&default-graph-uri=http://e/g", TRUE, method="GET"),
    asking("/sparql/?default-graph-uri=http://e/none", f'{FINE} ; mf:expectedFormat "RDF"',
           "CONSTRUCT { <s> <p> 1 } WHERE {}", QUERY),
    asking("/sparql/?using-graph-uri=http://e/g", FINE,
           "INSERT { GRAPH <http://e/h> { ?s <http://e/in> <test> } } WHERE { ?s ?p 1 }", UPDATE),
    asking("/sparql/", TRUE, "ASK { GRAPH <http://e/h> { <http://e/s> <http://e/in> ?o } }", QUERY),
    asking("/sparql/", f'{FINE} ; mf:expectedFormat "tabular" ; mf:expectation "an IRI"',
           "SELECT ?o { GRAPH <http://e/h> { ?s ?p ?o } }", QUERY),
    asking("/sparql/", "mf:expectedStatus ht:StatusCode4xx", "CLEAR NAMED", "text/plain"),
]  # fmt: skip
WRONG = [
    asking("/sparql/", FINE, "ASK {", QUERY),
    asking("/sparql/", TRUE, "ASK { ?s ?p 5 }", QUERY),
    asking("/sparql/", f'{FINE} ; mf:expectedFormat "RDF"', "ASK {}", QUERY),
    asking("/sparql/", f'{FINE} ; mf:expectation "an IRI"', "SELECT ?o { ?s ?p ?o }", QUERY),
]


def test_the_runner_tells_right_from_wrong(start, tmp_path):
    (tmp_path / "d.nt").write_text(
        '<http://e/s> <http://e/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n', encoding="utf-8"
    )
    told = "".join(
        f":{name} a mf:ProtocolTest ; {DATA} ; mf:action [ a ht:Connection ; ht:requests ( {' '.join(asked)} ) ] .\n"
        for name, asked in (("right", RIGHT), ("wrong", WRONG))
    )
    (tmp_path / "manifest.ttl").write_text(PREFIXES + told, encoding="utf-8")
    right, wrong, in_words = w3c.cases(tmp_path)
    assert faults(right, start, tmp_path / "right") == []
    assert len(faults(wrong, start, tmp_path / "wrong")) == len(WRONG)
    assert in_words.outside()
