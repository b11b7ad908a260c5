"""The W3C's own suites, read where they lie, through the doors of kg; each of their tests is one here:

    pytest tests/graph/test_w3c.py tests/serve/test_w3c_protocol.py --w3c ../rdf-tests

DIR is a copy of github.com/w3c/rdf-tests. Queries and updates go through `Graph`, files through kg's own writer. What
pyoxigraph itself gets wrong is skipped: the bar is "no test less". What kg does not have is skipped with its reason.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest


def _load(name: str):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


w3c, runs = _load("w3c"), _load("w3c_runs")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        folder = metafunc.config.getoption("--w3c")
        found = (
            [case for case in w3c.cases(Path(folder)) if case.kind != "ProtocolTest"] if folder else [None]
        )
        metafunc.parametrize("case", found, ids=lambda case: case.name if case else "none")


def test_what_the_engine_passes_kg_passes(case) -> None:
    if case is None:
        pytest.skip("name the folder of the W3C suites with --w3c DIR")
    if case.outside():
        pytest.skip(case.outside())
    if not runs.passes(case, runs.Engine):
        pytest.skip("pyoxigraph itself does not pass it")
    assert runs.passes(case), f"{case.node.value} ({case.kind})"


# ---- The runner itself, on manifests of our own


PREFIXES = """
@prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .
@prefix qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#> .
@prefix ut: <http://www.w3.org/2009/sparql/tests/test-update#> .
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix rdft: <http://www.w3.org/ns/rdftest#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <http://example.org/suite/manifest#> .
"""
INCLUDING = f"""{PREFIXES}
<> a mf:Manifest ; mf:include ( <query/manifest.ttl> <update/manifest.ttl> <syntax/manifest.ttl>
  <entailment/manifest.ttl> <../rdf/manifest.ttl> <query/manifest.ttl> <nowhere/manifest.ttl> ) .
"""
# Folder → name of a test → its kind, what it does, what comes of it.
SUITES = {
    "sparql/query": """
:select a mf:QueryEvaluationTest ; mf:action [ qt:query <q.rq> ; qt:data <d.ttl> ] ; mf:result <r.srx> .
:json a mf:QueryEvaluationTest ; mf:action [ qt:query <q.rq> ; qt:data <d.ttl> ] ; mf:result <r.srj> .
:csv a mf:CSVResultFormatTest ; mf:action [ qt:query <q.rq> ; qt:data <d.ttl> ] ; mf:result <r.csv> .
:tsv a mf:QueryEvaluationTest ; mf:action [ qt:query <q.rq> ; qt:data <d.ttl> ] ; mf:result <r.tsv> .
:set a mf:QueryEvaluationTest ; mf:action [ qt:query <q.rq> ; qt:data <d.ttl> ] ; mf:result <r.ttl> .
:graph a mf:QueryEvaluationTest ; mf:action [ qt:query <g.rq> ; qt:graphData <d.ttl> ] ; mf:result <r.srx> .
:label a mf:QueryEvaluationTest ; mf:result <r.srx> ;
  mf:action [ qt:query <label.rq> ; qt:graphData [ qt:graph <d.ttl> ; rdfs:label "http://e/g" ] ] .
:from a mf:QueryEvaluationTest ; mf:action [ qt:query <from.rq> ] ; mf:result <r.srx> .
:bare a mf:QueryEvaluationTest ; mf:action <from.rq> ; mf:result <r.srx> .
:lax a mf:QueryEvaluationTest ; mf:resultCardinality mf:LaxCardinality ;
  mf:action [ qt:query <lax.rq> ; qt:data <two.ttl> ] ; mf:result <lax.srx> .
:ask a mf:QueryEvaluationTest ; mf:action [ qt:query <ask.rq> ; qt:data <d.ttl> ] ; mf:result <true.srx> .
:construct a mf:QueryEvaluationTest ; mf:action [ qt:query <c.rq> ; qt:data <d.ttl> ] ; mf:result <d.nt> .
:blank a mf:QueryEvaluationTest ; mf:action [ qt:query <blank.rq> ; qt:data <blank.ttl> ] ; mf:result <blank.srj> .
:nothing a mf:QueryEvaluationTest ; mf:action [ qt:query <nothing.rq> ; qt:data <d.ttl> ] ; mf:result <nothing.srx> .
:base a mf:QueryEvaluationTest ; mf:action [ qt:query <base.rq> ; qt:data <d.ttl> ] ; mf:result <r.srx> .
:quads a mf:QueryEvaluationTest ; mf:action [ qt:query <label.rq> ; qt:data <d.trig> ] ; mf:result <r.srx> .
:service a mf:QueryEvaluationTest ; mf:result <r.srx> ;
  mf:action [ qt:query <s.rq> ; qt:serviceData [ qt:endpoint <http://e/sparql> ; qt:data <d.ttl> ] ] .
""",
    "sparql/update": """
:insert a mf:UpdateEvaluationTest ; mf:action [ ut:request <u.ru> ; ut:data <d.ttl> ] ; mf:result [ ut:data <after.ttl> ] .
:graphs a mf:UpdateEvaluationTest ; mf:result [ ut:graphData [ ut:graph <after.ttl> ; rdfs:label "http://e/g" ] ] ;
  mf:action [ ut:request <ug.ru> ; ut:graphData [ ut:graph <d.ttl> ; rdfs:label "http://e/g" ] ] .
:unnamed a mf:UpdateEvaluationTest ; mf:action [ ut:request <clear.ru> ; ut:graphData <d.ttl> ] ; mf:result [] .
:silent a mf:UpdateEvaluationTest ; mf:result [ ut:result ut:success ; ut:data <d.ttl> ] ;
  mf:action [ ut:request <silent.ru> ; ut:data <d.ttl> ] .
""",
    "sparql/syntax": """
:query a mf:PositiveSyntaxTest11 ; mf:action <q.rq> .
:far a mf:PositiveSyntaxTest11 ; mf:action <s.rq> .
:unknown a mf:PositiveSyntaxTest ; mf:action <from-unknown.rq> .
:update a mf:PositiveUpdateSyntaxTest11 ; mf:action <u.ru> .
:load a mf:PositiveUpdateSyntaxTest11 ; mf:action <load.ru> .
:no-query a mf:NegativeSyntaxTest11 ; mf:action <bad.rq> .
:no-update a mf:NegativeUpdateSyntaxTest11 ; mf:action <bad.ru> .
:no-update-either a mf:NegativeSyntaxTest ; mf:action <bad.ru> .
""",
    "sparql/entailment": """
:rdfs a mf:QueryEvaluationTest ; mf:action [ qt:query <q.rq> ; qt:data <d.ttl> ; sd:entailmentRegime <http://e/> ] ;
  mf:result <r.srx> .
""",
    "rdf": """
<> mf:assumedTestBase <http://example.org/base/> .
:turtle a rdft:TestTurtleEval ; mf:action <relative.ttl> ; mf:result <relative.nt> .
:no-turtle a rdft:TestTurtleNegativeSyntax ; mf:action <bad.ttl> .
:trig a rdft:TestTrigEval ; mf:action <d.trig> ; mf:result <d.nq> .
:blank-trig a rdft:TestTrigEval ; mf:action <blank.trig> ; mf:result <blank.nq> .
:no-trig a rdft:TestTrigNegativeSyntax ; mf:action <bad.trig> .
:nquads a rdft:TestNQuadsPositiveSyntax ; mf:action <d.nq> .
:no-nquads a rdft:TestNQuadsNegativeSyntax ; mf:action <bad.nq> .
:ntriples a rdft:TestNTriplesPositiveSyntax ; mf:action <d.nt> .
""",
}
ONE = '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'
RESULTS = '<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>'
CELL = '<binding name="o"><literal datatype="http://www.w3.org/2001/XMLSchema#integer">1</literal></binding>'
FILES = {
    "q.rq": "PREFIX : <http://e/> SELECT ?o WHERE { :s :p ?o }",
    "g.rq": "PREFIX : <http://e/> SELECT ?o WHERE { GRAPH <d.ttl> { :s :p ?o } }",
    "label.rq": "PREFIX : <http://e/> SELECT ?o WHERE { GRAPH :g { :s :p ?o } }",
    "from.rq": "PREFIX : <http://e/> SELECT ?o FROM <d.ttl> WHERE { :s :p ?o }",
    "from-unknown.rq": "SELECT ?o FROM <http://e/unknown> WHERE { ?s ?p ?o }",
    "lax.rq": "PREFIX : <http://e/> SELECT REDUCED ?o WHERE { ?s :p ?o }",
    "ask.rq": "PREFIX : <http://e/> ASK { :s :p 1 }",
    "blank.rq": "PREFIX : <http://e/> SELECT ?a ?b WHERE { ?a :p ?b }",
    "nothing.rq": "SELECT ?o WHERE { ?s <http://e/nowhere> ?o }",
    "base.rq": "BASE <http://e/x> SELECT ?o WHERE { <s> <p> ?o }",
    "clear.ru": "CLEAR ALL",
    "s.rq": "SELECT ?o WHERE { SERVICE <http://e/sparql> { ?s ?p ?o } }",
    "c.rq": "PREFIX : <http://e/> CONSTRUCT WHERE { ?s ?p ?o }",
    "u.ru": "PREFIX : <http://e/> INSERT DATA { :s :p 2 }",
    "ug.ru": "PREFIX : <http://e/> INSERT { GRAPH :g { :s :p 2 } } WHERE { GRAPH :g { :s :p 1 } }",
    "silent.ru": "LOAD SILENT <http://e/nowhere> ; LOAD SILENT <http://e/nowhere> INTO GRAPH <http://e/g>",
    "load.ru": "LOAD <http://e/nowhere>",
    "d.ttl": "@prefix : <http://e/> . :s :p 1 .",
    "two.ttl": "@prefix : <http://e/> . :s :p 1 . :t :p 1 .",
    "after.ttl": "@prefix : <http://e/> . :s :p 1 , 2 .",
    "relative.ttl": "<s> <http://e/p> [ <http://e/p> () ] .",
    "relative.nt": "<http://example.org/base/s> <http://e/p> _:b .\n"
    "_:b <http://e/p> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> .",
    "d.nt": f"<http://e/s> <http://e/p> {ONE} .\n",
    "blank.ttl": "@prefix : <http://e/> . _:x :p _:y . _:y :p _:x .",
    "blank.trig": "@prefix : <http://e/> . _:g { :s :p _:o . _:o :p _:g }",
    "blank.nq": "_:a <http://e/p> _:h _:h .\n<http://e/s> <http://e/p> _:a _:h .\n",
    "d.trig": "@prefix : <http://e/> . :g { :s :p 1 }",
    "d.nq": f"<http://e/s> <http://e/p> {ONE} <http://e/g> .\n",
    "bad.rq": "SELECT ?o WHERE { ?s ?p ?o",
    "bad.ru": "INSERT DATA { ?s ?p ?o }",
    "bad.ttl": ":s :p",
    "bad.trig": "@prefix : <http://e/> . :g { :s :p }",
    "bad.nq": "<http://e/s> <p> <http://e/o> .\n",
    "r.srx": f'{RESULTS}<variable name="o"/></head><results><result>{CELL}</result></results></sparql>',
    "lax.srx": f'{RESULTS}<variable name="o"/></head><results><result>{CELL}</result><result>{CELL}</result></results></sparql>',
    "true.srx": f"{RESULTS}</head><boolean>true</boolean></sparql>",
    "nothing.srx": f'{RESULTS}<variable name="o"/></head><results></results></sparql>',
    "blank.srj": '{"head": {"vars": ["a", "b"]}, "results": {"bindings": ['
    '{"a": {"type": "bnode", "value": "m"}, "b": {"type": "bnode", "value": "n"}},'
    ' {"a": {"type": "bnode", "value": "n"}, "b": {"type": "bnode", "value": "m"}}]}}',
    "r.srj": '{"head": {"vars": ["o"]}, "results": {"bindings": [{"o": {"type": "literal", "value": "1",'
    ' "datatype": "http://www.w3.org/2001/XMLSchema#integer"}}]}}',
    "r.csv": "o\r\n1\r\n",
    "r.tsv": "?o\n1\n",
    "r.ttl": '@prefix rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#> . [] a rs:ResultSet ;'
    ' rs:resultVariable "o" ; rs:solution [ rs:binding [ rs:variable "o" ; rs:value 1 ] ] .',
}  # fmt: skip


def _names(manifest: str) -> list[str]:
    return [line.split()[0] for line in manifest.splitlines() if line.startswith(":")]


@pytest.fixture
def suites(tmp_path: Path) -> Path:
    """A folder laid out as a copy of w3c/rdf-tests is."""
    for folder, told in SUITES.items():
        place = tmp_path / folder
        place.mkdir(parents=True)
        entries = f"<> a mf:Manifest ; mf:entries ( {' '.join(_names(told))} ) ."
        mine = PREFIXES.replace("/suite/", f"/{folder}/")
        (place / "manifest.ttl").write_text(f"{mine}{entries}{told}", encoding="utf-8")
        for name, text in FILES.items():
            (place / name).write_text(text, encoding="utf-8", newline="")
    (tmp_path / "sparql/manifest-all.ttl").write_text(INCLUDING, encoding="utf-8")
    return tmp_path


def test_every_test_of_every_manifest_is_read_once(suites: Path) -> None:
    found = w3c.cases(suites)
    told = {f"{Path(folder).name}/{name[1:]}" for folder, text in SUITES.items() for name in _names(text)}
    assert {case.name for case in found} == told
    assert len(found) == len(told)
    assert {case.name for case in found if case.outside()} == {"query/service", "entailment/rdfs"}


def test_a_manifest_that_is_not_turtle_stops_no_other(suites: Path) -> None:
    (suites / "rdf" / "manifest.ttl").write_text("<> a <m> ;", encoding="utf-8")
    found = w3c.cases(suites)
    assert [case.outside() for case in found if case.manifest.parent.name == "rdf"] == [
        "its manifest is not Turtle"
    ]
    assert {"query/select", "update/insert"} <= {case.name for case in found}


def test_what_is_right_passes_in_kg_and_in_the_engine(suites: Path) -> None:
    inside = [case for case in w3c.cases(suites) if not case.outside()]
    assert [case.name for case in inside if not runs.passes(case)] == []
    assert [case.name for case in inside if not runs.passes(case, runs.Engine)] == []


def test_what_is_wrong_fails(suites: Path) -> None:
    """With data, queries and results that do not belong together, no test of what comes out passes."""
    changed = {
        "d.ttl": "@prefix : <http://e/> . :s :p 3 .", "two.ttl": "@prefix : <http://e/> . :s :p 3 .", "bad.rq": "ASK {}",
        "bad.ru": "INSERT DATA {}", "bad.ttl": "", "bad.trig": "", "bad.nq": "", "d.nq": "<http://e/s>",
        "q.rq": "SELECT", "u.ru": "INSERT", "s.rq": "SELECT", "from-unknown.rq": "FROM", "d.nt": "<s>",
        "relative.ttl": "<t> <http://e/p> () .", "silent.ru": "CLEAR ALL",
        "blank.ttl": "@prefix : <http://e/> . _:x :p _:y . _:y :p _:z .", "nothing.rq": "SELECT ?o { BIND(1 AS ?o) }",
        "d.trig": "@prefix : <http://e/> . :g { :s :p 3 }", "clear.ru": "CLEAR DEFAULT",
        "blank.trig": "@prefix : <http://e/> . _:g { :s :p _:o . _:o :p _:o }",
    }  # fmt: skip
    for folder in SUITES:
        for name, text in changed.items():
            (suites / folder / name).write_text(text, encoding="utf-8")
    left = [case.name for case in w3c.cases(suites) if not case.outside() and runs.passes(case)]
    assert left == ["syntax/load"]  # whose file is as it was
