"""Articles that never were, of a realistic shape: about 500 quads each, names that recur as names do (Zipf).

The same seed gives the same articles, on any machine.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from kg.model import (
    Amount,
    Attribution,
    Document,
    Entity,
    Evidence,
    Mention,
    Node,
    Period,
    Qualifier,
    Reading,
    Refusal,
    Span,
    Statement,
)

TYPES = ("Person", "Organization", "Place", "Work", "Event")
RELATIONS = (
    "recruits",
    "proposes",
    "rejects",
    "acquires",
    "announces",
    "criticizes",
    "visits",
    "sues",
    "open-scanner",
    "open-relancer",
)
CUES = (("selon", "neutral"), ("affirmer", "neutral"), ("révéler", "endorsing"), ("prétendre", "distancing"))
SYLLABLES = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo"]
ENTITIES = 4000
QUADS_EACH = 500


def articles(quads: int, seed: int = 7) -> Iterator[Reading]:
    """As many articles as make about so many quads."""
    for number in range(max(1, quads // QUADS_EACH)):
        yield _article(random.Random(f"{seed}:{number}"), number)


def _name(index: int) -> str:
    chosen = random.Random(index)
    return " ".join("".join(chosen.choices(SYLLABLES, k=chosen.randint(2, 4))).capitalize() for _ in range(2))


def _entity(index: int) -> Entity:
    kind = TYPES[index % len(TYPES)]
    name = _name(index)
    return Entity(f"{name.lower().replace(' ', '-')}-{index}", name, kind, (f"le {name}",), True)


def _article(chosen: random.Random, number: int) -> Reading:
    count = chosen.randint(7, 11)
    picked = [_entity(int(ENTITIES * chosen.random() ** 4)) for _ in range(count)]
    entities = list({entity.id: entity for entity in picked}.values())
    pieces: list[str] = []
    plans: list[tuple[int, int, Entity, Entity]] = []
    for _ in range(chosen.randint(7, 10)):
        subject, thing = chosen.choice(entities), chosen.choice(entities)
        start = sum(map(len, pieces))
        sentence = f"{subject.label} a relancé {thing.label} pour {chosen.randint(2, 900)} millions d’euros en {chosen.randint(1990, 2025)}. "
        pieces.append(sentence)
        plans.append((start, start + len(sentence) - 1, subject, thing))
    document = Document(
        f"article-{number:06}.txt", "".join(pieces), title=f"Titre {number}", outlet=chosen.choice(CUES)[0]
    )
    statements = [_statement(chosen, document, plan, entities) for plan in plans]
    return Reading(
        document=document,
        sentences=tuple(Span(start, end) for start, end, _, _ in plans),
        entities=tuple(entities),
        mentions=tuple(
            mention for place, plan in enumerate(plans) for mention in _mentions(document, place, plan)
        ),
        statements=tuple(statements),
        refusals=(Refusal(plans[0][0], plans[0][0] + 3, "no frame", "frames"),),
    )


def _mentions(document: Document, place: int, plan: tuple[int, int, Entity, Entity]) -> Iterator[Mention]:
    start, _, subject, thing = plan
    for entity, at in (
        (subject, start),
        (thing, document.text.index(thing.label, start + len(subject.label))),
    ):
        end = at + len(entity.label)
        yield Mention(
            at, end, document.text[at:end], "name", entity.type, place, 0, entity.id, "spelled_alike"
        )


def _statement(
    chosen: random.Random, document: Document, plan: tuple[int, int, Entity, Entity], entities: list[Entity]
) -> Statement:
    start, end, subject, thing = plan
    value, year = float(chosen.randint(2, 900)), chosen.randint(1990, 2025)
    amount = Node(f"amount-{value:g}-eur", f"{value:g} euros", "Amount", "", Amount(value, unit="EUR"))
    time = Node(
        f"period-{year}", str(year), "Date", str(year), Period(f"{year}-01-01", f"{year}-12-31", "year")
    )
    source = chosen.choice(entities)
    cue, stance = chosen.choice(CUES)
    said = (
        (Attribution(Node(source.id, source.label, source.type, source.label), cue, stance),)
        if chosen.random() < 0.4
        else ()
    )
    return Statement(
        subject=Node(subject.id, subject.label, subject.type, subject.label),
        predicate=chosen.choice(RELATIONS),
        label="a relancé",
        lemma="relancer",
        object=Node(thing.id, thing.label, thing.type, thing.label),
        qualifiers=(Qualifier("amount", amount), Qualifier("time", time)),
        attribution=said,
        polarity="negated" if chosen.random() < 0.1 else "affirmed",
        modality=chosen.choice(("actual", "actual", "actual", "planned", "possible")),
        evidence=(Evidence(document.name, start, end, document.text[start:end]),),
        rule="verb_frame",
    )
