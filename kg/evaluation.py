"""How good the reading is: statements and mentions against articles annotated by hand.

A gold folder holds, for each X.txt, X.facts.jsonl (one fact a line: quote, subject, predicate, object with all names
that count, qualifiers, source, polarity, modality, importance) and X.entities.json (entities with their mentions).
A statement meets a fact when its evidence touches the fact's quote, and subject, predicate and object meet: names by
the overlap of their content words (F1 of 0.6 or more), predicates by lemma or a common stem of five letters.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import DocumentError
from kg.model import Mention, Node, Reading, Statement
from kg.ontology import Ontology

__all__ = ["Article", "Scorecard", "evaluate", "gold_articles", "score"]

OVERLAP = 0.6  # the share of content words that makes two names one, as the annotation guide has it
STEM = 5
POLARITY = {"positive": "affirmed", "negative": "negated"}
MUST = 3


@dataclass(frozen=True)
class Article:
    """An annotated article: the file of its text, its facts and its entities."""

    name: str
    path: Path
    facts: Sequence[Mapping[str, Any]]
    entities: Sequence[Mapping[str, Any]]


@dataclass
class Scorecard:
    """Counts by layer, and what was missed and what was false, with their sentences."""

    counts: dict[str, int] = field(default_factory=dict)
    misses: list[dict[str, object]] = field(default_factory=list)
    false: list[dict[str, object]] = field(default_factory=list)
    articles: list[dict[str, object]] = field(default_factory=list)

    def add(self, name: str, number: int | bool = 1) -> None:
        """Count."""
        self.counts[name] = self.counts.get(name, 0) + int(number)

    def ratio(self, part: str, whole: str) -> float | None:
        """A share, or None where there is nothing to share."""
        total = self.counts.get(whole, 0)
        return round(self.counts.get(part, 0) / total, 4) if total else None

    def table(self) -> dict[str, float | None]:
        """The figures, by the names that the annotation guide gives them."""
        precision, recall = self.ratio("right", "statements"), self.ratio("met", "facts")
        return {
            "precision": precision,
            "recall": recall,
            "f1": harmonic(precision, recall),
            "must": self.ratio("must_met", "must"),
            "polarity": self.ratio("polarity", "met"),
            "modality": self.ratio("modality", "met"),
            "attribution": self.ratio("attribution", "met"),
            "attribution_of_claims": self.ratio("claims_attributed", "claims"),
            "qualifiers": self.ratio("qualifiers_met", "qualifiers"),
            "values_read": self.ratio("values_read", "values"),
            "names_found": self.ratio("name_found", "name"),
            "names_exact": self.ratio("name_exact", "name"),
            "names_typed": self.ratio("name_typed", "name"),
            "nominals_resolved": self.ratio("nominal_resolved", "nominal"),
            "pronouns_resolved": self.ratio("pronoun_resolved", "pronoun"),
        }


def harmonic(precision: float | None, recall: float | None) -> float:
    """F1."""
    return round(2 * precision * recall / (precision + recall), 4) if precision and recall else 0.0


def gold_articles(folder: Path) -> list[Article]:
    """The annotated articles of a folder, by name; DocumentError where there are none."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        facts = path.with_suffix(".facts.jsonl")
        if facts.is_file():
            entities = path.with_suffix(".entities.json")
            lines = facts.read_text("utf-8").splitlines()
            found.append(
                Article(
                    path.name,
                    path,
                    [json.loads(line) for line in lines if line.strip()],
                    json.loads(entities.read_text("utf-8")) if entities.is_file() else [],
                )
            )
    if not found:
        raise DocumentError(
            f"{folder}: no X.txt with X.facts.jsonl beside it. Name a folder of annotated articles."
        )
    return found


def touches(statement: Statement, fact: Mapping[str, Any], document: str) -> bool:
    """Whether a statement was read where the fact stands."""
    return any(
        item.document == document and item.start < fact["end"] and fact["start"] < item.end
        for item in statement.evidence
    )


class Matcher:
    """Whether names, predicates and values meet, by the rules of the annotation guide."""

    def __init__(self, ontology: Ontology) -> None:
        self.stop = frozenset(word for term in ontology.terms("StopWord") for word in term.texts("word"))

    def words(self, text: object) -> list[str]:
        """The content words of a name, folded; all words where no other are left."""
        folded = unicodedata.normalize("NFKD", str(text).replace("\u2019", "'").casefold())
        found = re.findall(r"[a-z0-9]+", "".join(char for char in folded if not unicodedata.combining(char)))
        return [word for word in found if word not in self.stop] or found

    def names(self, node: Node | None, names: Iterable[str]) -> bool:
        """Whether a node's label or mention is one of these names."""
        if node is None:
            return False
        for label in filter(None, (node.label, node.mention)):
            mine = set(self.words(label))
            for name in names:
                other = set(self.words(name))
                if mine and other and 2 * len(mine & other) / (len(mine) + len(other)) >= OVERLAP:
                    return True
        return False

    def predicate(self, statement: Statement, lemmas: Iterable[str]) -> bool:
        """Whether a statement's lemma or label shares a word, or a stem, with one of the fact's."""
        mine = [word for text in (statement.lemma, statement.label) for word in self.words(text)]
        theirs = [word for lemma in lemmas for word in self.words(lemma) if len(word) > 2]
        if any(
            a == b or (min(len(a), len(b)) >= STEM and a[:STEM] == b[:STEM]) for a in mine for b in theirs
        ):
            return True
        return "etre" in theirs and bool({"type", "etre", "is", "be", "isa", "role"} & set(mine))

    def meets(self, statement: Statement, fact: Mapping[str, Any], document: str) -> bool:
        """Whether a statement says what the fact says, and was read there."""
        if not touches(statement, fact, document):
            return False
        if not self.names(statement.subject, fact["subject"]["names"]):
            return False
        if not self.predicate(statement, fact["predicate"]["lemmas"]):
            return False
        if fact["object"] is None:
            return True
        nodes = [statement.object, *(item.node for item in statement.qualifiers)]
        return any(self.names(node, fact["object"]["names"]) for node in nodes)

    def qualifier(self, wanted: Mapping[str, Any], statement: Statement) -> bool:
        """Whether a further participant of the fact is among the statement's."""
        nodes = [item.node for item in statement.qualifiers]
        nodes += [statement.object] if statement.object is not None else []
        if isinstance(wanted.get("value"), dict):
            return any(_same_value(wanted["value"], node) for node in nodes)
        return any(self.names(node, wanted["names"]) for node in nodes)


def _same_value(wanted: Mapping[str, Any], node: Node) -> bool:
    got = node.value.json() if node.value is not None else None
    if got is None:
        return False
    for key in ("value", "min", "max"):
        number = wanted.get(key)
        if isinstance(number, int | float):
            other = got.get(key)
            if not isinstance(other, int | float) or abs(number - other) > 1e-6 * max(1.0, abs(number)):
                return False
    return all(
        str(wanted[key]) == str(got.get(key)) for key in ("unit", "per", "start", "end") if wanted.get(key)
    )


def evaluate(folder: str | Path, *, model: str | None = None) -> Scorecard:
    """Read the annotated articles of a folder and compare: the figures by layer, the misses, what was said too much.

    Raises DocumentError where there is no annotated article, LanguageError where there is no such model.
    """
    from kg.documents import read_documents
    from kg.language import load_analyzer
    from kg.pipeline import read

    articles = gold_articles(Path(folder))
    analyzer, ontology = load_analyzer(model=model), Ontology.load()
    documents = read_documents([article.path for article in articles])
    return score(
        (
            (read(document, analyzer, ontology), article)
            for document, article in zip(documents, articles, strict=True)
        ),
        ontology,
    )


def score(readings: Iterable[tuple[Reading, Article]], ontology: Ontology) -> Scorecard:
    """The scorecard of readings against their annotated articles."""
    card, matcher = Scorecard(), Matcher(ontology)
    for reading, article in readings:
        before = dict(card.counts)
        _score_statements(card, matcher, reading, article)
        _score_mentions(card, matcher, reading, article)
        here = Scorecard({key: value - before.get(key, 0) for key, value in card.counts.items()})
        card.articles.append({"article": article.name, **here.table()})
    return card


def _score_statements(card: Scorecard, matcher: Matcher, reading: Reading, article: Article) -> None:
    right: set[str] = set()
    for fact in article.facts:
        hits = [item for item in reading.statements if matcher.meets(item, fact, article.name)]
        right.update(item.id for item in hits)
        card.add("facts")
        card.add("must", fact["importance"] == MUST)
        for wanted in (item for item in fact["qualifiers"] if isinstance(item.get("value"), dict)):
            beside = (item for item in reading.statements if touches(item, fact, article.name))
            card.add("values")
            card.add("values_read", any(matcher.qualifier(wanted, item) for item in beside))
        if not hits:
            card.misses.append(_missed(article, fact))
            continue
        card.add("met")
        card.add("must_met", fact["importance"] == MUST)
        card.add("polarity", any(item.polarity == POLARITY[fact["polarity"]] for item in hits))
        card.add(
            "modality", any((item.modality == "actual") == (fact["modality"] == "actual") for item in hits)
        )
        _score_source(card, matcher, fact, hits)
        for wanted in fact["qualifiers"]:
            card.add("qualifiers")
            card.add("qualifiers_met", any(matcher.qualifier(wanted, item) for item in hits))
    card.add("statements", len(reading.statements))
    card.add("right", len(right))
    card.false += [_false(article, item) for item in reading.statements if item.id not in right]


def _score_source(card: Scorecard, matcher: Matcher, fact: Mapping[str, Any], hits: list[Statement]) -> None:
    if fact["source"] is None:
        card.add("attribution", any(not item.attribution for item in hits))
        return
    names = fact["source"]["names"]
    named = any(matcher.names(source.node, names) for item in hits for source in item.attribution)
    card.add("attribution", named)
    card.add("claims")
    card.add("claims_attributed", named)


def _missed(article: Article, fact: Mapping[str, Any]) -> dict[str, object]:
    target = fact["object"]["names"][0] if fact["object"] else None
    return {
        "article": article.name,
        "importance": fact["importance"],
        "subject": fact["subject"]["names"][0],
        "predicate": fact["predicate"]["lemmas"][0],
        "object": target,
        "quote": fact["quote"],
    }


def _false(article: Article, statement: Statement) -> dict[str, object]:
    return {
        "article": article.name,
        "rule": statement.rule,
        "confidence": statement.confidence,
        "subject": statement.subject.mention,
        "predicate": statement.lemma,
        "object": statement.object.mention if statement.object is not None else None,
        "quote": statement.evidence[0].quote,
    }


def _score_mentions(card: Scorecard, matcher: Matcher, reading: Reading, article: Article) -> None:
    labels = {entity.id: entity for entity in reading.entities}
    mine = {(item.start, item.end): item for item in reading.mentions}
    for entity in article.entities:
        for gold in entity["mentions"]:
            hit = mine.get((gold["start"], gold["end"])) or _touching(mine, gold)
            kind = gold["kind"]
            card.add(kind)
            if kind == "name":
                card.add("name_found", hit is not None)
                card.add("name_typed", hit is not None and _type_of(hit, labels) == entity["type"])
                card.add("name_exact", (gold["start"], gold["end"]) in mine)
            else:
                label = labels[hit.entity].label if hit is not None and hit.entity in labels else ""
                card.add(f"{kind}_resolved", matcher.names(Node("", label, ""), [entity["name"]]))


def _type_of(mention: Mention, entities: Mapping[str, Any]) -> str:
    found = entities.get(mention.entity)
    return found.type if found is not None else mention.type


def _touching(mine: Mapping[tuple[int, int], Mention], gold: Mapping[str, Any]) -> Mention | None:
    return next(
        (item for (start, end), item in mine.items() if start < gold["end"] and gold["start"] < end), None
    )
