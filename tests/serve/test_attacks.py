"""Further attacks on a running server: odd HTTP, odd names, queries that hide or swell. After each it answers at once."""

from __future__ import annotations

import json
import re
import socket
from contextlib import suppress
from urllib.parse import quote

import pytest

ASK = b"/sparql?query=ASK%7B%7D"
HOST = b"Host: localhost\r\n"
CLOSE = b"Connection: close\r\n"
STATUS = re.compile(rb"HTTP/1.1 (\d{3}) ")


def exchange(server, data: bytes, patience: float = 2.0) -> bytes:
    """What comes back for bytes, until the server closes the connection or is silent for so long."""
    reply = b""
    with (
        socket.create_connection(("127.0.0.1", server.port), timeout=patience) as connection,
        suppress(OSError),
    ):
        connection.sendall(data)
        while piece := connection.recv(65536):
            reply += piece
    return reply


def statuses(reply: bytes) -> list[int]:
    """The status of each answer of a connection."""
    return [int(found) for found in STATUS.findall(reply)]


# ---- HTTP that is not what it seems

SMUGGLED = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: evil.example\r\n\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
ODD = {
    "a length and chunks": b"POST /sparql HTTP/1.1\r\n" + HOST + FORM + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"0\r\n\r\n" + SMUGGLED,
    "two lengths": b"POST /sparql HTTP/1.1\r\n" + HOST + FORM + b"Content-Length: 0\r\nContent-Length: 70\r\n\r\n" + SMUGGLED,
    "a length that is no number": b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: +5\r\n\r\nASK{}",
    "an unknown coding": b"POST /sparql HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "a coding in disguise": b"POST /sparql HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "a folded header": b"GET " + ASK + b" HTTP/1.1\r\nHost: localhost\r\n evil.example\r\n" + CLOSE + b"\r\n",
    "a space before the colon": b"GET " + ASK + b" HTTP/1.1\r\nHost : evil.example\r\n" + HOST + CLOSE + b"\r\n",
    "an address with a host of its own": b"GET http://evil.example" + ASK + b" HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n",
    "a name in front of the host": b"GET //evil.example" + ASK + b" HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n",
    "a tunnel": b"CONNECT evil.example:80 HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n",
    "a zero in the address": b"GET /sparql\x00?query=ASK%7B%7D HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n",
    "a zero in a header": b"GET " + ASK + b" HTTP/1.1\r\nHost: localhost\x00.evil.example\r\n" + CLOSE + b"\r\n",
    "HTTP/2 in clear": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a host with a dot": b"GET " + ASK + b" HTTP/1.1\r\nHost: localhost.\r\n" + CLOSE + b"\r\n",
    "a host that is another's address": b"GET " + ASK + b" HTTP/1.1\r\nHost: [::ffff:7f00:1]\r\n" + CLOSE + b"\r\n",
    "a host of letters that look alike": "GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: lοcalhost\r\n\r\n".encode(),
}  # fmt: skip


@pytest.mark.parametrize("how", ODD)
def test_odd_http_is_answered_with_no_answer_to_a_query(server, how):
    reply = exchange(server, ODD[how])
    assert b"boolean" not in reply
    assert all(400 <= status < 500 for status in statuses(reply)), reply[:200]
    server.answers_soon()


def test_what_says_twice_where_it_ends_is_the_last_of_its_connection(server):
    assert statuses(exchange(server, ODD["a length and chunks"])) == [400]


QUERY = b"Content-Type: application/sparql-query\r\n"
POST = b"POST /sparql HTTP/1.1\r\n" + HOST + CLOSE
ANSWERED = {
    "a zipped query": (POST + QUERY + b"Content-Encoding: gzip\r\nContent-Length: 6\r\n\r\n\x1f\x8b\x08000", [400]),
    "one that waits to be asked": (POST + QUERY + b"Expect: 100-continue\r\nContent-Length: 6\r\n\r\nASK {}", [100, 200]),
    "a letter a chunk": (POST + QUERY + b"Transfer-Encoding: chunked\r\n\r\n1\r\nA\r\n2\r\nSK\r\n2\r\n{}\r\n0\r\n\r\n", [200]),
    "a form that swells": (POST + FORM + b"Content-Length: 300006\r\n\r\nquery=" + b"%25" * 100_000, [413]),
    "a long address": (b"GET /sparql?query=" + b"%20" * 70_000 + b" HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n", [413]),
    "many graphs": (b"GET /sparql?query=ASK%7B%7D" + b"&default-graph-uri=a:b" * 190 + b" HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n", [403]),
    "many formats": (b"GET " + ASK + b" HTTP/1.1\r\n" + HOST + CLOSE + b"Accept: " + b"a/b;q=0.1," * 20_000 + b"\r\n\r\n", [406]),
    "many languages": (b"GET /sparql-ui HTTP/1.1\r\n" + HOST + CLOSE + b"Accept-Language: " + b"a," * 50_000 + b"\r\n\r\n", [200]),
    "an old one without a host": (b"GET " + ASK + b" HTTP/1.0\r\n\r\n", [400]),
    "many at once": ((b"GET " + ASK + b" HTTP/1.1\r\n" + HOST + b"\r\n") * 100 + b"GET /nowhere HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n",
                     [200] * 100 + [404]),
}  # fmt: skip


@pytest.mark.parametrize("how", ANSWERED)
def test_what_is_much_is_answered_or_refused_in_its_turn(server, how):
    data, expected = ANSWERED[how]
    assert statuses(exchange(server, data, 10.0)) == expected
    server.answers_soon()


def test_a_chunk_with_a_long_remark_is_refused_or_waited_for_in_vain(tight):
    remark = b"Transfer-Encoding: chunked\r\n\r\n1;" + b"x" * 300_000 + b"\r\nA\r\n"
    assert statuses(exchange(tight, POST + QUERY + remark, 30.0)) in ([400], [408])
    tight.answers_soon()


def test_many_headers_are_read_or_refused_at_once(server):
    for number, name in (
        (20_000, b"X-%d: y\r\n"),
        (5000, b"Cookie: a%d=b\r\n"),
        (40, b"X-%d: " + b"y" * 5000 + b"\r\n"),
    ):
        headers = b"".join(name % each for each in range(number))
        found = statuses(exchange(server, b"GET /health HTTP/1.1\r\n" + HOST + CLOSE + headers + b"\r\n"))
        assert found in ([200], [400], [431], [])
        server.answers_soon()


def test_hosts_of_this_machine_are_answered_with_a_port_and_in_any_case(server):
    for host in ("localhost:80", "LOCALHOST", "127.0.0.1", "[::1]:8000"):
        reply = exchange(
            server, f"GET /health HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
        )
        assert statuses(reply) == [200], host


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", "application/json", "*/*"])
@pytest.mark.parametrize("text", ["query=ASK%20%7B%7D", "update=DROP%20ALL"])
def test_what_a_form_of_another_page_can_send_is_no_question(server, kind, text):
    reply = server.ask("/sparql", "POST", text.encode(), content_type=kind)
    assert reply.status == 415
    assert server.ask("/sparql", "POST", text.encode(), content_type=kind, origin="null").status == 403


PATHS = ["/", "/sparql", "/sparql?query=ASK%7B%7D", "/sparql-ui", "/graph-store?default", "/id/netflix", "/search?q=netflix",
         "/words.json", "/vocab.json", "/static/kg.css", "/health", "/metrics", "/nowhere"]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_head_is_get_without_a_body_and_ranges_are_not_cut(server, path):
    head, whole = server.ask(path, "HEAD", timeout=60), server.ask(path, timeout=60)
    assert (head.status, head.body) == (whole.status, b"")
    assert head.headers["content-type"] == whole.headers["content-type"]
    part = server.ask(path, timeout=60, range="bytes=0-3")
    assert part.status == whole.status
    if path not in ("/metrics", "/sparql"):
        assert part.body == whole.body


# ---- Names that lead elsewhere


@pytest.mark.parametrize(
    "path",
    ["/id/%2e%2e/%2e%2e/etc/passwd", "/id/..%2f..%2fetc%2fpasswd", "/id/%00", "/id/netflix%00", "/id/%0d%0aX-Evil:%201", "/id/",
     "/static/%2e%2e/app.py", "/static/....//app.py", "/static/kg.css%00.js", "/static/", "/static//etc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
     "/id/%F0%9F%98%80", "/id/%ff%fe", "/id/" + "a" * 20_000, "/id/http://evil.example/", "/id/%3Cscript%3E"],
)  # fmt: skip
def test_no_name_leads_out(server, path):
    reply = server.ask(path)
    assert reply.status in (400, 404, 414)
    assert "x-evil" not in reply.headers
    assert b"root:" not in reply.body
    assert b"import" not in reply.body
    server.answers_soon()


@pytest.mark.parametrize(
    "words",
    ["\x00", "a\x00b", '"' * 501, "(" * 500, "a* " * 200, "NEAR(a b, 9999999999)", "text: a", "-a", "a OR", "{a b}: c", "^a", "é" * 500,
     "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "' UNION SELECT 1 --", "*", '"*"*'],
)  # fmt: skip
def test_no_words_break_the_search(server, words):
    reply = server.ask("/search?q=" + quote(words), accept="application/json")
    assert reply.status == 200
    assert isinstance(json.loads(reply.body), list)
    server.answers_soon()


# ---- Queries that hide

HIDDEN = [
    "SELECT * { SERVICE#comment\n<http://127.0.0.1:9/>{?s ?p ?o} }",
    "SELECT * { #\rSERVICE <http://127.0.0.1:9/> {?s ?p ?o} }",
    "SELECT * { ?s ?p '''#''' . SERVICE <http://127.0.0.1:9/> {?s ?p ?o} }",
    "SELECT * { ?s ?p \"\\\"\" . SERVICE <http://127.0.0.1:9/> {?s ?p ?o} # \"\n }",
    "SELECT * { \\u0053\\u0045\\u0052\\u0056\\u0049\\u0043\\u0045 <http://127.0.0.1:9/> {?s ?p ?o} }",
    "SELECT * { \\U00000053ERVICE <http://127.0.0.1:9/> {?s ?p ?o} }",
    "SELECT * { { SELECT * { OPTIONAL { SERVICE SILENT <http://127.0.0.1:9/> {?s ?p ?o} } } } }",
    "SELECT * { FILTER EXISTS { SERVICE <http://127.0.0.1:9/> {?s ?p ?o} } }",
    "SELECT * { ?s ?p ?o MINUS { SERVICE <http://127.0.0.1:9/> {?s ?p ?o} } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { SERVICE ?g {?s ?p ?o} } }",
    "DESCRIBE ?s WHERE { SERVICE <http://127.0.0.1:9/> {?s ?p ?o} }",
    "ASK { VALUES ?e { <http://127.0.0.1:9/> } SERVICE ?e {} }",
    "SELECT * FROM\n#x\n<file:///etc/passwd> {?s ?p ?o}",
    "BASE <file:///etc/> SELECT * FROM <passwd> {?s ?p ?o}",
    "PREFIX f: <file:///etc/> SELECT * FROM NAMED f:passwd { GRAPH ?g {?s ?p ?o} }",
    "SELECT * FR\\u004FM <file:///etc/passwd> {?s ?p ?o}",
    "\ufeffSELECT * { SERVICE <http://127.0.0.1:9/> {?s ?p ?o} }",
    "LOAD <http://127.0.0.1:9/>", "#\nLOAD SILENT <file:///etc/passwd>", "L\\u004FAD <http://127.0.0.1:9/>",
]  # fmt: skip


@pytest.mark.parametrize("query", HIDDEN)
def test_no_query_hides_what_it_reaches_for(server, query):
    reply = server.query(query)
    assert reply.status in (400, 403)
    assert b"root:" not in reply.body
    server.answers_soon()


# ---- Queries that swell

NESTED = 90
SWELLING = {
    "optionals in optionals": "SELECT * { ?s ?p ?o " + "OPTIONAL { ?o ?p ?s " * NESTED + "}" * NESTED + " }",
    "unions in unions": "SELECT * { " + "{ ?s ?p 1 } UNION { " * NESTED + "?s ?p 2" + "}" * NESTED + " }",
    "minus in minus": "SELECT * { ?s ?p ?o " + "MINUS { ?s ?p ?o " * NESTED + "}" * NESTED + " }",
    "exists in exists": "SELECT * { ?s ?p ?o " + "FILTER EXISTS { ?s ?p ?o " * NESTED + "}" * NESTED + " }",
    "selects in selects": "SELECT * { " + "{ SELECT * { ?s ?p ?o " * 45 + "} }" * 45 + " }",
    "paths in paths": "SELECT * { ?s " + "(" * NESTED + "!<a:b>" + "*/!<a:c>)" * NESTED + " ?o }",
    "alternatives of alternatives": "SELECT (COUNT(*) AS ?n) { ?s (" + "|".join(["(<a:b>|!<a:c>)*"] * 60) + ")+ ?o }",
    "a long list": "SELECT * { ?s ?p ?o FILTER(?o IN (" + ",".join(str(each % 10) for each in range(900)) + ")) }",
    "a longer list": "SELECT * { ?s ?p ?o FILTER(?o IN (" + ",".join(["1"] * 30_000) + ")) }",
    "many values": "SELECT * { VALUES ?x { " + "1 " * 30_000 + "} }",
    "values times values": "SELECT * { "
    + " ".join(f"VALUES ?x{each} {{ {'1 ' * 5000} }}" for each in range(6)) + " }",
    "joined texts": "SELECT (GROUP_CONCAT(?t; separator='" + "x" * 40_000 + "') AS ?x) { ?s ?p ?t . ?a ?b ?c . ?d ?e ?f }",
    "joined texts again": "SELECT (STRLEN(GROUP_CONCAT(?y)) AS ?n) { { SELECT (GROUP_CONCAT(CONCAT(?t, ?t, ?t, ?t)) AS ?y)"
    " { ?s ?p ?t . ?a ?b ?c } GROUP BY ?s } ?d ?e ?f . ?g ?h ?i }",
    "many repeats": "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '(.{0,500}x){0,500}')) }",
    "a repeat of repeats": "SELECT * { FILTER(REGEX('a', 'a{1000}{1000}{1000}')) }",
    "a long expression": "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '" + "(a|b|c)*" * 2000 + "')) }",
    "replaced": "SELECT (REPLACE(?x, '', ?x) AS ?y) { BIND('" + "a" * 30_000 + "' AS ?x) }",
    "hashed": "SELECT (SHA512(CONCAT(" + ",".join(["?t"] * 200) + ")) AS ?x) { ?s ?p ?t . ?a ?b ?c . ?d ?e ?f }",
    "ordered": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY " + "DESC(?a) " * 300,
    "grouped": "SELECT ?a (COUNT(DISTINCT *) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY ?a ?c ?d",
    "distinct": "SELECT DISTINCT ?a ?c ?d ?f ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "an offset": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } OFFSET 9000000000000000000",
    "constructed": "CONSTRUCT { " + " ".join(f"?a <a:{n}> ?c ." for n in range(300)) + " } WHERE { ?a ?b ?c . ?d ?e ?f }",
    "described": "DESCRIBE * { ?a ?b ?c . ?d ?e ?f }",
    "times of days": "SELECT (NOW() - xsd:dateTime('-999999999999-01-01T00:00:00Z') AS ?x) { }",
    "large numbers": "SELECT (" + "9" * 50_000 + " * " + "9" * 10_000 + " AS ?x) { }",
    "a zero": "SELECT ('a\\u0000b' AS ?x) { }",
    "a half character": "SELECT ('\\uD800' AS ?x) { }",
    "a label of a blank node": "SELECT * { _:" + "a" * 60_000 + " ?p ?o }",
}  # fmt: skip


@pytest.mark.parametrize("name", SWELLING)
def test_no_query_swells_beyond_its_bounds(hasty, name):
    reply = hasty.query(SWELLING[name], accept="application/sparql-results+json, text/turtle")
    assert reply.status in (200, 400, 413, 500, 504), reply.text[:200]
    assert len(reply.body) < 1 << 26
    hasty.answers_soon()
