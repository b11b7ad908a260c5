"""Each rule of statements keeps the promise in its docstring, on the trees of the model that ships."""

from __future__ import annotations

import re

import pytest

from kg import pipeline
from kg.language import load_analyzer
from kg.model import Document, Statement
from kg.ontology import Ontology
from kg.statements import CLAUSE_RULES, PHRASE_RULES
from kg.statements.quotations import quotations

RULES = {rule.__name__: rule.__doc__ for rule in (*CLAUSE_RULES, *PHRASE_RULES, quotations)}


@pytest.fixture(scope="module")
def read():
    analyzer, ontology = load_analyzer("fr"), Ontology.load()

    def statements(text: str) -> tuple[Statement, ...]:
        document = Document("example.txt", text)
        return tuple(
            candidate.statement for candidate in pipeline.candidates_of(document, analyzer, ontology)
        )

    return statements


def promises(docstring: str) -> list[tuple[str, str]]:
    """(sentence, what it must give) for each "> sentence" of a docstring with the lines below it."""
    found, sentence = [], ""
    for line in (line.strip() for line in docstring.splitlines()):
        if line.startswith("> "):
            sentence = line[2:]
        elif sentence and "|" in line:
            found.append((sentence, line))
        elif sentence and not line:
            sentence = ""
    return found


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_shows_an_example(name: str) -> None:
    assert promises(RULES[name]), f"{name} shows no example"


@pytest.mark.parametrize(
    ("name", "sentence", "promised"),
    [(name, *promise) for name in sorted(RULES) for promise in promises(RULES[name])],
)
def test_a_rule_keeps_its_promise(read, name: str, sentence: str, promised: str) -> None:
    wanted = tuple(plain(part) for part in promised.split("|"))
    found = [
        (
            {plain(item.subject.mention), plain(item.subject.label)},
            item.lemma,
            {plain(node.mention) for node in around(item)} | {plain(node.label) for node in around(item)},
        )
        for item in read(sentence)
    ]
    assert any(
        wanted[0] in who and wanted[1] == plain(lemma) and (len(wanted) == 2 or wanted[2] in what)
        for who, lemma, what in found
    ), found


def around(item: Statement):
    return [*([item.object] if item.object else []), *(one.node for one in item.qualifiers)]


def plain(text: str) -> str:
    """A phrase without its article, for comparing."""
    return re.sub(r"^(les?|la|l['’]|une?|des|du) ?", "", text.strip().lower())
