"""What all articles say together: entities and statements that several articles share, and the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pyoxigraph import Store

from kg.graph.canonical import merged
from kg.graph.selecting import number, rows
from kg.graph.vocabulary import V
from kg.model import Entity, Reading, Statement

__all__ = ["entities", "statements", "stats"]


def entities(readings: Iterable[Reading]) -> list[Entity]:
    """Each entity once, by id: the label and type that most articles give it, all its other names."""
    found: dict[str, list[Entity]] = {}
    for reading in readings:
        for entity in reading.entities:
            found.setdefault(entity.id, []).append(entity)
    return [_united(group) for _, group in sorted(found.items())]


def _united(group: list[Entity]) -> Entity:
    label = _most_frequent(entity.label for entity in group)
    names = {name for entity in group for name in (entity.label, *entity.aliases)}
    return replace(
        group[0],
        label=label,
        type=_most_frequent(entity.type for entity in group),
        aliases=tuple(sorted(names - {label})),
        named=any(entity.named for entity in group),
        links=tuple(sorted({link for entity in group for link in entity.links})),
    )


def _most_frequent(values: Iterable[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))


def statements(readings: Iterable[Reading]) -> list[Statement]:
    """Each statement once, with its evidence in all articles, in the order of its first evidence."""
    return merged(statement for reading in readings for statement in reading.statements)


# What is counted in the default graph, which holds what all articles say, each once. Each is one query, so that
# no article need be read back.
COUNTED = {
    "articles": f"?thing a <{V.Article.value}>",
    "sentences": f"?thing a <{V.Sentence.value}>",
    "entities": "?thing kg:hasProperName ?named",
    "mentions": f"?thing a <{V.Mention.value}>",
    "statements": "?thing a kg:Statement",
    "asserted": "?thing a kg:Statement ; kg:asserted true",
    # Somebody says it for whom the article does not vouch.
    "claims": f"""?thing a kg:Statement ; <{V.prov_attribution.value}> ?source .
        ?source kg:stance ?stance FILTER(?stance != kg:Endorsing)""",
    "refusals": f"?thing a <{V.Refusal.value}>",
}
PLACE = "nif:referenceContext ?article ; nif:beginIndex ?start ; nif:endIndex ?end"
SENTENCES = f"SELECT ?article ?start ?end {{ ?span a <{V.Sentence.value}> ; {PLACE} }}"
QUOTED = f"SELECT DISTINCT ?article ?start ?end {{ ?said a kg:Statement ; prov:wasDerivedFrom ?span . ?span {PLACE} }}"


def stats(store: Store, inferred: int, quads: int) -> dict[str, int]:
    """The counts of a graph."""
    found = {
        name: number(store, f"SELECT (COUNT(DISTINCT ?thing) AS ?n) {{ {pattern} }}")
        for name, pattern in COUNTED.items()
    }
    names = (
        "articles",
        "sentences",
        "silent_sentences",
        "entities",
        "mentions",
        "statements",
        "asserted",
        "claims",
    )
    found |= {"silent_sentences": _silent(store), "inferred": inferred, "quads": quads}
    return {name: found[name] for name in (*names, "inferred", "refusals", "quads")}


def _silent(store: Store) -> int:
    """The sentences that no statement quotes."""
    quoted: dict[str, list[tuple[int, int]]] = {}
    for article, start, end in _places(store, QUOTED):
        quoted.setdefault(article, []).append((start, end))
    return sum(
        all(last <= start or first >= end for first, last in quoted.get(article, ()))
        for article, start, end in _places(store, SENTENCES)
    )


def _places(store: Store, query: str) -> Iterator[tuple[str, int, int]]:
    for row in rows(store, query):
        yield row["article"].value, int(row["start"].value), int(row["end"].value)
