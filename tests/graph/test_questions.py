"""The questions that come with kg: each has an answer, on the article of the seeds or where several articles speak."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.model import Document, Entity, Evidence, Mention, Node, Reading, Span, Statement

# These are about what several articles say, and there is one in seeds/.
SEVERAL = ("contradictions", "corroborated", "other-agents")


@pytest.mark.parametrize("name", [one.name for one in kg.questions() if one.name not in SEVERAL])
def test_it_has_an_answer_on_the_article_of_the_seeds(built: Path, name: str) -> None:
    assert len(kg.load(built).ask(name)) > 0


def said(name: str, who: str, polarity: str, text: str) -> Reading:
    """An article that says, or denies, that somebody buys Acme."""
    document = Document(name, text)
    ends = [
        Entity(one.casefold(), one, kind, (), True)
        for one, kind in ((who, "Person"), ("Acme", "Organization"))
    ]
    nodes = [Node(one.id, one.label, one.type, one.label) for one in ends]
    mentions = [
        Mention(
            text.index(one.label),
            text.index(one.label) + len(one.label),
            one.label,
            "name",
            one.type,
            0,
            0,
            one.id,
            "test",
        )
        for one in ends
    ]
    told = Statement(
        nodes[0], "acquires", "rachète", "racheter", nodes[1], polarity=polarity,
        evidence=(Evidence(name, 0, len(text), text),), rule="test",
    )  # fmt: skip
    return Reading(document, (Span(0, len(text)),), tuple(ends), tuple(mentions), (told,))


@pytest.fixture(scope="module")
def affair() -> kg.Graph:
    """Four papers: two say that Anne buys Acme, one that Benoît does, one that Anne does not."""
    graph = kg.Graph.in_memory()
    graph.add(said("a.txt", "Anne", "affirmed", "Anne rachète Acme à Lyon."))
    graph.add(said("b.txt", "Anne", "affirmed", "On l’apprend ce matin : Anne rachète Acme."))
    graph.add(said("c.txt", "Benoît", "affirmed", "C’est Benoît qui rachète Acme."))
    graph.add(said("d.txt", "Anne", "negated", "Non, Anne ne rachète pas Acme."))
    graph.commit()
    return graph


@pytest.mark.parametrize("name", SEVERAL)
def test_it_has_an_answer_where_several_articles_speak(affair: kg.Graph, name: str) -> None:
    assert len(affair.ask(name)) > 0
