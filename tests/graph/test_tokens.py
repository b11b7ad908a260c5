"""What a query asks for is seen as the engine sees it: no SERVICE passes that the engine would follow."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.errors import QueryError
from kg.graph import guard
from kg.graph.tokens import tokens

PREFIXES = {"ex": "http://127.0.0.1:9/", "": "http://127.0.0.1:9/"}
CALL = "SERVICE<http://127.0.0.1:9/>{?a ?b ?c}"
# Each hides the call from a reader that cuts otherwise than the engine does.
HIDDEN = (
    "SELECT * {FILTER(?o<?p)SERVICE?x#>\n{}}",
    f"SELECT * {{FILTER(?o<'>'||true) {CALL} FILTER('' = '')}}",
    f"SELECT * {{FILTER(?o<#>\n?p) {CALL}\n}}",
    f"SELECT * {{VALUES ?v {{ '''a' }} {CALL} # \\x '''\n}}",
    f"SELECT * {{VALUES ?v {{ '''a' }} {CALL} # \\uD800 '''\n}}",
    f"SELECT * {{?s ?p (<a#> <b#>) {CALL}}}",
    f"SELECT * {{?s ?p (true (<a#> <b#>)) {CALL}}}",
    f"SELECT * {{VALUES (?v ?w) {{(<a#> <b#>)}} {CALL}}}",
    f"SELECT * {{FILTER(?a\u3002<'>'||true) {CALL} FILTER('' = '')}}",
    f"SELECT * {{FILTERex:f(?a<'>') {CALL} FILTER('' = '')}}",
    f"SELECT * {{FILTER ex:f(?a<'>') {CALL} FILTER('' = '')}}",
    f"SELECT * {{FILTER('x'@en--ltr<'>'||true) {CALL} FILTER('' = '')}}",
    f"SELECT * {{FILTER(EXISTS{{}}<'>'||true) {CALL} FILTER('' = '')}}",
    f"SELECT * {{FILTER(!true<'>'||true) {CALL} FILTER('' = '')}}",
    f"SELECT * {{<<?s?p'>'>> ?q ?z . {CALL} FILTER('' = '')}}",
    f"SELECT * {{{{SELECT(COUNT(DISTINCTtrue<'>')AS?n){{}}}} {CALL} FILTER('' = '')}}",
    f"SELECT * {{{{SELECT ?z {{}} ORDER BY (?z<'>')}} {CALL} FILTER('' = '')}}",
    f"SELECT * {{?s ex:a\\' ?o . {CALL} FILTER('' = '')}}",
    "SELECT * {SERVICEex:a{}}",
    "SELECT * {SERVICE:a{}}",
    "SELECT * {SERVICESILENTex:a{}}",
    "SELECT * {?s ?p true.SERVICEex:a{}}",
    "SELECT * {?s ?p trueSERVICE<x:y>{}}",
    "SELECT * {?s ?p 1.0SERVICEex:a{}}",
    "SELECT * {LATERAL{SERVICE$x{}}}",
)
HARMLESS = (
    "SELECT ?service { ?s <http://example.org/service> ?service } # SERVICE",
    "PREFIX service: <http://example.org/> SELECT * { ?s service:load 'SERVICE LOAD' . service:a ?p ?o }",
    "PREFIX service: <http://example.org/> SELECT * { GRAPH service:g { ?s ?p ?o } }",
    'SELECT * { ?s ?p """SERVICE <x> { " } """ FILTER(?o < 3 && ?o > 2) }',
    "SELECT * { VALUES (?a ?b) { (<http://a/#SERVICE> <http://b/#x>) } FILTER(?a<?b) }",
    r"SELECT * { ?s ?p 'it\'s SERVICE <x> { }', 'load' }",
)


def is_read(query: str) -> bool:
    """Whether the engine takes it for a query, whatever becomes of it then."""
    try:
        Store().query(query, prefixes=PREFIXES, base_iri="http://127.0.0.1:9/")
    except SyntaxError:
        return False
    except (OSError, RuntimeError, ValueError):
        return True
    return True


def calls(query: str) -> bool:
    """Whether the engine reads SERVICE as a keyword somewhere: then the query makes no sense with one letter more."""
    return (
        is_read(query)
        and not is_read(query.upper().replace("SERVICE", "SERVICEX"))
        and is_read(query.upper())
    )


def is_refused(query: str) -> bool:
    try:
        guard.check(query)
    except QueryError:
        return True
    return False


@pytest.mark.parametrize("query", HIDDEN)
def test_a_call_of_another_machine_is_refused_however_it_hides(query):
    with pytest.raises(guard.ReachesOut):
        guard.check(query)


@pytest.mark.parametrize("query", HARMLESS)
def test_a_keyword_that_is_none_is_let_through(query):
    assert is_read(query)
    assert not is_refused(query)


@pytest.mark.parametrize(
    "update", ["LOAD <x:y>", "INSERT DATA {} ; load<x:y>", "PREFIX a: <b:> LOADex:a", "LOADSILENTex:a"]
)
def test_an_update_that_loads_is_refused(update):
    with pytest.raises(guard.ReachesOut):
        guard.check(update, update=True)
    guard.check("PREFIX load: <x:> INSERT DATA { GRAPH load:g { load:a load:b load:c } }", update=True)


PIECES = st.sampled_from([
    "SERVICE", "service ", "?x", "ex:a", ":a", "<http://127.0.0.1:9/>", "{?a ?b ?c}", "{}", "{", "}", "(", ")", "FILTER(", "FILTER",
    "ex:f(", "?o", "<", ">", "'", "'>'", "''", "'''", '"', '"""', "#", "#>\n", "\n", " ", "\\", "\\'", "\\x", "\\u0027", "\\uD800",
    "VALUES ?v {", "VALUES(?v ?w){(", "<a#>", "<b#>", "true", "1", "1.", ".5", ".", ",", ";", "?s ?p ", "[", "]", "a", "||true)", "=", "<<", ">>",
    "@en", "^^", "BIND(1 AS ?q)", "EXISTS{}", "NOT ", "GRAPH ", "MINUS{}", "LATERAL{", "SELECT*{", "ORDER BY(?o", "_:b", "\u3002", "\u00b5",
])  # fmt: skip


@st.composite
def disguises(draw: st.DrawFn) -> str:
    """An attack or a plain call with pieces put in, taken out and exchanged."""
    words = list(draw(st.sampled_from([*HIDDEN, *HARMLESS, f"SELECT * {{ {CALL} }}"])))
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(10, max(10, len(words))))
        words[place : place + draw(st.integers(0, 2))] = draw(PIECES)
    return "".join(words)


@settings(max_examples=400)
@given(disguises())
@example("SELECT * {" + CALL + "}")
def test_no_query_passes_that_the_engine_reads_as_a_call(query):
    assert is_refused(query) or not calls(query)


@given(st.text(alphabet="{}()[]<>\"'#\\ \n@.:-_SERVICEaz?\u0123\u3002019eu", max_size=200))
def test_tokens_lie_in_the_text_and_leave_nothing_but_space_and_comments(text):
    end = 0
    for token in tokens(text):
        gap = text[end : token.start]
        assert not gap.strip(" \t\r\n") or "#" in gap
        assert text[token.start : token.end] == token.text != ""
        end = token.end


@pytest.mark.parametrize(
    "piece", ["a.", "<", "'''", "'", "\\'", '\'"\n', "<a", "(?a<", ":", "ex:a.", "1.", "''' \\''' ", '""" \' ', "a-", "%", "0e"]
)  # fmt: skip
def test_a_text_of_any_kind_costs_one_pass(piece):
    def cost(times: int) -> float:
        text = piece * times + "\\"
        started = time.process_time()
        assert sum(1 for _ in tokens(text)) <= len(text)
        return time.process_time() - started

    # Ten times the text takes ten times the time, and not a hundred; a fifth of a second is for the machine.
    assert cost(20_000) < 40 * cost(2_000) + 0.2


def test_what_a_line_with_an_open_quote_holds_is_one_token():
    assert [token.kind for token in tokens("ASK { ?s ?p 'x }\n?o }")][-3:] == ["broken", "variable", "close"]


def test_the_words_of_a_query_are_read_as_sparql_reads_them() -> None:
    query = "SELECT ?x { ?x kg:a 'it''s' ; a <http://x#y> , ex:a\\#b , _:b . # no <more>\n}"
    assert [token.text for token in tokens(query)] == [
        "SELECT", "?x", "{", "?x", "kg:a", "'it'", "'s'", ";", "a", "<http://x#y>", ",", "ex:a\\#b", ",", "_:b", ".", "}",
    ]  # fmt: skip
