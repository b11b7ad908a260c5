"""What `kg serve` costs: time added by HTTP to the same answer in process, 50 clients for a minute, 1,000 slow clients.

    python tests/benchmarks/bench_serve.py [--articles 400] [--seconds 60] [--graph DIR] [--json FILE]

Everything runs on this machine, over loopback, and stops by itself. Figures are medians of paired runs.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

REPOSITORY = Path(__file__).parents[2]
sys.path.insert(0, str(REPOSITORY))

from kg.graph.door import Door  # noqa: E402
from kg.graph.graph import Graph  # noqa: E402
from kg.model import Attribution, Document, Entity, Evidence, Node, Reading, Span, Statement  # noqa: E402

JSON = "application/sparql-results+json"
LEAST, MOST, ENOUGH_MS = 5, 25, 1500.0
CLIENTS, SLOW = 50, 1000
VERBS = ("recruits", "acquires", "sues", "leads", "criticizes", "funds")
QUERIES = {
    "lookup": "SELECT ?p ?o { id:actor-3 ?p ?o }",
    "by label": "SELECT ?s { ?s rdfs:label 'Acteur 7' }",
    "star": "SELECT ?t ?o ?w { ?t rdf:subject id:actor-1 ; rdf:object ?o ; kg:wording ?w OPTIONAL { ?t kg:attributedTo ?a } }",
    "events with quote": "SELECT ?t ?q { ?t rdf:subject id:actor-2 ; prov:wasDerivedFrom ?s . ?s nif:anchorOf ?q }",
    "claims": "SELECT ?t ?o { ?t kg:attributedTo id:actor-1 ; rdf:object ?o }",
    "path": "SELECT DISTINCT ?b { id:actor-1 (kg:funds|kg:leads)/kg:recruits ?b }",
    "aggregate": "SELECT ?p (COUNT(*) AS ?n) { ?t a kg:Statement ; rdf:predicate ?p } GROUP BY ?p ORDER BY DESC(?n)",
    "optional": "SELECT ?t ?a { ?t rdf:subject id:actor-4 OPTIONAL { ?t kg:attributedTo ?a } }",
    "contains": "SELECT ?s ?q { ?s nif:anchorOf ?q FILTER(CONTAINS(?q, 'Acteur 11 ')) } LIMIT 50",
    "regex": "SELECT (COUNT(*) AS ?n) { ?s nif:anchorOf ?q FILTER(REGEX(?q, 'Acteur 1[0-9] ')) }",
    "order": "SELECT ?t ?l { ?t rdf:predicate kg:sues ; rdfs:label ?l } ORDER BY ?l LIMIT 20",
    "construct": "CONSTRUCT { ?t ?p ?o } WHERE { ?t rdf:subject id:actor-2 ; ?p ?o }",
    "ask": "ASK { id:actor-1 kg:recruits ?x }",
    "co-occurrence": "SELECT ?b (COUNT(*) AS ?n) { ?t rdf:subject id:actor-15 ; rdf:object ?c . ?u rdf:subject ?c ; rdf:object ?b }"
    " GROUP BY ?b ORDER BY DESC(?n) ?b LIMIT 20",
    "contradiction": "SELECT ?t ?u { ?t rdf:subject id:actor-25 ; rdf:object ?o ; kg:polarity kg:Affirmed ."
    " ?u rdf:subject id:actor-25 ; rdf:object ?o ; kg:polarity kg:Negated } LIMIT 50",
}


def article(number: int, chance: random.Random) -> Reading:
    """An article of about 500 triples; the same for the same seed."""
    sentences, statements, entities = [], [], {}
    text = ""
    for _ in range(16):
        subject, other = (min(int(20 * chance.random() * chance.paretovariate(1.0)), 4000) for _ in range(2))
        verb = chance.choice(VERBS)
        quote = f"Acteur {subject} {verb} Acteur {other} en 20{chance.randrange(10, 25)}."
        start = len(text)
        text += quote + " "
        sentences.append(Span(start, start + len(quote)))
        nodes = [
            Node(f"actor-{name}", f"Acteur {name}", "Organization", f"Acteur {name}")
            for name in (subject, other)
        ]
        entities |= {node.id: Entity(node.id, node.label, "Organization", (), True) for node in nodes}
        claimed = (Attribution(nodes[1], "affirmer"),) if chance.random() < 0.3 else ()
        polarity = "negated" if chance.random() < 0.1 else "affirmed"
        evidence = (Evidence(f"{number}.txt", start, start + len(quote), quote),)
        statements.append(
            Statement(
                nodes[0], verb, verb, verb, nodes[1], (), claimed, polarity, evidence=evidence, rule="bench"
            )
        )
    unique = {statement.id: statement for statement in statements}
    document = Document(f"{number}.txt", text)
    return Reading(document, tuple(sentences), tuple(entities.values()), (), tuple(unique.values()))


def made(folder: Path, articles: int) -> None:
    """A graph folder of so many articles."""
    chance = random.Random(7)
    with Graph.create(folder) as graph:
        for number in range(articles):
            graph.add(article(number, chance))
        graph.commit()


class Server:
    """A server in a process of its own."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "kg", "serve", "-g", str(folder), "--port", "0"]
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", env=environment)
        assert self.process.stderr is not None
        line = self.process.stderr.readline()
        self.port = int(line.rstrip().rstrip("/").rsplit(":", 1)[1])
        threading.Thread(target=self.process.stderr.read, daemon=True).start()
        for _ in range(200):
            try:
                if ask(self.connect(), "ASK {}")[0] == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise SystemExit("the server did not start")

    def connect(self, timeout: float = 30) -> http.client.HTTPConnection:
        """A connection that is kept."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def memory(self) -> float:
        """MiB that the server and its workers hold."""
        return sum(resident(pid) for pid in [self.process.pid, *children(self.process.pid)])

    def stop(self) -> None:
        """Ends it."""
        self.process.terminate()
        self.process.wait(10)


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()] if path.exists() else []


def resident(pid: int) -> float:
    """MiB of memory that a process holds."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def ask(connection: http.client.HTTPConnection, query: str) -> tuple[int, bytes]:
    """Status and body of a query."""
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": f"{JSON}, application/n-triples",
    }
    connection.request("POST", "/sparql", urlencode({"query": query}), headers)
    response = connection.getresponse()
    return response.status, response.read()


def added(server: Server, folder: Path) -> dict[str, dict[str, float]]:
    """For each query: milliseconds of the same answer made in this process, over HTTP, and between them."""
    door, table = Door(folder), {}
    for name, query in QUERIES.items():
        media = "application/n-triples" if query.startswith("CONSTRUCT") else JSON
        here = partial(door.answer, query, media)
        table[name] = paired(here, partial(ask, server.connect(), query))
    return table


def paired(raw: Callable[[], object], over: Callable[[], tuple[int, bytes]]) -> dict[str, float]:
    """Both calls in turn: the median of each, the median between them, and between the best of each."""
    status, body = over()
    assert status == 200, body
    repeats = max(LEAST, min(MOST, round(ENOUGH_MS / timed(raw))))
    pairs = [(timed(raw), timed(over)) for _ in range(repeats)]
    engine, served = zip(*pairs, strict=True)
    return {
        "engine_ms": statistics.median(engine),
        "http_ms": statistics.median(served),
        "added_ms": statistics.median(two - one for one, two in pairs),
        "best_added_ms": min(served) - min(engine),
    }


def timed(call: Callable[[], object]) -> float:
    """Milliseconds of a call."""
    started = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - started)


def load(server: Server, seconds: float) -> dict[str, object]:
    """50 clients ask mixed queries: how long it took, what was refused, what memory did."""
    times: list[float] = []
    statuses: dict[int, int] = {}
    lock, end = threading.Lock(), time.monotonic() + seconds

    def client(number: int) -> None:
        chance, connection = random.Random(number), server.connect()
        while time.monotonic() < end:
            query = QUERIES[chance.choice(sorted(QUERIES))]
            started = time.perf_counter()
            status, _ = ask(connection, query)
            with lock:
                statuses[status] = statuses.get(status, 0) + 1
                if status == 200:
                    times.append(1000 * (time.perf_counter() - started))
            if status == 503:
                time.sleep(0.1 + chance.random() / 10)
        connection.close()

    before = server.memory()
    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    time.sleep(seconds / 2)
    middle = server.memory()
    for thread in threads:
        thread.join()
    times.sort()
    return {
        "statuses": statuses,
        "per_second": len(times) / seconds,
        "p50_ms": times[len(times) // 2],
        "p95_ms": times[int(len(times) * 0.95)],
        "memory_mib": [round(value) for value in (before, middle, server.memory())],
    }


def slow(server: Server) -> dict[str, float]:
    """1,000 clients that send a byte now and then: how long another waits meanwhile."""
    held = []
    before = server.memory()
    for number in range(SLOW):
        connection = socket.create_connection(("127.0.0.1", server.port), timeout=30)
        connection.sendall(
            b"GET /sparql?query=" if number % 2 else b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Le"
        )
        held.append(connection)
    connection = server.connect()
    times = sorted(timed(lambda: ask(connection, "ASK {}")) for _ in range(100))
    during = server.memory()
    closed = time.perf_counter()
    for waiting in held:
        waiting.settimeout(30)
        try:
            while waiting.recv(4096):
                pass
        except ConnectionError:
            pass
        waiting.close()
    return {
        "p50_ms": times[50],
        "p95_ms": times[95],
        "all_closed_after_s": time.perf_counter() - closed,
        "memory_added_mib": during - before,
    }


def main() -> None:
    """Runs it all and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--graph", type=Path)
    parser.add_argument("--json", type=Path)
    told = parser.parse_args()
    work = Path(tempfile.mkdtemp())
    folder = told.graph or work / "graph"
    if not told.graph:
        made(folder, told.articles)
    server = Server(folder)
    try:
        with Graph.open(folder) as graph:
            figures = {"quads": len(graph)}
        figures |= {"added": added(server, folder), "load": load(server, told.seconds), "slow": slow(server)}
    finally:
        server.stop()
        shutil.rmtree(work)
    print(
        f"{figures['quads']:,} quads\n{'query':20}{'engine ms':>12}{'HTTP ms':>12}{'added ms':>12}{'of the best':>12}"
    )
    for name, row in figures["added"].items():
        print(f"{name:20}" + "".join(f"{value:12.2f}" for value in row.values()))
    print(f"load: {figures['load']}\nslow: {figures['slow']}")
    if told.json:
        told.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
