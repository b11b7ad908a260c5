"""Articles come, change and go, in any order and in steps: the graph is always that of the articles it has."""

from __future__ import annotations

import itertools
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.cli.main import cli
from kg.engines import extraction
from kg.model import Document, Entity, Evidence, Mention, Node, Reading, Span, Statement

PERSONS = ("Anne", "Benoît", "Chloé", "David")


def toy_reading(document: Document) -> Reading:
    """A reader in three lines: a word that begins with a capital is a person, and each meets the next."""
    words = [word for word in document.text.split() if word in PERSONS]
    if not words:
        raise IndexError("nobody is here")
    entities = {word: Entity(word.lower(), word, "Person", (), True) for word in words}
    nodes = {word: Node(word.lower(), word, "Person", word) for word in words}
    whole = Evidence(document.name, 0, len(document.text), document.text)
    mentions = [
        Mention(
            document.text.index(word),
            document.text.index(word) + len(word),
            word,
            "name",
            "Person",
            0,
            0,
            word.lower(),
        )
        for word in sorted(entities)
    ]
    pairs = dict.fromkeys(itertools.pairwise(words))
    statements = [
        Statement(nodes[a], "meets", "rencontre", "rencontrer", nodes[b], evidence=(whole,))
        for a, b in pairs
        if a != b
    ]
    return Reading(
        document,
        (Span(0, len(document.text)),),
        tuple(entities[word] for word in sorted(entities)),
        tuple(mentions),
        tuple(statements),
    )


@pytest.fixture(autouse=True)
def toy() -> Iterator[list[str]]:
    """The toy reader in place of kg's own; the names of what it reads, as it goes."""
    read: list[str] = []

    def reading(document: Document) -> Reading:
        read.append(document.name)
        return toy_reading(document)

    extraction._reader.cache_clear()
    with mock.patch.object(extraction, "load_reader", return_value=reading):
        yield read
    extraction._reader.cache_clear()


@contextmanager
def workplace() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="kg-life-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def write(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def files(graph: Path) -> dict[str, bytes]:
    """What people see of a graph: its Turtle, its page, its tables, what was set aside."""
    found = kg.load(graph)
    for table in ("statements", "mentions", "entities"):
        found.export(graph / f"{table}.jsonl", as_=table)
    found.export(graph / "graph.nq")
    names = ("graph.ttl", "graph.html", "rejected.jsonl", "graph.nq")
    tables = ("statements.jsonl", "mentions.jsonl", "entities.jsonl")
    return {name: (graph / name).read_bytes() for name in (*names, *tables) if (graph / name).exists()}


@pytest.fixture
def three(tmp_path: Path) -> Path:
    return write(
        tmp_path / "articles",
        {"a.txt": "Anne voit Benoît .", "b.txt": "Benoît voit Chloé .", "c.txt": "Anne voit Chloé ."},
    )


def test_in_steps_or_at_once(three: Path, tmp_path: Path) -> None:
    kg.build(three, tmp_path / "once")
    graph = kg.build(three / "c.txt", tmp_path / "steps")
    assert graph.add_articles(three / "b.txt").read == 1
    graph.add_articles([three / "a.txt"])
    assert files(tmp_path / "once") == files(tmp_path / "steps")


def test_what_is_removed_was_never_there(three: Path, tmp_path: Path) -> None:
    kg.build([three / "a.txt", three / "c.txt"], tmp_path / "without")
    graph = kg.build(three, tmp_path / "with")
    assert graph.remove_articles("b.txt").removed == 1
    assert files(tmp_path / "with") == files(tmp_path / "without")


def test_what_did_not_change_is_not_read_again(three: Path, tmp_path: Path, toy: list[str]) -> None:
    graph = kg.build(three, tmp_path / "graph")
    toy.clear()
    done = graph.update_articles(three)
    assert (done.read, done.unchanged, done.removed) == (0, 3, 0)
    (three / "b.txt").write_text("Benoît voit David .", encoding="utf-8")
    done = graph.update_articles(three)
    assert (done.read, done.unchanged, done.removed, toy) == (1, 2, 1, ["b.txt"])
    kg.build(three, tmp_path / "once")
    assert files(tmp_path / "graph") == files(tmp_path / "once")


def test_a_build_reads_only_what_the_folder_does_not_have(
    three: Path, tmp_path: Path, toy: list[str]
) -> None:
    kg.build(three, tmp_path / "graph")
    toy.clear()
    (three / "d.txt").write_text("David voit Anne .", encoding="utf-8")
    (three / "a.txt").unlink()
    kg.build(three, tmp_path / "graph")
    assert toy == ["d.txt"]
    kg.build(three, tmp_path / "once")
    assert files(tmp_path / "graph") == files(tmp_path / "once")
    toy.clear()
    kg.build(three, tmp_path / "graph", again=True)
    assert toy == ["b.txt", "c.txt", "d.txt"]


def test_of_one_text_under_two_names_either_may_go(tmp_path: Path) -> None:
    twice = write(tmp_path / "articles", {"a.txt": "Anne voit Benoît .", "b.txt": "Anne voit Benoît ."})
    for kept, gone in (("a.txt", "b.txt"), ("b.txt", "a.txt")):
        graph = kg.build(twice, tmp_path / gone)
        assert [document.name for document in graph.documents()] == ["a.txt"]
        graph.remove_articles(gone)
        kg.build(twice / kept, tmp_path / f"only-{kept}")
        assert files(tmp_path / gone) == files(tmp_path / f"only-{kept}")


def test_what_cannot_be_read_is_set_aside_and_can_be_mended(three: Path, tmp_path: Path) -> None:
    write(three, {"bad.txt": "Personne .", "broken.txt": ""})
    graph = kg.build(three, tmp_path / "graph", rejected=lambda rejection: None)
    lines = [
        json.loads(line) for line in (tmp_path / "graph" / "rejected.jsonl").read_text("utf-8").splitlines()
    ]
    assert [line["name"] for line in lines] == ["bad.txt", "broken.txt"]
    assert "IndexError: nobody is here" in lines[0]["reason"]
    assert graph.stats()["articles"] == 3
    write(three, {"bad.txt": "Anne voit David ."})
    graph.update_articles(three / "bad.txt")
    graph.remove_articles("broken.txt")
    assert not (tmp_path / "graph" / "rejected.jsonl").exists()
    (three / "broken.txt").unlink()
    kg.build(three, tmp_path / "once")
    assert files(tmp_path / "graph") == files(tmp_path / "once")


def test_removing_what_is_not_there_changes_nothing(three: Path, tmp_path: Path) -> None:
    graph = kg.build(three, tmp_path / "graph")
    before = files(tmp_path / "graph")
    with pytest.raises(kg.GraphError, match=r"nowhere.txt: no article"):
        graph.remove_articles(["a.txt", "nowhere.txt"])
    assert files(tmp_path / "graph") == before


def test_an_article_may_be_called_by_its_path_or_its_id(three: Path, tmp_path: Path) -> None:
    graph = kg.build(three, tmp_path / "graph")
    identifier = next(document.id for document in graph.documents() if document.name == "b.txt")
    graph.remove_articles([str(three / "a.txt"), identifier])
    assert [document.name for document in graph.documents()] == ["c.txt"]


def test_a_graph_in_memory_grows_too(three: Path) -> None:
    graph = kg.build(three / "a.txt", None)
    graph.add_articles(three / "b.txt")
    graph.remove_articles("a.txt")
    assert [document.name for document in graph.documents()] == ["b.txt"]
    assert len(graph.statements()) == 1


# ---- The property: any sequence of steps is the same as building what is left at once

NAMES = ("a.txt", "b.txt", "c.txt")
TEXTS = tuple(f"{one} voit {other} ." for one, other in itertools.combinations(PERSONS, 2))[:4]
HOMES = {text: Document("", text).id for text in TEXTS}
# What a person may decide: who is who, of all articles or of two; what is wrong, and what is right instead.
QUESTIONS = (
    ("anne", "benoît"),
    ("benoît", "chloé"),
    *((f"anne@{one}", f"anne@{other}") for one, other in itertools.pairwise(sorted(HOMES.values()))),
    (toy_reading(Document("", TEXTS[0])).statements[0].id,),
)
ANSWERS = {2: ("same", "apart", "unsure"), 1: ("right", "wrong", "corrected")}
Decided = dict[tuple[str, ...], str]
pick = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(TEXTS), min_size=1, max_size=3)
answers = st.sampled_from([(about, answer) for about in QUESTIONS for answer in (*ANSWERS[len(about)], "")])
steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), pick),
        st.tuples(st.just("update"), pick),
        st.tuples(st.just("remove"), pick),
        st.tuples(st.just("decide"), answers),
    ),
    min_size=1,
    max_size=6,
)


def decide(graph: kg.Graph, decided: Decided) -> None:
    """Write the file of decisions anew, as a person would who takes some back; nothing applies it yet."""
    assert graph.folder
    (graph.folder / "decisions.ttl").unlink(missing_ok=True)
    for about, answer in sorted(decided.items()):
        graph.decide(about, answer, "Jeanne", {"object": "David"} if answer == "corrected" else None)


def expected(held: set[tuple[str, str]], what: str, given: dict[str, str]) -> set[tuple[str, str]]:
    """Which (name, text) pairs the graph has after a step: sets, nothing else."""
    others = {pair for pair in held if pair[0] not in given}
    return {"add": held | set(given.items()), "update": others | set(given.items()), "remove": others}[what]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=pick, sequence=steps)
def test_any_sequence_gives_the_graph_of_what_is_left(start: dict[str, str], sequence: list) -> None:
    with workplace() as place:
        graph = kg.build(write(place / "start", start), place / "graph")
        held = set(start.items())
        decided: Decided = {}
        for number, (what, given_) in enumerate(sequence):
            if what == "decide":
                decided |= {given_[0]: given_[1]}
                decided = {about: answer for about, answer in decided.items() if answer}
                decide(graph, decided)
                graph.apply_decisions()
                continue
            if what == "remove":
                names = sorted({name for name, _ in held} & set(given_))
                if names:
                    graph.remove_articles(names)
            else:
                source = write(place / f"step-{number}", given_)
                {"add": graph.add_articles, "update": graph.update_articles}[what](source)
            held = expected(held, what, given_)
        straight = kg.Graph.create(place / "straight")
        decide(straight, decided)
        for name, text in sorted(held, reverse=True):
            straight.add(toy_reading(next(kg.read_documents([write(place / "one", {name: text}) / name]))))
        straight.commit()
        assert list(graph.lines()) == list(straight.lines())
        assert "".join(graph.turtle()) == "".join(straight.turtle())
        assert "".join((place / "graph" / "graph.ttl").read_text("utf-8")) == "".join(graph.turtle())
        assert (place / "graph" / "graph.html").read_text("utf-8") == straight.view().html
        assert graph.statements() == straight.statements()
        assert graph.stats() == straight.stats()
        assert graph.verify() == []


# ---- diff


def run(*arguments: object):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="kg")


def test_diff_tells_what_was_gained_lost_and_changed(three: Path, tmp_path: Path) -> None:
    before = kg.build(three, tmp_path / "before")
    (three / "a.txt").write_text("Anne voit David .", encoding="utf-8")
    (three / "b.txt").unlink()
    (three / "d.txt").write_text("Chloé voit David .", encoding="utf-8")
    found = before.diff(kg.build(three, tmp_path / "after"))
    assert (found.articles_gained, found.articles_lost) == (("d.txt",), ("b.txt",))
    assert [(one.subject.label, one.object and one.object.label) for one in found.gained] == [
        ("Chloé", "David")
    ]
    assert [(one.subject.label, one.object and one.object.label) for one in found.lost] == [
        ("Benoît", "Chloé")
    ]
    assert [change.after.object and change.after.object.label for change in found.changed] == ["David"]
    shown = run("diff", tmp_path / "before", tmp_path / "after")
    assert shown.exit_code == 1
    assert "+ Chloé · rencontre · David  [d.txt]" in shown.output
    assert "1 statements gained, 1 lost, 1 changed" in shown.output
    as_json = json.loads(run("diff", tmp_path / "before", tmp_path / "after", "--json").stdout)
    assert as_json["articles_gained"] == ["d.txt"]


def test_equal_graphs_do_not_differ(three: Path, tmp_path: Path) -> None:
    kg.build(three, tmp_path / "one")
    shutil.copytree(tmp_path / "one", tmp_path / "other")
    shown = run("diff", tmp_path / "one", tmp_path / "other")
    assert (shown.exit_code, shown.stdout) == (0, "")


def test_evidence_gained_elsewhere_is_a_change_and_not_a_new_statement(three: Path, tmp_path: Path) -> None:
    before = kg.build(three / "a.txt", tmp_path / "before")
    (three / "z.txt").write_text("Anne voit Benoît . Benoît voit David .", encoding="utf-8")
    found = before.diff(kg.build([three / "a.txt", three / "z.txt"], tmp_path / "after"))
    assert [one.object and one.object.label for one in found.gained] == ["David"]
    assert found.lost == ()


# ---- The commands


def test_the_commands_say_what_they_did(three: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    kg.build(three / "a.txt", graph)
    assert "1 read" in run("add", three / "b.txt", "-g", graph).output
    assert "2 unchanged" in run("update", three / "a.txt", three / "b.txt", "-g", graph).output
    assert json.loads(run("update", three, "-g", graph, "--json").stdout) == {
        "read": 1,
        "unchanged": 2,
        "removed": 0,
        "rejected": 0,
    }
    assert "2 articles removed" in run("remove", "a.txt", "c.txt", "-g", graph).output
    missing = run("remove", "a.txt", "-g", graph)
    assert missing.exit_code == 2
    assert "a.txt: no article" in missing.output
