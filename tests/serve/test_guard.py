"""What may ask, and what may be asked, decided without a server."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve import guard
from kg.serve.guard import Refused
from kg.serve.settings import Limits

LIMITS = Limits()


def status_of(decide: Callable[..., object], *arguments: object) -> int:
    """The status that a decision leads to."""
    try:
        decide(*arguments)
    except Refused as refused:
        return refused.status
    return 200


REACHING_OUT = (
    "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { service silent ?x { ?s ?p ?o } }",
    "SELECT * { ?s ?p true.SERVICE<http://127.0.0.1/>{?a ?b ?c} }",
    r"SELECT * { \u0053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    r"SELECT * { ?s ?p '\u0027 . SERVICE <http://127.0.0.1/> { ?a ?b ?c } . ?s ?q '\u0027 }",
    "SELECT * { FILTER(?o<?p)SERVICE?x#>\n{ ?a ?b ?c } }",
    "SELECT * { FILTER(?o<'>'||true) SERVICE<http://127.0.0.1/>{} FILTER('' = '') }",
    "# nothing\nASK { { SERVICE<http://127.0.0.1/>{} } }",
)


@pytest.mark.parametrize("query", REACHING_OUT)
def test_a_query_that_reaches_out_is_refused_however_it_hides(query):
    with pytest.raises(Refused, match="SERVICE asks another machine") as refused:
        guard.read_query(query, LIMITS)
    assert refused.value.status == 403


@pytest.mark.parametrize(
    "update", ["LOAD <http://127.0.0.1/>", "INSERT DATA {} ; load silent <file:///etc/passwd>"]
)
def test_an_update_that_loads_is_refused(update):
    with pytest.raises(Refused, match="LOAD asks another machine"):
        guard.read_update(update, LIMITS)


@pytest.mark.parametrize("opening", ["{", "(", "[", "{ { ("])
def test_what_nests_too_deep_is_refused_before_any_parser_sees_it(opening):
    with pytest.raises(Refused, match="more than 100 levels"):
        guard.read_query("SELECT * " + opening * 2000, LIMITS)
    guard.read_query("SELECT * " + "{" * 99 + "}" * 99, LIMITS)


def test_a_long_query_is_refused_by_its_bytes():
    with pytest.raises(Refused) as refused:
        guard.read_query("ASK {} #" + "é" * 40_000, LIMITS)
    assert refused.value.status == 413


def test_an_update_sent_as_a_query_is_named_as_one():
    with pytest.raises(Refused, match="this is an update"):
        guard.read_query("PREFIX a: <b:> DELETE WHERE { ?s ?p ?o }", LIMITS)
    with pytest.raises(Refused, match="this is a query"):
        guard.read_update("SELECT * {}", LIMITS)


def test_the_graphs_that_a_query_names_are_known():
    query = "BASE <http://a.example/> PREFIX b: <http://b.example/> SELECT * FROM <c> FROM NAMED b:d {} "
    assert guard.read_query(query, LIMITS).graphs == ("http://a.example/c", "http://b.example/d")


@pytest.mark.parametrize(
    ("query", "limited"),
    [
        ("SELECT * {?s ?p ?o}", "SELECT * {?s ?p ?o}\nLIMIT 9\n"),
        ("SELECT * {} LIMIT 100 OFFSET 1", "SELECT * {} LIMIT 9 OFFSET 1"),
        ("SELECT * {} OFFSET 1 LIMIT 5", "SELECT * {} OFFSET 1 LIMIT 5"),
        (
            "SELECT * {{SELECT ?s {?s ?p ?o} LIMIT 50}}",
            "SELECT * {{SELECT ?s {?s ?p ?o} LIMIT 50}}\nLIMIT 9\n",
        ),
        ("SELECT * {VALUES ?s {1}} VALUES ?p {2}", "SELECT * {VALUES ?s {1}} \nLIMIT 9\nVALUES ?p {2}"),
    ],
)
def test_rows_are_limited_where_the_grammar_has_the_limit(query, limited):
    assert guard.read_query(query, LIMITS).limited(9) == limited


@given(st.text(alphabet="{}()[]<>\"'#\\ \nSERVICEaz?.:u0123", max_size=200))
def test_any_query_is_read_or_refused(text):
    assert status_of(guard.read_query, text, LIMITS) in (200, 400, 403, 413)


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:1", "[::1]:8000", "LOCALHOST"])
def test_loopback_names_are_answered(host):
    guard.check_host(host, guard.LOOPBACK)


@pytest.mark.parametrize(
    "host", [None, "", "evil.example", "localhost.evil.example", "localhost:x", "a b", "localhost/", "[::1"]
)
def test_no_other_host_is(host):
    with pytest.raises(Refused):
        guard.check_host(host, guard.LOOPBACK)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:9000"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"},
        {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"},
    ],
)
def test_pages_of_other_origins_are_refused(headers):
    with pytest.raises(Refused):
        guard.check_origin("GET", {"host": "localhost:8000", **headers})


def test_own_pages_and_links_from_elsewhere_are_not():
    guard.check_origin(
        "POST", {"host": "localhost:8000", "origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}
    )
    guard.check_origin(
        "GET", {"host": "localhost:8000", "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    )
    with pytest.raises(Refused):
        guard.check_origin(
            "POST", {"host": "localhost:8000", "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
        )


@pytest.mark.parametrize("sent", [None, "", "Bearer wrong", "Basic secret", "secret"])
def test_an_update_needs_the_token_itself(sent):
    with pytest.raises(Refused):
        guard.bearer(sent, "secret")
    with pytest.raises(Refused):
        guard.bearer("Bearer ", "")


def test_the_token_opens_updates():
    guard.bearer("Bearer secret", "secret")


def test_the_dataset_of_an_update_cannot_break_out_of_its_clause():
    with pytest.raises(Refused):
        guard.using("DELETE {?s ?p ?o} WHERE {?s ?p ?o}", ["http://x/> {} ; DROP ALL #"], [])
