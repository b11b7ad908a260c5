"""The W3C's own suites, read where they lie, through the doors of kg:

    pytest tests/graph/test_w3c.py --w3c ../rdf-tests

DIR is a copy of github.com/w3c/rdf-tests. Queries and updates go through `Graph`, results through `Rows.serialize`.
What pyoxigraph itself gets wrong is measured beside and does not count against kg: the bar is "no test less".
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

SUITE = Path(__file__).parent / "w3c.py"


def _runner():
    spec = importlib.util.spec_from_file_location("w3c", SUITE)
    module = importlib.util.module_from_spec(spec)
    sys.modules["w3c"] = module
    spec.loader.exec_module(module)
    return module


w3c = _runner()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "suite" in metafunc.fixturenames:
        folder = metafunc.config.getoption("--w3c", default=None)
        metafunc.parametrize("suite", w3c.suites(Path(folder)) if folder else [None], ids=str)


def test_as_many_as_the_engine_itself(suite, record_property) -> None:
    if suite is None:
        pytest.skip("name the folder of the W3C suites with --w3c DIR")
    outcomes = [(case, w3c.passes(case), w3c.engine_passes(case)) for case in w3c.cases(suite)]
    record_property("passed", sum(ours for _, ours, _ in outcomes))
    record_property("engine", sum(engine for _, _, engine in outcomes))
    record_property("all", len(outcomes))
    lost = [case.iri for case, ours, engine in outcomes if engine and not ours]
    assert not lost, f"{len(lost)} of {len(outcomes)} pass in the engine and not through kg"


MANIFEST = """
@prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .
@prefix qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#> .
@prefix ut: <http://www.w3.org/2009/sparql/tests/test-update#> .
@prefix rdft: <http://www.w3.org/ns/rdftest#> .
<> a mf:Manifest ; mf:entries ( <#select> <#graph> <#bad> <#update> <#turtle> <#broken> <#fine> <#fine-update> <#bad-update> <#construct> <#csv>
        <#trig> <#broken-trig> <#nquads> <#broken-nquads> <#ntriples> ) .
<#select> a mf:QueryEvaluationTest ; mf:action [ qt:query <q.rq> ; qt:data <d.ttl> ] ; mf:result <r.srx> .
<#graph> a mf:QueryEvaluationTest ; mf:action [ qt:query <g.rq> ; qt:graphData <d.ttl> ] ; mf:result <r.srx> .
<#bad> a mf:NegativeSyntaxTest11 ; mf:action <bad.rq> .
<#update> a mf:UpdateEvaluationTest ; mf:action [ ut:request <u.ru> ; ut:data <d.ttl> ] ; mf:result [ ut:data <after.ttl> ] .
<#turtle> a rdft:TestTurtleEval ; mf:action <d.ttl> ; mf:result <d.nt> .
<#broken> a rdft:TestTurtleNegativeSyntax ; mf:action <bad.ttl> .
<#fine> a mf:PositiveSyntaxTest11 ; mf:action <q.rq> .
<#fine-update> a mf:PositiveUpdateSyntaxTest11 ; mf:action <u.ru> .
<#bad-update> a mf:NegativeUpdateSyntaxTest11 ; mf:action <bad.ru> .
<#construct> a mf:QueryEvaluationTest ; mf:action [ qt:query <c.rq> ; qt:data <d.ttl> ] ; mf:result <d.nt> .
<#csv> a mf:CSVResultFormatTest ; mf:action [ qt:query <q.rq> ; qt:data <d.ttl> ] ; mf:result <r.csv> .
<#trig> a rdft:TestTrigEval ; mf:action <d.trig> ; mf:result <d.nq> .
<#broken-trig> a rdft:TestTrigNegativeSyntax ; mf:action <bad.trig> .
<#nquads> a rdft:TestNQuadsPositiveSyntax ; mf:action <d.nq> .
<#broken-nquads> a rdft:TestNQuadsNegativeSyntax ; mf:action <bad.nq> .
<#ntriples> a rdft:TestNTriplesPositiveSyntax ; mf:action <d.nt> .
"""
FILES = {
    "q.rq": "PREFIX : <http://e/> SELECT ?o WHERE { :s :p ?o }",
    "g.rq": "PREFIX : <http://e/> SELECT ?o WHERE { GRAPH <d.ttl> { :s :p ?o } }",
    "d.ttl": "@prefix : <http://e/> . :s :p 1 .",
    "d.nt": '<http://e/s> <http://e/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
    "after.ttl": "@prefix : <http://e/> . :s :p 1 , 2 .",
    "u.ru": "PREFIX : <http://e/> INSERT DATA { :s :p 2 }",
    "c.rq": "PREFIX : <http://e/> CONSTRUCT WHERE { ?s :p ?o }",
    "r.csv": "o\r\n1\r\n",
    "d.trig": "@prefix : <http://e/> . :g { :s :p 1 }",
    "d.nq": '<http://e/s> <http://e/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> <http://e/g> .\n',
    "bad.ru": "INSERT DATA { ?s ?p ?o }",
    "bad.trig": "@prefix : <http://e/> . :g { :s :p }",
    "bad.nq": "<http://e/s> <p> <http://e/o> .\n",
    "bad.rq": "SELECT ?o WHERE { ?s ?p ?o",
    "bad.ttl": ":s :p",
    "r.srx": '<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="o"/></head><results><result>'
    '<binding name="o"><literal datatype="http://www.w3.org/2001/XMLSchema#integer">1</literal></binding></result></results></sparql>',
}


def test_the_runner_tells_right_from_wrong(tmp_path: Path) -> None:
    (tmp_path / "manifest.ttl").write_text(MANIFEST, encoding="utf-8")
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    cases = list(w3c.cases(tmp_path / "manifest.ttl"))
    assert len(cases) == 16
    assert all(w3c.passes(case) and w3c.engine_passes(case) for case in cases)
    (tmp_path / "d.ttl").write_text("@prefix : <http://e/> . :s :p 3 .", encoding="utf-8")
    (tmp_path / "bad.rq").write_text("ASK {}", encoding="utf-8")
    (tmp_path / "bad.ru").write_text("INSERT DATA {}", encoding="utf-8")
    (tmp_path / "bad.trig").write_text("", encoding="utf-8")
    (tmp_path / "bad.nq").write_text("", encoding="utf-8")
    (tmp_path / "d.nq").write_text("<http://e/s>", encoding="utf-8")
    assert [case.iri.rpartition("#")[2] for case in cases if not w3c.passes(case)] == [
        "select", "graph", "bad", "update", "turtle", "bad-update", "construct", "csv", "trig", "broken-trig",
        "nquads", "broken-nquads",
    ]  # fmt: skip
