"""A small graph with a hostile article in it, and servers of it in processes of their own, on loopback."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kg.graph.graph import Graph
from kg.model import (
    Amount,
    Attribution,
    Document,
    Entity,
    Evidence,
    Mention,
    Node,
    Qualifier,
    Reading,
    Span,
    Statement,
)

REPOSITORY = Path(__file__).parents[2]

TEXT = "Netflix recrute un directeur technique, selon The Intercept. La SAG-AFTRA affirme que Netflix posséderait ce scan."
PAYLOADS = (
    "<img src=x onerror=\"window.__pwn='img'\">",
    "</script><script>window.__pwn='script'</script>",
    "<svg onload=\"window.__pwn='svg'\">",
    '" onmouseover="window.__pwn=1" x="',
    "{{7*7}} --> \u202egnp.exe",
)
LAUNCH = """
import json, sys
from pathlib import Path
from kg.serve import Limits, Settings, run
told = json.loads(sys.argv[1])
told["folder"], told["limits"] = Path(told["folder"]), Limits(**told.get("limits", {}))
told["hosts"], told["questions"] = tuple(told.get("hosts", ())), Path(told["questions"])
run(Settings(port=0, **told), lambda address: print(address, flush=True))
"""
START_SECONDS = 30


@dataclass(frozen=True)
class Reply:
    """An answer: status, headers by lower-case name, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def rows(self) -> list[dict[str, dict[str, str]]]:
        return json.loads(self.body)["results"]["bindings"]


class Server:
    """A running server and ways to speak to it, polite and other."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process = process
        self.url = address.rstrip("/")
        self.port = int(self.url.rsplit(":", 1)[1])

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, timeout: float = 20, **headers: str
    ) -> Reply:
        """One request; `content_type` is sent as Content-Type."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            got = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, got, response.read())
        finally:
            connection.close()

    def query(self, text: str, accept: str = "application/sparql-results+json", **headers: str) -> Reply:
        """A query by POST."""
        return self.ask(
            "/sparql",
            "POST",
            text.encode(),
            accept=accept,
            content_type="application/sparql-query",
            **headers,
        )

    def get(self, text: str, **fields: str) -> Reply:
        """A query by GET."""
        return self.ask("/sparql?" + urlencode({"query": text, **fields}))

    def raw(self, data: bytes, timeout: float = 5) -> bytes:
        """What comes back for bytes that need not be HTTP."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as connection:
            try:
                connection.sendall(data)
                connection.shutdown(socket.SHUT_WR)
                return b"".join(iter(lambda: connection.recv(65536), b""))
            except OSError:  # reset, silent, or ended before all was sent
                return b""

    def answers_soon(self) -> None:
        """The next query is answered within a second (a busy test machine is given five)."""
        started = time.perf_counter()
        assert self.query("ASK {}").body.endswith(b'"boolean":true}')
        assert time.perf_counter() - started < 5


def reading(name: str, text: str, label: str, url: str | None = None) -> Reading:
    """An article that says one thing as a fact and one as a claim."""
    document = Document(name, text, title=label, url=url)

    def seen(quote: str) -> tuple[Evidence, ...]:
        start = text.index(quote)
        return (Evidence(name, start, start + len(quote), quote),)

    netflix = Entity(
        f"netflix-{name}" if "pwn" in label else "netflix", label, "Organization", (label, "N"), True
    )
    post = Node(
        f"directeur-{document.id[-4:]}", "directeur technique", "Occupation", "un directeur technique"
    )
    scan, union = (
        Node("scan", "scan", "Work", "ce scan"),
        Node("sag-aftra", "SAG-AFTRA", "Organization", "SAG-AFTRA"),
    )
    subject = Node(netflix.id, label, "Organization", "Netflix")
    salary = Node("amount-650000-usd", "650 000 dollars", "Amount", "", Amount(value=650000.0, unit="USD"))
    hired = Statement(
        subject, "recruits", "recrute", "recruter", post, (Qualifier("amount", salary),),
        evidence=seen(text.split(",")[0]), rule="test",
    )  # fmt: skip
    owned = Statement(
        subject, "owns", "posséderait", "posséder", scan, attribution=(Attribution(union, "affirmer"),),
        modality="hypothetical", evidence=seen("Netflix posséderait ce scan"), rule="test",
    )  # fmt: skip
    start = text.index("Netflix")
    mention = Mention(
        start, start + len("Netflix"), "Netflix", "name", "Organization", 0, 0, netflix.id, "test"
    )
    return Reading(document, (Span(0, len(text)),), (netflix,), (mention,), (hired, owned))


@pytest.fixture(scope="session")
def graph_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of one plain article and one for each payload."""
    folder = tmp_path_factory.mktemp("serve") / "graph"
    with Graph.create(folder) as graph:
        graph.add(reading("netflix.txt", TEXT, "Netflix"))
        for number, payload in enumerate(PAYLOADS):
            graph.add(
                reading(
                    f"pwn-{number}.txt", f"{TEXT} {payload} {number}", f"pwn {payload}", "javascript:alert(1)"
                )
            )
        graph.commit()
    return folder


@pytest.fixture(scope="session")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Named questions in two languages."""
    folder = tmp_path_factory.mktemp("questions")
    who = "SELECT ?statement ?who WHERE { ?statement a kg:Statement ; kg:attributedTo ?who }"
    labels = "# fr: Qui affirme quoi ?\n# en: Who says what?\n# param who: a person or a group\n"
    (folder / "a-who.rq").write_text(f"{labels}{who}\n", encoding="utf-8")
    facts = "CONSTRUCT { ?s ?p ?o } WHERE { ?x kg:asserted true ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"
    (folder / "b-facts.rq").write_text(f"# Ce qui est affirmé\n{facts}\n", encoding="utf-8")
    return folder


Start = Callable[..., Server]


@pytest.fixture(scope="session")
def start(graph_folder: Path, questions: Path) -> Iterator[Start]:
    """Starts servers, and ends them all."""
    processes: list[subprocess.Popen[str]] = []

    def started(folder: Path = graph_folder, **settings: object) -> Server:
        told = json.dumps({"folder": str(folder), "questions": str(questions), **settings})
        process = subprocess.Popen(
            [sys.executable, "-c", LAUNCH, told], stdout=subprocess.PIPE, encoding="utf-8", cwd=REPOSITORY,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        )  # fmt: skip
        processes.append(process)
        assert process.stdout is not None
        server = Server(process, process.stdout.readline().strip())
        limit = time.monotonic() + START_SECONDS
        while True:
            try:
                assert server.ask("/health").status == 200
            except (OSError, AssertionError):
                if time.monotonic() > limit:
                    raise
                time.sleep(0.05)
            else:
                return server

    yield started
    for process in processes:
        process.terminate()
    for process in processes:
        process.wait(10)
        if process.stdout is not None:
            process.stdout.close()


@pytest.fixture(scope="session")
def server(start: Start) -> Server:
    """The server that most tests ask."""
    return start(limits={"seconds": 1.0, "rows": 200})


@pytest.fixture(scope="session")
def hasty(start: Start) -> Server:
    """As that, with less time for a query: for those that would never end, and of which there are many."""
    return start(limits={"seconds": 0.25, "rows": 200})


@pytest.fixture(scope="session")
def tight(start: Start) -> Server:
    """A server with one worker, nobody waiting, and little patience."""
    limits = {
        "seconds": 1.2,
        "workers": 1,
        "waiting": 0,
        "request_seconds": 1.0,
        "body_bytes": 4096,
        "rows": 3,
    }
    return start(limits=limits)
