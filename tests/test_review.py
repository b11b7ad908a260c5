"""A person at a real terminal decides; the decision lasts through the next build, and can be taken back."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
import rdflib
from click.testing import CliRunner

import kg
from kg.cli.main import cli
from kg.ontology import KG

pexpect = pytest.importorskip("pexpect")


def sample() -> ModuleType:
    """The articles of another test."""
    spec = importlib.util.spec_from_file_location(
        "settling", Path(__file__).parent / "resolution" / "test_settling.py"
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    graph = kg.Graph.create(tmp_path / "graph")
    # A last name and whole name that share nothing else: neither one nor surely two.
    graph.add(sample().reading("full.txt", sample().MACRON))
    graph.add(sample().reading("part.txt", sample().SHORT))
    graph.commit()
    graph.close()
    return tmp_path / "graph"


def review(folder: Path) -> pexpect.spawn:
    """The command at a terminal of its own, at which Jeanne sits."""
    arguments = ["-m", "kg", "review", "-g", str(folder), "--by", "Jeanne"]
    return pexpect.spawn(sys.executable, arguments, encoding="utf-8", timeout=60)


def people(folder: Path) -> set[str]:
    return {entity.id for entity in kg.load(folder).entities() if entity.type == "Person"}


def test_a_decision_in_the_terminal_lasts(folder: Path) -> None:
    assert people(folder) == {"emmanuel-macron", "macron"}
    command = review(folder)
    command.expect("merge: .*Macron")
    command.expect("same")
    command.sendline("s")
    command.expect("1 decisions")
    command.expect(pexpect.EOF)
    assert people(folder) == {"emmanuel-macron"}
    graph = kg.load(folder)
    assert not graph.proposals()
    rows = graph.query(
        "SELECT ?who WHERE { ?d a kg:Decision ; kg:answer 'same' ; prov:wasAttributedTo ?who }"
    )
    assert [str(row.who).rpartition("/")[2] for row in rows] == ["jeanne"]
    graph.remove_articles("part.txt")
    assert people(folder) == {"emmanuel-macron"}
    (folder / "decisions.ttl").unlink()


def test_namesakes_that_were_taken_for_one_are_split_in_the_terminal(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    with kg.Graph.create(folder) as made:
        for one in (sample().FULL, sample().PART):
            made.add(one)
        made.commit()
    kg.load(folder).apply_decisions()
    undecided = outputs(folder)
    assert people(folder) == {"emmanuel-macron"}
    command = review(folder)
    command.expect("split: .*Macron")
    command.sendline("n")
    command.expect("1 decisions")
    command.expect(pexpect.EOF)
    for _ in range(2):
        assert people(folder) == {"emmanuel-macron", "macron"}
        assert not kg.load(folder).proposals()
        kg.load(folder).apply_decisions()
    # What people decided is in what is exported, with who decided it.
    exported = rdflib.Graph().parse(folder / "graph.ttl")
    decided = "SELECT ?who { ?d a kg:Decision ; kg:answer 'apart' ; prov:wasAttributedTo ?who }"
    named = {"kg": KG, "prov": "http://www.w3.org/ns/prov#"}
    assert [str(row[0]).rpartition("/")[2] for row in exported.query(decided, initNs=named)] == ["jeanne"]
    (folder / "decisions.ttl").unlink()
    kg.load(folder).apply_decisions()
    assert outputs(folder) == undecided


def outputs(folder: Path) -> list[object]:
    """What people see of a graph."""
    return [
        list(kg.load(folder).lines()),
        *((folder / name).read_bytes() for name in ("graph.ttl", "graph.html")),
    ]


def test_what_is_taken_back_is_gone(folder: Path) -> None:
    before = list(kg.load(folder).lines())
    graph = kg.load(folder)
    graph.decide(("emmanuel-macron", "macron"), "same", "Jeanne")
    graph.apply_decisions()
    assert people(folder) == {"emmanuel-macron"}
    (folder / "decisions.ttl").unlink()
    kg.load(folder).apply_decisions()
    assert list(kg.load(folder).lines()) == before


def test_a_wrong_statement_is_refused(folder: Path) -> None:
    graph = kg.load(folder)
    wrong = graph.statements()[0]
    graph.decide((wrong.id,), "wrong", "Jeanne")
    graph.apply_decisions()
    graph = kg.load(folder)
    assert wrong.id not in {one.id for one in graph.statements()}
    assert "review" in {refusal.rule for _, refusal in graph.refusals()}


def test_a_decision_that_cannot_be_understood_is_named(folder: Path) -> None:
    (folder / "decisions.ttl").write_text("id:x a", encoding="utf-8")
    with pytest.raises(kg.KgError, match="not Turtle"):
        kg.load(folder).apply_decisions()


def test_a_correction_in_the_terminal_lasts_until_it_is_taken_back(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    with kg.Graph.create(folder) as graph:
        one = sample().reading("full.txt", sample().MACRON)
        graph.add(replace(one, statements=(replace(one.statements[0], confidence=0.2),)))
        graph.commit()
    before = kg.load(folder).statements()
    command = review(folder)
    for question, answer in (("orrect", "c"), ("subject", "Marine"), ("relation", "leaves"), ("object", "")):
        command.expect(question)
        command.sendline(answer)
    command.expect("1 decisions")
    command.expect(pexpect.EOF)
    for _ in range(2):
        (said,) = kg.load(folder).statements()
        assert (said.subject.id, said.predicate, said.object and said.object.id) == (
            "marine",
            "leaves",
            "bretagne",
        )
        kg.load(folder).apply_decisions()
    assert kg.load(folder).verify() == []
    (folder / "decisions.ttl").unlink()
    kg.load(folder).apply_decisions()
    assert kg.load(folder).statements() == before


def test_decisions_written_by_hand_count_at_the_next_command(folder: Path) -> None:
    graph = kg.load(folder)
    graph.decide(("emmanuel-macron", "macron"), "same", "Jeanne")
    graph.remove_articles(())
    assert people(folder) == {"emmanuel-macron"}


def test_a_decision_about_what_no_article_names_is_told(folder: Path) -> None:
    graph = kg.load(folder)
    graph.decide(("emmanuel-macron", "macon"), "same", "Jeanne")
    graph.decide(("emmanuel-macron", "http://www.wikidata.org/entity/Q3052772"), "same", "Jeanne")
    graph.apply_decisions()
    told = [one.about for one in kg.load(folder).proposals() if one.kind == "unknown"]
    assert told == [("macon",)]
    shown = CliRunner().invoke(cli, ["review", "-g", str(folder), "--list"])
    assert "macon" in shown.output
    assert "no article names it" in shown.output
