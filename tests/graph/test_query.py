"""SPARQL as people and programs ask it: typed answers, bound parameters, errors that help, nothing outside the graph."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pyoxigraph
import pytest
from pyoxigraph import QueryResultsFormat, RdfFormat

from kg.errors import QueryError
from kg.graph import Graph
from kg.graph.results import Iri, Text

ID = "https://w3id.org/newsgraph/id/"


def test_values_are_python_values(graph: Graph) -> None:
    (row,) = graph.query(
        """SELECT ?who ?label ?sum ?day ?named ?sure ?none WHERE {
             ?who kg:hasProperName ?named ; rdfs:label ?label . ?s rdf:subject ?who ; kg:amount/schema:maxValue ?sum ;
             kg:time/schema:startDate ?day ; kg:confidence ?sure }"""
    )
    assert row.as_dict() == {
        "who": ID + "netflix",
        "label": "Netflix",
        "sum": 650000,
        "day": date(2023, 7, 1),
        "named": True,
        "sure": 1,
        "none": None,
    }
    assert isinstance(row.who, Iri)
    assert row["sum"] == row[2] == row.sum
    assert len(row) == 7
    with pytest.raises(AttributeError):
        row.nothing  # noqa: B018


def test_a_text_knows_its_language(graph: Graph) -> None:
    (row,) = graph.query("SELECT ?label { id:scan-7ce1 rdfs:label ?label }")
    assert isinstance(row.label, Text)
    assert (row.label, row.label.language) == ("scan", "fr")


def test_each_form_has_its_answer(graph: Graph) -> None:
    assert graph.query("ASK { id:netflix kg:recruits ?x }") is True
    assert graph.query("ASK { id:netflix kg:owns ?x }") is False
    triples = graph.query("CONSTRUCT { ?x kg:recruits ?y } WHERE { ?x kg:recruits ?y }")
    assert list(triples) == [
        (ID + "netflix", "https://w3id.org/newsgraph/ontology#recruits", ID + "directeur-technique-7ce1")
    ]
    assert len(graph.query("DESCRIBE id:netflix")) >= 5


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        (
            "SELECT * { ?zebra kg:recruits ?apple . ?statement rdf:subject ?zebra }",
            ["zebra", "apple", "statement"],
        ),
        ("SELECT DISTINCT * { ?b a ?a }", ["b", "a"]),
        ("SELECT ?b ?a { ?b a ?a }", ["b", "a"]),
        ("SELECT (COUNT(*) AS ?n) ?a { ?b a ?a } GROUP BY ?a", ["n", "a"]),
        ("SELECT (?b AS ?z) ?a { { SELECT * { ?b a ?a } } }", ["z", "a"]),
    ],
)
def test_columns_stand_as_the_query_says_them_first(graph: Graph, query: str, columns: list[str]) -> None:
    rows = graph.query(query)
    assert rows.columns == columns
    for format in ("csv", "tsv", "json", "xml", "table"):
        assert rows.serialize(format)
    assert next(csv.reader(io.StringIO(rows.serialize("csv")))) == columns
    assert json.loads(rows.serialize("json"))["head"]["vars"] == columns


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "xml"])
def test_reordered_rows_are_written_as_the_engine_writes_them(graph: Graph, format: str) -> None:
    body = "{ ?z kg:file ?a ; nif:isString ?m ; schema:datePublished ?d }"
    ours = graph.query(f"SELECT * {body}").serialize(format)
    engine = graph.query(f"SELECT ?z ?a ?m ?d {body}").serialize(format)
    if format in ("json", "xml", "tsv"):
        kind = {
            "json": QueryResultsFormat.JSON,
            "xml": QueryResultsFormat.XML,
            "tsv": QueryResultsFormat.TSV,
        }[format]
        first, second = (
            [list(row) for row in pyoxigraph.parse_query_results(text, kind)] for text in (ours, engine)
        )
        assert first == second
    else:
        assert ours == engine


def test_rows_can_be_read_twice_and_in_any_order(graph: Graph) -> None:
    rows = graph.query("SELECT ?who { ?who kg:recruits ?what }")
    assert rows.serialize("csv") == rows.serialize("csv")
    assert len(rows) == 1
    assert rows[0] == rows[-1]
    assert rows.serialize("csv") == "who\r\n" + ID + "netflix\r\n"


def test_tables_for_data_people(graph: Graph) -> None:
    rows = graph.query("SELECT ?who ?n { ?who kg:file ?file BIND(2 AS ?n) }")
    assert rows.to_pandas().n.tolist() == [2]
    assert rows.to_polars()["n"].to_list() == [2]
    typed = graph.query(
        "SELECT ?i ?d ?b ?f ?s ?m { VALUES (?i ?d ?b ?f ?s ?m) {"
        " (1 '2023-07-01'^^xsd:date true 1.5 'x'@fr 1) (UNDEF UNDEF false 2 <a:b> 'deux') } }"
    )
    types = dict(zip(typed.columns, map(str, typed.to_polars().dtypes), strict=True))
    assert types == {"i": "Int64", "d": "Date", "b": "Boolean", "f": "Float64", "s": "String", "m": "String"}
    assert typed.to_polars()["d"].to_list() == [date(2023, 7, 1), None]
    empty = graph.query("SELECT ?x { ?x kg:never ?y }")
    assert list(empty.to_pandas().columns) == empty.to_polars().columns == ["x"]


def test_a_table_for_people(graph: Graph) -> None:
    rows = graph.query("SELECT ?who ?what { ?who kg:recruits ?what }")
    labels = graph.labels([ID + "netflix"])
    assert (
        rows.serialize("table", labels=labels).split("\n")[2]
        == "Netflix (id:netflix)  id:directeur-technique-7ce1"
    )
    assert max(map(len, rows.serialize("table", labels=labels, width=30).split("\n"))) <= 30


def test_a_table_does_not_draw_on_the_terminal(graph: Graph) -> None:
    table = graph.query('SELECT ?x { BIND("\\u001b[31mred\\u202eder\\nline" AS ?x) }').serialize("table")
    assert "\x1b" not in table
    assert "\u202e" not in table
    assert len(table.strip().split("\n")) == 3


def test_turtle_of_a_construct_is_turtle(graph: Graph) -> None:
    triples = graph.query("CONSTRUCT WHERE { ?s ?p ?o }")
    for format, kind in (
        ("ttl", RdfFormat.TURTLE),
        ("nt", RdfFormat.N_TRIPLES),
        ("jsonld", RdfFormat.JSON_LD),
        ("rdf", RdfFormat.RDF_XML),
    ):
        assert len(
            {(q.subject, q.predicate, q.object) for q in pyoxigraph.parse(triples.serialize(format), kind)}
        ) == len(triples)
    assert len(triples.to_rdflib()) == len(triples)
    with pytest.raises(QueryError, match="not as csv"):
        triples.serialize("csv")


def test_parameters_are_bound_not_pasted(graph: Graph) -> None:
    assert len(graph.query("SELECT ?what { ?who kg:recruits ?what }", who="id:netflix")) == 1
    assert len(graph.query("SELECT ?what { ?who kg:recruits ?what }", who="id:nobody")) == 0
    assert len(graph.query("SELECT ?who { ?who rdfs:label ?label }", label="Netflix")) == 1
    assert len(graph.query("SELECT ?who { ?who rdfs:label ?label }", label='Netflix" ; ?p "')) == 0
    assert graph.query("ASK { ?who kg:recruits ?what }", who=Iri(ID + "netflix")) is True
    assert len(graph.query("SELECT ?s { ?s kg:amount/schema:maxValue ?sum }", sum=650000)) == 1
    assert graph.query("SELECT ?what { ?who kg:recruits ?what }", who="id:netflix").columns == ["what"]


def test_parameters_of_grouped_queries(graph: Graph) -> None:
    rows = graph.query(
        "SELECT (COUNT(?s) AS ?n) { ?s rdf:subject ?who ; kg:polarity ?polarity } GROUP BY ?polarity",
        who="id:netflix",
    )
    assert [list(row) for row in rows] == [[2]]


def test_what_cannot_be_a_parameter(graph: Graph) -> None:
    with pytest.raises(QueryError, match="cannot be a value"):
        graph.query("SELECT ?x { ?x a ?y }", y=object())
    with pytest.raises(QueryError):
        graph.query("SELECT ?x { ?x a ?y }", nowhere=1)


@pytest.mark.parametrize(
    ("query", "place", "sentence"),
    [
        (
            "SELECT ?x WHERE { ?x foaf:name ?y }",
            "line 1, column 22",
            "PREFIX foaf: <http://xmlns.com/foaf/0.1/>",
        ),
        ("SELECT ?x\nWHERE {\n ?x a ?y", "line 2, column 7", "never closed"),
        ("SELECT ?x { ?x a ?y }}", "line 1, column 22", "closes nothing"),
        ("SEL ?x { ?x a ?y }", "line 1, column 1", "begins no query"),
        ("SELECT ?x { ?x kg:a b }", "line 1, column 21", "“b” is no keyword here"),
        ("SELECT ?x { ?x kg:a 'b }", "line 1, column 21", "never closed"),
        ("SELECT ?x {\n ?x kg:a ?b ?c }", "line 2, column 13", "Three terms make a triple"),
        ("SELECT ?x {\n ?x kg:a ?b\n ?x kg:b/kg:c* ?y }", "line 3, column 2", "Put a dot before"),
        ("SELECT ?x { ?x kg:a ?b, . }", "line 1, column 25", "between the comma and this ."),
        ("SELECT ?x ?y { ?x a ?y } GROUP BY ?x", "line 1, column 1", "neither in GROUP BY nor"),
        ("SELECT ?x { <rel> ?p ?x }", "line 1, column 13", "<rel> is no whole IRI"),
        ("SELECT ?x { ?x ?p ?y } LIMIT -1", "line 1, column 30", "LIMIT takes a whole number"),
        ("SELECT ?x { ?x ?p ?y } LIMIT 99999999999999999999", "line 1, column 30", "more than the engine"),
        ("SELECT ?x { ?x ?p ?y } ORDER ?x", "line 1, column 24", "“ORDER” wants BY"),
        ("SELECT COUNT(?x) { ?x ?p ?y }", "line 1, column 8", "(COUNT(?x) AS ?name)"),
        ("SELECT ?x AS ?z { ?x ?p ?y }", "line 1, column 8", "(?x AS ?name)"),
        ("SELECT ?x { ?x ?p ?y FILTER(?y > ) }", "line 1, column 34", "missing between > and this )"),
        ("SELECT", "line 1", "too early"),
        ("", "line 1", "The query is empty"),
    ],
)
def test_errors_say_where_and_what(graph: Graph, query: str, place: str, sentence: str) -> None:
    with pytest.raises(QueryError) as caught:
        graph.query(query)
    assert place in str(caught.value)
    assert sentence in str(caught.value)
    first, _, caret = str(caught.value).split("\n")
    assert caret.strip() == "^"
    column = int(first.split("column ")[1].split(":")[0])
    assert query == "" or len(caret) == len("  ") + column
    assert "expected" in caught.value.__notes__[0]


@pytest.mark.parametrize(
    ("query", "advice"),
    [
        ("SELECT ?x { ?x kg:recruit ?y }", "kg:recruit is nowhere in this graph. Did you mean kg:recruits?"),
        ("SELECT ?x { id:netflics ?p ?x }", "id:netflics is nowhere in this graph. Did you mean id:netflix?"),
        ('SELECT ?x { ?x rdfs:label "scan" }', '"scan" is in this graph as "scan"@fr.'),
    ],
)
def test_advice_where_nothing_is_found(graph: Graph, query: str, advice: str) -> None:
    assert len(graph.query(query)) == 0
    assert graph.advice(query) == [advice]


def test_no_advice_where_there_is_nothing_to_say(graph: Graph) -> None:
    graph.commit()
    assert graph.advice("SELECT ?x { ?x kg:recruits id:netflix }") == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT ?x { ?s ?p ?o } }",
        "SELECT * { SERV\\u0049CE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { sErViCe<http://127.0.0.1:9/>{ ?s ?p ?o } }",
        "SELECT * { FILTER(?a<?b)SERVICE<http://127.0.0.1:9/>{ ?s ?p ?o } }",
        "# comment\nSELECT * { ?s ?p '#' . # SERVICE\n SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
        "SELECT * FROM NAMED <file:///etc/passwd> { ?s ?p ?o }",
        "PREFIX x: <http://127.0.0.1:9/> SELECT * FROM x:y { ?s ?p ?o }",
        "BASE <http://127.0.0.1:9/> PREFIX x: <y/> SELECT * FROM x:z { ?s ?p ?o }",
        "PREFIX x: <y/> SELECT * FROM x:z { ?s ?p ?o }",
        "SELECT * FROM <http://127.0.0.1:9/\\u0020> { ?s ?p ?o }",
        "SELECT * FROM <relative> { ?s ?p ?o }",
        "INSERT DATA { <a:a> <a:a> <a:a> }",
        "PREFIX x: <x:> DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/>",
        "CLEAR ALL",
        "WITH <a:a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "SELECT * " + "{" * 3000 + "}" * 3000,
        "SELECT * { FILTER(" + "(" * 6000 + "1" + ")" * 6000 + ") }",
        "SELECT * { FILTER(" + "!" * 30000 + "true) }",
        "SELECT * { FILTER(" + "! " * 30000 + "true) }",
        "SELECT * { FILTER(" + "- " * 30000 + "1 > 0) }",
        "SELECT * { ?s " + "^" * 30000 + "a ?o }",
        "SELECT * { ?s ?p '" + "x" * 70000 + "' }",
        "SELECT * { {}" + "UNION{}" * 9000 + "}",
        "SELECT * { " + "MINUS{}" * 9000 + "}",
        "SELECT * { FILTER(1" + "+1" * 30000 + ") }",
        "SELECT * { FILTER(1" + "||1" * 20000 + ") }",
        "SELECT * { ?s a" + "/a" * 30000 + " ?o }",
        "SELECT * { ?s a" + "|a" * 30000 + " ?o }",
        "SELECT * { ?s a ?o" + ";a ?o" * 12000 + " }",
        "SELECT * { ?s a ?o" + ",?o" * 20000 + " }",
        "SELECT * { " + "{SELECT * {}}" * 4900 + " }",
    ],
)
def test_what_a_query_may_not_do(graph: Graph, query: str) -> None:
    with pytest.raises(QueryError):
        graph.query(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?from ?load FILTER(?service != ?load) } LIMIT 1",
        "SELECT * { ?s kg:recruits ?o . BIND('SERVICE <x> {' AS ?x) } # LOAD <x>",
        'SELECT * { ?s prov:wasDerivedFrom ?o . BIND("""it\'s "from" \\" there""" AS ?x) } LIMIT 1',
        "PREFIX service: <https://w3id.org/newsgraph/ontology#> SELECT * { ?s service:recruits ?o }",
    ],
)
def test_words_that_only_look_dangerous(graph: Graph, query: str) -> None:
    assert len(graph.query(query)) == 1


def test_from_names_graphs_of_this_store(graph: Graph) -> None:
    (article,) = graph.documents()
    asked = f"SELECT ?who FROM id:{article.id} {{ ?who kg:recruits ?what }}"
    assert len(graph.query(asked)) == 1
    assert (
        len(
            graph.query(f"SELECT ?who FROM NAMED id:{article.id} {{ GRAPH ?g {{ ?who kg:recruits ?what }} }}")
        )
        == 1
    )
    assert len(graph.query(f"SELECT ?who FROM NAMED id:{article.id} {{ ?who kg:recruits ?what }}")) == 0


def test_updates_are_recorded(graph: Graph) -> None:
    graph.commit()
    before = len(graph)
    graph.update("INSERT DATA { GRAPH id:notes { id:netflix kg:noted 'oui' } }")
    assert len(graph.query("SELECT ?x { id:netflix kg:noted ?x }")) == 1
    assert len(graph) == before + 1
    graph.update("DELETE WHERE { GRAPH id:notes { ?s ?p ?o } }")
    assert len(graph.query("SELECT ?x { id:netflix kg:noted ?x }")) == 0
    assert len(graph) == before
    graph.update("LOAD SILENT <http://127.0.0.1:9/> INTO GRAPH id:notes ; load silent <http://127.0.0.1:9/>")
    assert len(graph) == before
    graph.update("CLEAR GRAPH id:notes ; DROP GRAPH id:notes")  # it is not there, so it is empty already
    assert len(graph) == before
    for refused in (
        "LOAD <http://127.0.0.1:9/>",
        "LOAD SILENT <http://127.0.0.1:9/> ; LOAD <http://127.0.0.1:9/>",
        "PREFIX e: <http://127.0.0.1:9/> LOADSILENTe:a",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://x/> { ?s ?p ?o } }",
        "INSERT DATA {",
    ):
        with pytest.raises(QueryError):
            graph.update(refused)
    assert len(graph) == before
