"""The endpoint and the pages of a running server: protocol, formats, entities, search, what it says of itself."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat

from kg.graph.graph import Graph
from kg.serve.questions import named_questions

QUERY = "SELECT ?s ?label { ?s rdfs:label ?label } ORDER BY ?s ?label LIMIT 3"
GRAPH = "CONSTRUCT { ?s rdfs:label ?label } WHERE { ?s rdfs:label ?label }"
FORM = "application/x-www-form-urlencoded"
XML = "application/sparql-results+xml"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


# ---- The SPARQL 1.1 Protocol


def test_a_query_is_asked_by_get_and_by_both_posts(server):
    asked = [
        server.get(QUERY),
        server.query(QUERY),
        server.ask("/sparql", "POST", urlencode({"query": QUERY}).encode(), content_type=FORM),
    ]
    assert [reply.status for reply in asked] == [200, 200, 200]
    assert asked[0].rows == asked[1].rows == asked[2].rows
    assert len(asked[0].rows) == 3


@pytest.mark.parametrize(
    ("method", "path", "body", "kind", "status"),
    [
        ("PUT", "/sparql", b"ASK {}", "application/sparql-query", 405),
        ("DELETE", "/sparql?query=ASK%20%7B%7D", None, "", 405),
        ("GET", "/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D", None, "", 400),
        ("GET", "/sparql?update=DROP%20ALL", None, "", 400),
        ("GET", "/sparql?query=%FF%FE", None, "", 400),
        ("POST", "/sparql", b"ASK {}", "text/plain", 415),
        ("POST", "/sparql", b"query=ASK%20%7B%7D", "", 415),
        ("POST", "/sparql", b"ASK {}", "", 415),
        ("POST", "/sparql", "ASK {}".encode("utf-16"), "application/sparql-query; charset=utf-16", 415),
        ("POST", "/sparql", "ASK {}".encode("utf-16"), "application/sparql-query", 400),
        ("POST", "/sparql", b"query=ASK%7B%7D&update=DROP%20ALL", FORM, 400),
        ("POST", "/sparql?using-graph-uri=http://a/", b"query=ASK%7B%7D", FORM, 400),
        ("POST", "/sparql", b"nothing=here", FORM, 400),
        ("POST", "/sparql", b"ASK {", "application/sparql-query", 400),
        ("POST", "/sparql", b"&".join(b"a=1" for _ in range(300)), FORM, 400),
    ],
)
def test_a_malformed_request_is_refused_with_its_status(server, method, path, body, kind, status):
    headers = {"content_type": kind} if kind else {}
    assert server.ask(path, method, body, **headers).status == status


def test_a_dataset_can_be_named_in_the_request(server):
    graphs = server.query("SELECT DISTINCT ?g { GRAPH ?g { ?s a schema:NewsArticle } } ORDER BY ?g").rows
    one = graphs[0]["g"]["value"]
    count = "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a schema:NewsArticle }"

    def number(reply):
        return int(reply.rows[0]["n"]["value"])

    assert number(server.get(count)) == len(graphs) == 6
    assert number(server.get(count, **{"default-graph-uri": one})) == 1
    assert number(server.query(count.replace("{", f"FROM <{one}> {{", 1))) == 1
    named = {"named-graph-uri": one}
    assert (
        number(server.get("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s a schema:NewsArticle } }", **named)) == 1
    )
    assert number(server.get(count, **named)) == 0


# ---- Formats


def test_tables_are_written_in_every_format(server):
    wanted = server.query(QUERY).rows
    names = [row["label"]["value"] for row in wanted]
    tree = ElementTree.fromstring(server.query(QUERY, accept=XML).body)
    assert len(tree.findall(".//{*}result")) == 3
    rows = list(csv.DictReader(io.StringIO(server.query(QUERY, accept="text/csv").text)))
    assert [row["label"] for row in rows] == names
    tsv = server.query(QUERY, accept="text/tab-separated-values").text.splitlines()
    assert tsv[0] == "?s\t?label"
    assert len(tsv) == 4


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
)
def test_graphs_are_written_in_every_format_and_read_back(server, media):
    reply = server.query(GRAPH, accept=media)
    assert reply.headers["content-type"].split(";")[0] == media
    form = RdfFormat.from_media_type(media)
    triples = {str(triple) for triple in pyoxigraph.parse(reply.body, form)}
    count = server.query("SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?l { ?s rdfs:label ?l } }").rows[0][
        "n"
    ]["value"]
    assert len(triples) == int(count)


def test_the_answer_of_ask_is_written_in_every_table_format(server):
    assert server.query("ASK {}", accept="application/json").text == '{"head":{},"boolean":true}'
    assert "<boolean>true</boolean>" in server.query("ASK {}", accept=XML).text
    assert server.query("ASK {}", accept="text/csv").text.strip() == "true"


def test_a_format_that_there_is_not_is_not_acceptable(server):
    assert server.query(QUERY, accept="image/png").status == 406
    assert server.query(GRAPH, accept="text/csv").status == 406
    assert server.get(QUERY, format="exe").status == 406


def test_a_link_names_its_format(server):
    assert server.get(QUERY, format="csv").headers["content-type"].startswith("text/csv")


def test_columns_come_in_the_order_of_the_query(server):
    assert json.loads(server.query("SELECT * { ?s ?p ?o } LIMIT 1").body)["head"]["vars"] == ["s", "p", "o"]
    nested = "SELECT * { { SELECT ?z { ?z a ?hidden } LIMIT 1 } ?z ?a ?b } LIMIT 1"
    assert json.loads(server.query(nested).body)["head"]["vars"] == ["z", "a", "b"]


def test_rows_beyond_the_cap_are_cut_and_it_is_said(tight):
    everything = "SELECT ?s ?p ?o { ?s ?p ?o }"
    for accept in ("application/sparql-results+json", XML, "text/csv", "text/tab-separated-values"):
        reply = tight.query(everything, accept=accept)
        assert reply.headers["x-cut-at"] == "3", accept
    assert len(tight.query(everything).rows) == 3
    assert len(ElementTree.fromstring(tight.query(everything, accept=XML).body).findall(".//{*}result")) == 3
    assert len(list(csv.reader(io.StringIO(tight.query(everything, accept="text/csv").text)))) == 4
    assert len(tight.query(everything, accept="text/tab-separated-values").text.splitlines()) == 4
    graph = tight.query("CONSTRUCT WHERE { ?s ?p ?o }", accept="application/n-triples")
    assert graph.headers["x-cut-at"] == "3"
    assert len(graph.text.splitlines()) == 3
    for exact in (
        everything + " LIMIT 3",
        "SELECT ?x { VALUES ?x { 1 2 3 } }",
        "SELECT ?x { VALUES ?x { '},{' '\\r\\n},{' } }",
    ):
        assert "x-cut-at" not in tight.query(exact).headers
        assert "x-cut-at" not in tight.query(exact, accept="text/csv").headers


# ---- What the server says of itself


def test_without_a_query_it_describes_itself(server):
    reply = server.ask("/sparql")
    assert reply.headers["content-type"].startswith("text/turtle")
    triples = {str(triple) for triple in pyoxigraph.parse(reply.body, RdfFormat.TURTLE)}
    assert any("#endpoint>" in triple and f"{server.url}/sparql" in triple for triple in triples)
    assert "SPARQL11Query" in reply.text
    assert "SPARQL11Update" not in reply.text, "this server never writes"
    assert (
        server.ask("/sparql", accept="application/ld+json").headers["content-type"] == "application/ld+json"
    )
    assert "<textarea" in server.ask("/sparql", accept=BROWSER).text


def test_graphs_are_read_by_the_graph_store_protocol(server):
    graph = server.query("SELECT ?g { GRAPH ?g { ?s a schema:NewsArticle } } ORDER BY ?g LIMIT 1").rows[0][
        "g"
    ]["value"]
    one = server.ask(f"/graph-store?graph={quote(graph, safe='')}", accept="application/n-triples")
    union = server.ask("/graph-store?default", accept="application/n-triples")
    assert set(one.text.splitlines()) < set(union.text.splitlines())
    head = server.ask("/graph-store?default", "HEAD", accept="text/turtle")
    assert (head.status, head.body) == (200, b"")
    assert server.ask("/graph-store?graph=http://nothing.example/").status == 404
    assert server.ask("/graph-store").status == 400
    assert server.ask("/graph-store?default&graph=a:b").status == 400
    assert server.ask("/graph-store?default", "PUT", b"").status == 405


def test_health_and_metrics(server):
    assert server.ask("/health").text == "ok\n"
    server.query("ASK {}")
    text = server.ask("/metrics").text
    assert 'kg_queries_total{outcome="answered"}' in text
    assert "kg_workers_free" in text
    assert 'route="sparql",status="200"' in text


SAMPLE = re.compile(
    r'(kg_\w+?)(?:_bucket|_sum|_count)?(?:\{(?:\w+="[^"\\\n]*"(?:,|(?=\})))*\})? (-?[0-9.e+]+)'
)


def test_metrics_are_what_prometheus_reads(server):
    server.query("ASK {}")
    reply = server.ask("/metrics")
    assert reply.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert reply.text.endswith("\n")
    typed: dict[str, str] = {}
    buckets = []
    for line in reply.text.splitlines():
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            assert name not in typed, "a family is told once"
            typed[name] = kind
            continue
        sample = SAMPLE.fullmatch(line)
        assert sample, line
        assert list(typed)[-1] == sample[1], "a sample stands below its family"
        if "_bucket{" in line:
            buckets.append(float(sample[2]))
    assert buckets == sorted(buckets)
    assert f"kg_query_seconds_count {int(buckets[-1])}" in reply.text
    assert {"counter", "gauge", "histogram"} == set(typed.values())


def test_the_words_of_this_graph_are_offered_for_completion(server):
    terms = server.ask("/vocab.json").body
    assert "https://w3id.org/newsgraph/ontology#Statement" in json.loads(terms)["class"]
    assert "https://w3id.org/newsgraph/ontology#recruits" in json.loads(terms)["property"]


# ---- Entities and search


def test_an_entity_has_a_page_with_its_sentences(server):
    page = server.ask("/id/netflix", accept=BROWSER).text
    assert "<h1>Netflix</h1>" in page
    assert "Netflix recrute un directeur technique" in page
    assert 'class="asserted"' in page
    assert 'class="claimed"' in page
    assert "/id/sag-aftra" in page
    assert '<span class="role">montant</span> <a href="/id/amount-650000-usd">650 000 dollars</a>' in page
    assert '<html lang="en"' in server.ask("/id/netflix?lang=en", accept=BROWSER).text


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"]
)
def test_an_entity_has_its_rdf_too(server, media):
    reply = server.ask("/id/netflix", accept=media)
    triples = list(pyoxigraph.parse(reply.body, RdfFormat.from_media_type(media)))
    assert any(str(triple.object.value).startswith("Netflix recrute") for triple in triples)


def test_every_iri_of_the_graph_has_a_page(server):
    iris = server.query("SELECT DISTINCT ?s { ?s a ?c FILTER(!CONTAINS(STR(?s), '#')) } LIMIT 60").rows
    base = "https://w3id.org/newsgraph/id/"
    names = [row["s"]["value"].removeprefix(base) for row in iris if row["s"]["value"].startswith(base)]
    assert names
    for name in names[::6]:
        assert server.ask("/id/" + quote(name), accept=BROWSER).status == 200, name


def test_iris_resolve_where_the_server_is_their_host(start, tmp_path, graph_folder):
    """Entities whose IRIs begin with the address that they are served at: each is read at its own IRI."""
    folder = tmp_path / "graph"
    shutil.copytree(graph_folder, folder)
    base = "http://kg.example.org/id/"
    with Graph.open(folder) as graph:
        graph.update(
            f'INSERT DATA {{ GRAPH <{base}article-1> {{ <{base}anne> a schema:Person ; rdfs:label "Anne" ;'
            f" owl:sameAs <{base}béa> . <{base}b%C3%A9a> rdfs:label 'Béa'@fr . <{base}chloé> rdfs:label 'Chloé' }} }}"
        )
    mine = start(folder, base=base, hosts=["kg.example.org"], limits={"workers": 1})
    told = {"host": "kg.example.org"}
    page = mine.ask("/id/anne", accept=BROWSER, **told)
    assert page.headers["content-type"].startswith("text/html")
    assert "<h1>Anne</h1>" in page.text
    for address, name in (
        ("b%C3%A9a", "Béa"),
        ("chlo%C3%A9", "Chloé"),
    ):  # an IRI with an escape, one with a letter
        assert f"<h1>{name}</h1>" in mine.ask(f"/id/{address}", accept=BROWSER, **told).text
    assert mine.ask("/id/nobody", accept="text/turtle", **told).status == 404
    for media, form in (("text/turtle", RdfFormat.TURTLE), ("application/ld+json", RdfFormat.JSON_LD)):
        reply = mine.ask("/id/anne", accept=f"text/html;q=0.5, {media}", **told)
        assert reply.headers["content-type"].split(";")[0] == media
        assert f"<{base}anne>" in {str(triple.subject) for triple in pyoxigraph.parse(reply.body, form)}


def test_what_there_is_not_has_no_page(server):
    for path in (
        "/id/nothing",
        "/id/%3Cscript%3E",
        "/id/a%20b",
        "/id/../../etc/passwd",
        "/static/..%2fapp.py",
        "/nowhere",
    ):
        assert server.ask(path, accept=BROWSER).status == 404, path


def test_search_finds_words_with_and_without_accents(server):
    assert "Netflix" in server.ask("/search?q=netflix", accept=BROWSER).text
    hits = json.loads(server.ask("/search?q=possederait", accept="application/json").body)
    assert hits
    assert server.ask("/search?q=%22%2A%20OR%20(", accept=BROWSER).status == 200
    assert server.ask("/search", accept=BROWSER).status == 200


def test_results_are_a_table_without_javascript(server):
    page = server.ask("/sparql?" + urlencode({"query": QUERY}), accept=BROWSER).text
    assert '<th scope="col">label</th>' in page
    assert "<caption>" in page
    assert "format=csv" in page


def test_the_picture_is_served_under_its_own_policy(server):
    reply = server.ask("/", accept=BROWSER, timeout=60)
    assert reply.status == 200
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert 'href="/sparql-ui"' in reply.text


@pytest.mark.parametrize("asked", named_questions(), ids=lambda asked: asked.name)
def test_each_question_that_comes_with_kg_runs_here(server, asked):
    assert server.query(asked.query).status == 200


def test_a_newer_graph_is_served_without_a_restart(start, tmp_path, graph_folder):
    folder = tmp_path / "graph"
    shutil.copytree(graph_folder, folder)
    mine = start(folder, limits={"workers": 1})
    count = "SELECT (COUNT(*) AS ?n) { ?s a schema:NewsArticle }"
    assert mine.query(count).rows[0]["n"]["value"] == "6"
    with Graph.open(folder) as graph:
        graph.remove("netflix.txt")
        graph.commit()
    assert mine.query(count).rows[0]["n"]["value"] == "5"
