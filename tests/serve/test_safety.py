"""Every attack of the design, against a running server on loopback: it refuses or ends it, and goes on answering."""

from __future__ import annotations

import http.client
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager, suppress
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from kg.graph.graph import Graph
from kg.serve import Settings, front
from kg.serve.metrics import Metrics

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
UPDATE = {"content_type": "application/sparql-update"}
ADD = b"INSERT DATA { GRAPH <http://example.org/g> { <http://example.org/s> <http://example.org/p> 1 } }"
ADDED = "ASK { GRAPH <http://example.org/g> { <http://example.org/s> <http://example.org/p> 1 } }"


@contextmanager
def trap():
    """A port where nobody should call; gives its number and who called."""
    calls: list[str] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        listening.settimeout(0.3)

        def listen() -> None:
            try:
                connection, caller = listening.accept()
            except OSError:
                return
            calls.append(str(caller))
            connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield listening.getsockname()[1], calls
        thread.join()


# ---- Reaching out


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
        "SELECT * {{ BIND(<http://127.0.0.1:{port}/> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
        "SELECT * {{ BIND(<http://127.0.0.1:{port}/> AS ?x) FILTER(1<2||?o<?p)SERVICE?x#>\n{{ ?a ?b ?c }} }}",
        "SELECT * FROM <http://127.0.0.1:{port}/> {{ ?s ?p ?o }}",
        "SELECT * FROM NAMED <file:///etc/passwd> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    ],
)
def test_no_query_makes_the_server_call_anybody(server, query):
    with trap() as (port, calls):
        reply = server.query(query.format(port=port))
        assert reply.status == 403
    assert not calls
    assert "root:" not in reply.text


@pytest.mark.parametrize("field", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("graph", ["http://127.0.0.1:{port}/", "file:///etc/passwd"])
def test_no_dataset_is_fetched(server, field, graph):
    with trap() as (port, calls):
        assert server.get("SELECT * { ?s ?p ?o }", **{field: graph.format(port=port)}).status == 403
    assert not calls


def test_a_worker_cannot_open_a_socket_even_when_asked_past_the_guard():
    code = (
        "import socket, sys; from kg.serve.sandbox import confine; confine(1 << 31)\n"
        "try: socket.create_connection(('127.0.0.1', 9), 1)\n"
        "except PermissionError: print('closed')\n"
        "except OSError as error: print(error)"
    )
    if not sys.platform.startswith("linux"):
        pytest.skip("the kernel of this system has no seccomp")
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout.strip() == "closed"


def test_json_ld_from_anybody_is_read_nowhere(server):
    body = b'{"@context": "http://127.0.0.1:1/context.jsonld", "@id": "a:b"}'
    for path in ("/sparql", "/graph-store?default"):
        assert server.ask(path, "POST", body, content_type="application/ld+json").status in (405, 415)


# ---- Who may ask


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost@evil.example", ""]
)
def test_a_foreign_host_is_refused(server, host):
    reply = server.raw(
        f"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
    )
    assert re.match(rb"HTTP/1.1 (400|421) ", reply)
    assert b"boolean" not in reply


def test_a_request_with_two_hosts_or_none_is_refused(server):
    for hosts in (b"Host: localhost\r\nHost: evil.example\r\n", b""):
        reply = server.raw(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n" + hosts + b"Connection: close\r\n\r\n")
        assert re.match(rb"HTTP/1.1 4\d\d ", reply)
        assert b"boolean" not in reply


def test_a_name_that_was_allowed_is_answered(start):
    named = start(hosts=["graph.example.org"], limits={"workers": 1})
    assert named.ask("/health", Host="graph.example.org:80").status == 200
    assert named.ask("/health", Host="evil.example").status == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:1"])
def test_a_cross_origin_post_is_refused(server, origin):
    form = urlencode({"query": "ASK {}"}).encode()
    reply = server.ask(
        "/sparql", "POST", form, content_type="application/x-www-form-urlencoded", origin=origin
    )
    assert reply.status == 403


def test_an_image_of_another_site_cannot_ask(server):
    reply = server.ask("/sparql?query=ASK%7B%7D", sec_fetch_site="cross-site", sec_fetch_mode="no-cors")
    assert reply.status == 403


def test_there_is_no_cors(server):
    assert not [name for name in server.query("ASK {}").headers if name.startswith("access-control")]
    assert server.ask("/sparql", "OPTIONS", origin="http://evil.example").status == 403
    assert server.ask("/sparql", "OPTIONS").status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/sparql-ui",
        "/sparql?query=ASK%7B%7D",
        "/id/netflix",
        "/nowhere",
        "/search?q=a",
        "/static/kg.css",
        "/metrics",
    ],
)
def test_every_answer_tells_the_browser_to_be_strict(server, path):
    headers = server.ask(path, accept=BROWSER, timeout=60).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "'unsafe-eval'" not in policy
    scripts = [rule for rule in policy.split(";") if rule.strip().startswith("script-src")]
    assert not any("'unsafe-inline'" in rule for rule in scripts)
    assert "server" not in headers


def test_it_listens_on_loopback_unless_told_otherwise():
    assert Settings(Path("graph")).host == "127.0.0.1"


# ---- Updates


def test_updates_are_refused_without_a_token_to_give(server):
    for headers in ({}, {"authorization": "Bearer "}, {"authorization": "Bearer anything"}):
        assert server.ask("/sparql", "POST", ADD, **UPDATE, **headers).status == 403
    assert (
        server.ask(
            "/sparql",
            "POST",
            b"update=" + quote(ADD).encode(),
            content_type="application/x-www-form-urlencoded",
        ).status
        == 403
    )
    assert '"boolean":false' in server.query(ADDED).text


def test_an_update_cannot_pass_as_a_query(server):
    assert server.query(ADD.decode()).status == 400
    assert server.query("SELECT * {} ; DROP ALL").status == 400


def test_with_the_token_updates_are_written_and_kept(start, tmp_path, graph_folder):
    folder = tmp_path / "graph"
    shutil.copytree(graph_folder, folder)
    writable = start(folder, token="secret", limits={"workers": 2})
    assert "SPARQL11Update" in writable.ask("/sparql").text
    assert writable.ask("/sparql", "POST", ADD, **UPDATE).status == 401
    assert writable.ask("/sparql", "POST", ADD, **UPDATE, authorization="Bearer wrong").status == 401
    key = {"authorization": "Bearer secret"}
    assert writable.ask("/sparql", "POST", ADD, **UPDATE, **key, origin="http://evil.example").status == 403
    assert writable.ask("/sparql", "POST", b"LOAD <http://127.0.0.1:1/>", **UPDATE, **key).status == 403
    assert writable.ask("/sparql", "POST", b"INSERT DATA {", **UPDATE, **key).status == 400
    assert '"boolean":false' in writable.query(ADDED).text
    assert writable.ask("/sparql", "POST", ADD, **UPDATE, **key).status == 204
    for _ in range(6):  # whichever process is asked
        assert '"boolean":true' in writable.query(ADDED).text
    move = b"INSERT { GRAPH <http://example.org/h> { ?s ?p 2 } } WHERE { ?s ?p 1 }"
    path = "/sparql?using-graph-uri=http://example.org/g"
    assert (
        writable.ask(
            path,
            "POST",
            b"INSERT { ?s ?p 2 } USING <http://example.org/g> WHERE { ?s ?p 1 }",
            **UPDATE,
            **key,
        ).status
        == 400
    )
    assert writable.ask(path, "POST", move, **UPDATE, **key).status == 204
    assert '"boolean":true' in writable.query("ASK { GRAPH <http://example.org/h> { ?s ?p 2 } }").text
    with Graph.open(folder) as graph:
        assert graph.query(ADDED) is True


# ---- Bombs: each is refused or ended, and the next query is answered at once

TRIPLES = " ".join(f"?s{number} ?p{number} ?o{number} ." for number in range(9))
BOMBS = {
    "braces": "SELECT * " + "{" * 2000 + "}" * 2000,
    "parentheses": "SELECT * { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }",
    "lists": "SELECT * { ?s ?p " + "( " * 99 + ") " * 99 + "}",
    "minus": "SELECT * { ?s ?p ?o " + "MINUS{?s ?p 2}" * 4000 + "}",
    "binds": "SELECT * { ?s ?p ?o " + " ".join(f"BIND(1 AS ?x{n})" for n in range(3000)) + "}",
    "optionals": "SELECT * { ?s ?p ?o " + "OPTIONAL{?s ?p 2}" * 3000 + "}",
    "long path": "SELECT * { ?s <a:b>" + "/<a:b>" * 8000 + " ?o }",
    "many patterns": "SELECT * { " + "?s ?p ?o." * 6000 + "}",
    "dotted word": "SELECT * { " + "a." * 30000 + " }",
    "cross product": f"SELECT (COUNT(*) AS ?n) {{ {TRIPLES} }}",
    "ordered cross product": f"SELECT * {{ {TRIPLES} }} ORDER BY ?o0",
    "concat": "SELECT (STRLEN(?x40) AS ?n) { BIND('aaaaaaaaaaaaaaaa' AS ?x0) "
    + " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
    + " }",
    "replace": "SELECT (REPLACE(REPLACE(REPLACE(REPLACE('aaaaaaaaaa', 'a', '$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0'),"
    " 'a', '$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0'), 'a', '$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0'),"
    " 'a', '$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0') AS ?x) {}",
    "regex": "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '(a+)+$')) FILTER(REGEX('"
    + "a" * 4000
    + "!', '^(a|a)*(a+)+$')) }",
    "regex size": "SELECT * { FILTER(REGEX('a', '((((a{1,100}){1,100}){1,100}){1,100})')) }",
    "paths": "SELECT (COUNT(*) AS ?n) { ?a (!<a:b>|^!<a:b>)* ?b . ?b (!<a:b>|^!<a:b>)* ?c . ?c (!<a:b>|^!<a:b>)* ?d }",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_harms_nobody_else(hasty, name):
    reply = hasty.query(BOMBS[name])
    assert reply.status in (200, 400, 403, 413, 500, 504), name
    assert len(reply.body) < 1 << 24
    hasty.answers_soon()


def test_a_query_is_ended_at_its_time_limit(tight):
    started = time.perf_counter()
    reply = tight.query(BOMBS["cross product"])
    assert reply.status == 504
    assert "limit of 1.2 s" in reply.text
    assert time.perf_counter() - started < 10
    wait_until_free(tight)
    assert 'outcome="timeout"' in tight.ask("/metrics").text


def test_memory_is_bounded(server):
    reply = server.query(BOMBS["concat"])
    assert reply.status in (500, 504)
    server.answers_soon()


def test_when_all_are_at_work_one_is_told_to_come_back(tight):
    wait_until_free(tight)
    thread = threading.Thread(target=tight.query, args=(BOMBS["cross product"],))
    thread.start()
    time.sleep(0.4)
    reply = tight.query("ASK {}")
    assert reply.status == 503
    assert reply.headers["retry-after"] == "1"
    thread.join()
    wait_until_free(tight)


def test_a_client_that_leaves_takes_its_query_along(tight):
    wait_until_free(tight)
    with socket.create_connection(("127.0.0.1", tight.port)) as connection:
        path = "/sparql?" + urlencode({"query": BOMBS["cross product"]})
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        time.sleep(0.3)
    wait_until_free(tight)
    assert 'outcome="cancelled"' in tight.ask("/metrics").text


def wait_until_free(server, seconds: float = 15) -> None:
    limit = time.monotonic() + seconds
    while server.query("ASK {}").status != 200:
        assert time.monotonic() < limit, "no worker came back"
        time.sleep(0.1)


# ---- Sizes and slowness


def test_a_long_query_and_a_large_body_are_refused(server, tight):
    assert server.query("ASK {} #" + "x" * 70_000).status == 413
    assert tight.query("ASK {} #" + "x" * 5000).status == 413
    reply = server.raw(b"GET /" + b"a" * 600_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert reply[:10] in (b"HTTP/1.1 4", b"")  # refused, or its connection ended
    server.answers_soon()


# As many as the attack has; fewer where the system does not let one process have so many connections.
SLOW_CLIENTS = min(1000, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 100)


def test_slow_clients_are_closed_and_keep_nobody_waiting(tight):
    openings = (
        b"",
        b"GET /health HTTP/1.1\r\nHost: localhost\r\nX: ",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n",
    )
    slow = [socket.create_connection(("127.0.0.1", tight.port), timeout=10) for _ in range(SLOW_CLIENTS)]
    try:
        for number, connection in enumerate(slow):
            connection.sendall(openings[number % 3])
        wait_until_free(tight)
        for connection in slow:  # each is ended by the server, with 408 or without a word
            while connection.recv(4096):
                pass
    except ConnectionResetError:
        pass
    finally:
        for connection in slow:
            connection.close()
    wait_until_free(tight)


# ---- Hostile text in every page


@pytest.mark.parametrize(
    "path",
    [
        "/sparql?query={query}",
        "/search?q=pwn",
        "/search?q={attack}",
        "/id/{attack}",
        "/sparql?query={attack}",
        "/sparql-ui?query={attack}",
        "/sparql?query=ASK%7B%7D&format={attack}",
        "/id/netflix-pwn-{number}.txt",
    ],
)
def test_hostile_text_stays_text_in_every_page(server, path):
    attack = "</textarea></title><script>window.__pwn=1</script><img src=x onerror=alert(1)>"
    query = "SELECT ?l ?c { ?s rdfs:label ?l BIND('" + attack + "' AS ?c) FILTER(CONTAINS(?l, 'pwn')) }"
    for number in range(5):
        address = path.format(query=quote(query), attack=quote(attack, safe=""), number=number)
        page = server.ask(address, accept=BROWSER).text
        elements = Elements()
        elements.feed(page)
        assert not {"img", "svg"} & {name for name, _ in elements.found}
        for name, attributes in elements.found:
            assert not [key for key in attributes if key.startswith("on")], name
            assert name != "script" or attributes["src"].startswith("/static/")
            assert attributes.get("href", "/").startswith(("/", "http://", "https://", "#"))


class Elements(HTMLParser):
    """The elements of a page with their attributes, as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def test_the_log_has_no_query_and_no_line_of_an_attacker(caplog):
    shown = front.Front(lambda *_: None, Settings(Path("graph")), Metrics())  # type: ignore[arg-type,return-value]
    scope = {
        "raw_path": b"/a%0Ab",
        "query_string": b"query=SECRET",
        "client": ("127.0.0.1", 1),
        "method": "GET",
    }
    with caplog.at_level("INFO", logger="kg.serve.access"):
        shown.line(scope, 200, 1, 0.1)
    [record] = caplog.records
    assert record.getMessage() == "127.0.0.1 GET /a%0Ab 200 1 B 100.0 ms"
    assert front.route("/" + "x" * 50) == "other"
    asked = front.Front(lambda *_: None, Settings(Path("graph"), log_queries=True), Metrics())  # type: ignore[arg-type,return-value]
    with caplog.at_level("INFO", logger="kg.serve.access"):
        asked.line(scope, 200, 1, 0.1)
    assert caplog.records[-1].getMessage() == "127.0.0.1 GET /a%0Ab?query=SECRET 200 1 B 100.0 ms"


def test_a_query_in_flight_does_not_keep_the_server_from_ending(start):
    mine = start(limits={"workers": 1, "seconds": 60})
    asking = threading.Thread(target=swallowed, args=(mine.query, BOMBS["cross product"]))
    asking.start()
    time.sleep(0.5)
    [worker] = children(mine.process.pid)
    mine.process.send_signal(signal.SIGTERM)
    assert mine.process.wait(15) in (0, -signal.SIGTERM)
    asking.join(15)
    assert not asking.is_alive()
    limit = time.monotonic() + 5
    while Path(f"/proc/{worker}").exists() and time.monotonic() < limit:
        time.sleep(0.05)
    assert not Path(f"/proc/{worker}").exists()


def swallowed(ask, *arguments: object) -> None:
    """A request whose connection may be closed under it."""
    with suppress(OSError, http.client.HTTPException):
        ask(*arguments)


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    if not listed.exists():
        pytest.skip("this system does not tell the children of a process")
    return [int(child) for child in listed.read_text().split()]


def test_shutdown_is_clean(start):
    mine = start(limits={"workers": 1})
    mine.process.send_signal(signal.SIGTERM)
    assert mine.process.wait(10) in (0, -signal.SIGTERM)
    with pytest.raises(OSError, match=r"refused|reset"):
        mine.ask("/health")
