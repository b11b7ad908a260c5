"""Names are looked up in a reconciliation service; what a person accepts is in the graph, and no build needs the service."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.cli.main import cli
from kg.model import Document, Entity, Evidence, Mention, Node, Reading, Span, Statement

SERVER = """
import sys
from csv_reconcile import doinit
app = doinit(sys.argv[1], "dice", sys.argv[2], "id", "name")
app.run(port=int(sys.argv[3]))
"""
SPACE = "http://www.wikidata.org/entity/"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """csv-reconcile on loopback, with a list of two; its address."""
    place = tmp_path_factory.mktemp("service")
    (place / "list.tsv").write_text(
        "id\tname\nQ3052772\tEmmanuel Macron\nQ12130\tBretagne\n", encoding="utf-8"
    )
    (place / "config.py").write_text(
        f"MANIFEST = {{'identifierSpace': '{SPACE}'}}\nLOGLEVEL = 'ERROR'\n", encoding="utf-8"
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, place / "config.py", place / "list.tsv", str(port)],
        cwd=place,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}/reconcile"
    try:
        for _ in range(400):
            try:
                urllib.request.urlopen(address, timeout=5).close()
                break
            except OSError:
                time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = "Macron visite Quimper."
    macron = Entity("macron", "Emmanuel Macron", "Person", ("Macron",), True)
    town = Entity("quimper", "Quimper", "Place", (), True)
    nodes = [Node(one.id, one.label, one.type, one.label) for one in (macron, town)]
    statement = Statement(
        nodes[0], "visits", "visite", "visiter", nodes[1], evidence=(Evidence("a.txt", 0, len(text), text),)
    )
    mention = Mention(0, 6, "Macron", "name", "Person", 0, 0, "macron")
    with kg.Graph.create(tmp_path / "graph") as graph:
        graph.add(
            Reading(Document("a.txt", text), (Span(0, len(text)),), (macron, town), (mention,), (statement,))
        )
        graph.commit()
    return tmp_path / "graph"


def links(folder: Path) -> dict[str, tuple[str, ...]]:
    return {entity.id: entity.links for entity in kg.load(folder).entities()}


def test_what_is_accepted_is_linked_and_needs_no_network(service: str, folder: Path) -> None:
    asked = CliRunner().invoke(cli, ["link", "--service", service, "-g", str(folder)])
    assert asked.exit_code == 0, asked.output
    assert "2 names asked for, 1 candidates" in asked.output
    (question,) = kg.load(folder).proposals()
    assert (question.kind, question.about) == ("link", ("macron", f"{SPACE}Q3052772"))
    graph = kg.load(folder)
    graph.decide(question.about, "same", "Jeanne")
    graph.apply_decisions()
    assert links(folder) == {"macron": (f"{SPACE}Q3052772",), "quimper": ()}
    assert kg.load(folder).proposals() == []
    assert kg.load(folder).verify() == []
    # Nothing is asked for twice, so nobody need answer.
    assert kg.load(folder).link(service)["asked"] == 0
    (folder / "decisions.ttl").unlink()
    kg.load(folder).apply_decisions()
    assert links(folder) == {"macron": (), "quimper": ()}


def test_what_is_refused_is_not_asked_again(service: str, folder: Path) -> None:
    graph = kg.load(folder)
    graph.link(service)
    graph.decide(graph.proposals()[0].about, "apart", "Jeanne")
    graph.apply_decisions()
    assert kg.load(folder).proposals() == []
    assert links(folder) == {"macron": (), "quimper": ()}


def test_what_is_no_service_is_said_in_one_line(folder: Path, tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{probe.getsockname()[1]}/reconcile"
    with pytest.raises(kg.GraphError, match="no service answers there"):
        kg.load(folder).link(closed)
    with pytest.raises(kg.GraphError, match="not the address of a service"):
        kg.load(folder).link(tmp_path.as_uri())
    assert not (folder / "links.json").exists()
