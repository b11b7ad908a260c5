"""A bounded number of requests that nobody would send: the server refuses each in HTTP and goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

BOUNDED = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
WORDS = st.sampled_from([
    b"GET", b"POST", b"HEAD", b"OPTIONS", b" ", b"/", b"/sparql", b"?query=", b"ASK%20%7B%7D", b"/id/", b"%00", b"%ff",
    b" HTTP/1.1\r\n", b" HTTP/9\r\n", b"Host: localhost\r\n", b"Host: evil\r\n", b"Content-Length: 5\r\n",
    b"Content-Length: -1\r\n", b"Transfer-Encoding: chunked\r\n", b"Content-Type: application/sparql-query\r\n",
    b"Accept: ;;q=,\r\n", b"\r\n", b"\r\n\r\n", b"5\r\nASK{}\r\n0\r\n\r\n", b"\x00", b"\xff\xfe", b"A" * 3000, b": ", b"\n",
])  # fmt: skip
QUERY_WORDS = st.sampled_from(
    [
        "SELECT",
        "ASK",
        "CONSTRUCT",
        "DESCRIBE",
        "*",
        "?s",
        "?p",
        "?o",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ".",
        ";",
        ",",
        "WHERE",
        "OPTIONAL",
        "UNION",
        "MINUS",
        "FILTER",
        "BIND",
        "AS",
        "VALUES",
        "GRAPH",
        "FROM",
        "NAMED",
        "<a:b>",
        "kg:x",
        "'x'",
        '"y"@fr',
        "1",
        "1e9",
        "true",
        "LIMIT",
        "10",
        "OFFSET",
        "ORDER",
        "BY",
        "GROUP",
        "COUNT",
        "REGEX",
        "EXISTS",
        "NOT",
        "+",
        "*",
        "/",
        "|",
        "^",
        "!",
        "=",
        "<",
        ">",
        "&&",
        "||",
    ]
)


@BOUNDED
@given(st.lists(WORDS, min_size=1, max_size=14))
def test_requests_that_are_hardly_http(server, words):
    reply = server.raw(b"".join(words))
    assert reply == b"" or reply.startswith(b"HTTP/1.1 ")
    assert not reply.startswith(b"HTTP/1.1 500")


@BOUNDED
@given(
    method=st.sampled_from(["GET", "POST", "HEAD", "PUT"]),
    path=st.sampled_from(
        ["/sparql", "/sparql-ui", "/id/x", "/search", "/graph-store", "/static/kg.css", "/nowhere"]
    ),
    name=st.sampled_from(["query", "update", "q", "lang", "format", "graph", "default", "default-graph-uri"]),
    value=st.text(max_size=40),
    accept=st.text(alphabet="abc/*+;=q.,01 -", max_size=40),
    kind=st.sampled_from(
        ["", "application/sparql-query", "application/x-www-form-urlencoded", "text/turtle"]
    ),
    body=st.binary(max_size=60),
)
def test_requests_with_any_field(server, method, path, name, value, accept, kind, body):
    from urllib.parse import quote

    headers = {"accept": accept} | ({"content_type": kind} if kind else {})
    address = f"{path}?{name}={quote(value, safe='', errors='surrogatepass')}"
    reply = server.ask(address, method, body if method in ("POST", "PUT") else None, **headers)
    assert reply.status in (200, 204, 400, 403, 404, 405, 406, 413, 415)


@BOUNDED
@given(st.lists(QUERY_WORDS, min_size=1, max_size=25))
def test_queries_of_any_words(server, words):
    assert server.query(" ".join(words)).status in (200, 400, 403, 406, 504)


TERMS = st.sampled_from(["?a", "?b", "?c", "id:netflix", "kg:Statement", "'x'@fr", "7", "true", "<a:b>"])
PATHS = st.sampled_from(
    [
        "a",
        "?p",
        "rdfs:label",
        "rdf:subject/rdfs:label",
        "^rdf:object",
        "(rdf:subject|!a)",
        "kg:recruits*",
        "rdf:object?",
    ]
)
TESTS = st.sampled_from(["?a = ?b", "?a<?b", "BOUND(?c)", "REGEX(STR(?a), 'n.*x')", "?a IN (1, id:netflix)", "!ISIRI(?b)", "STRLEN(?b) > 2 && ?a != ?c",
                         "EXISTS { ?a ?p ?b }", "COALESCE(?b, 1) >= 0"])  # fmt: skip
TRIPLES = st.builds(
    lambda s, p, o: f"{s} {p} {o} .", TERMS.filter(lambda term: term[0] in "?i<k"), PATHS, TERMS
)
PATTERNS = st.recursive(
    TRIPLES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(" ".join),
        st.builds("{{ {} }} UNION {{ {} }}".format, inner, inner),
        st.builds("?a ?p ?b . OPTIONAL {{ {} }}".format, inner),
        st.builds("{} MINUS {{ {} }}".format, inner, inner),
        st.builds("{} FILTER({})".format, inner, TESTS),
        st.builds("GRAPH ?g {{ {} }}".format, inner),
        st.builds("{{ SELECT ?a WHERE {{ {} }} LIMIT 3 }}".format, inner),
        st.builds("{} VALUES ?c {{ 1 'x' }}".format, inner),
    ),
    max_leaves=6,
)
QUERIES = st.one_of(
    st.builds("SELECT * {{ {} }}".format, PATTERNS),
    st.builds("SELECT DISTINCT ?a ?b {{ {} }} ORDER BY ?b DESC(?a) OFFSET 1".format, PATTERNS),
    st.builds("SELECT ?a (COUNT(?b) AS ?n) {{ {} }} GROUP BY ?a HAVING(COUNT(?b) > 0)".format, PATTERNS),
    st.builds("ASK {{ {} }}".format, PATTERNS),
    st.builds("CONSTRUCT {{ ?a rdfs:label ?b }} WHERE {{ {} }} LIMIT 50".format, PATTERNS),
)


@BOUNDED
@given(QUERIES)
def test_queries_that_make_sense_are_answered(server, query):
    """None is refused, none ends its process; a few take longer than they may."""
    assert server.query(query, accept="application/sparql-results+json, text/turtle").status in (200, 504), (
        query
    )


# What a request goes through before a worker sees it, with bytes that a fuzzer bends towards code not yet reached.
TARGET = """
import sys, atheris
with atheris.instrument_imports(include=["kg.serve.guard", "kg.serve.protocol", "kg.graph.guard", "kg.graph.tokens"]):
    from kg.serve import guard, protocol
from kg.serve.settings import Limits

def request(data):
    sent = atheris.FuzzedDataProvider(data)
    text = sent.ConsumeUnicodeNoSurrogates(120)
    headers = {"host": text[:20], "origin": text[20:40], "sec-fetch-site": text[40:50]}
    steps = [
        lambda: guard.check_host(text, guard.LOOPBACK),
        lambda: guard.check_origin("POST", headers),
        lambda: guard.bearer(text, "token"),
        lambda: protocol.negotiate(text, protocol.TABLES, ""),
        lambda: guard.read_query(text, Limits()),
        lambda: guard.read_update(text, Limits()),
        lambda: protocol.question(
            sent.PickValueInList(["GET", "POST"]), sent.ConsumeBytes(60), sent.ConsumeUnicode(40), sent.ConsumeBytes(90)
        ),
    ]
    for step in steps:
        try:
            step()
        except guard.Refused:
            pass

atheris.Setup(["fuzz", "-runs=4000", "-seed=7", "-max_len=400"], request)
atheris.Fuzz()
"""


def test_a_fuzzer_finds_no_request_that_is_not_answered():
    pytest.importorskip("atheris")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", TARGET],
        capture_output=True,
        text=True,
        timeout=120,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_after_all_that_it_answers(server):
    server.answers_soon()
