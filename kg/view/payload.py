"""What the page knows, as compact JSON: tables of rows, each text once, offsets in code points of the article.

The rows are read by assets/10-data.js; a change here is a change there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.model import Amount, Document, Entity, Evidence, Mention, Node, Period, Statement
from kg.view.names import clean, fold, web_address
from kg.view.network import STATUSES, Drawing
from kg.view.passages import EmbedText, passages

__all__ = ["Payload"]

# Latin letters that JavaScript and Python lower and strip in the same way.
PLAIN = re.compile("[A-Za-zÀ-ÖØ-Þà-öø-ÿ0-9 '’-]+")
# A day as the page can place it in time.
DAY = re.compile(r"\d{4}(-\d\d){0,2}$")
STANCES = ("neutral", "endorsing", "distancing")


class Table:
    """Values in the order of their first use; a row refers to one by its number."""

    def __init__(self, values: Iterable[Any] = ()) -> None:
        self.values: list[Any] = list(values)
        self._numbers = {value: number for number, value in enumerate(self.values)}

    def number(self, value: Any) -> int:
        """The number of a value, given to it now if it has none."""
        number = self._numbers.setdefault(value, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        return number


class Payload:
    """The tables of one page. `nodes` are graph nodes in the order of their numbers on the page."""

    def __init__(
        self,
        nodes: Sequence[str],
        drawings: Sequence[Drawing],
        documents: Sequence[Document],
        mentions: Iterable[tuple[str, Mention]],
    ) -> None:
        self.nodes = {node: number for number, node in enumerate(nodes)}
        self.documents = documents
        self.drawings = drawings
        self.numbers = {drawing.statement.id: number for number, drawing in enumerate(drawings)}
        self.predicates, self.rules, self.evidence = Table(), Table([""]), Table()
        self._marks: dict[tuple[str, str], set[tuple[int, int]]] = {}
        for name, mention in mentions:
            if mention.entity in self.nodes:
                self._marks.setdefault((name, mention.entity), set()).add((mention.start, mention.end))
        self._homes = {document.name: number for number, document in enumerate(documents)}

    def statement_rows(self) -> list[list[Any]]:
        """[id, subject, predicate, object, status, [evidence…], rule, extras] of each statement, in reading order."""
        conflicts = conflicts_of([drawing.statement for drawing in self.drawings])
        return [self._row(drawing, conflicts.get(drawing.statement.id)) for drawing in self.drawings]

    def _row(self, drawing: Drawing, conflict: int | None) -> list[Any]:
        statement = drawing.statement
        extras = self._extras(statement)
        if conflict is not None:
            extras["x"] = conflict
        premises = [self.numbers[each] for each in drawing.premises if each in self.numbers]
        if premises:
            extras["p"] = premises
        row = [
            statement.id.removeprefix("statement-"),
            self._end(statement.subject, statement),
            self.predicates.number((statement.predicate, clean(statement.label), clean(statement.lemma))),
            None if statement.object is None else self._end(statement.object, statement),
            STATUSES.index(drawing.status),
            [
                self.evidence.number(self._place(each))
                for each in statement.evidence
                if each.document in self._homes
            ],
            self.rules.number(clean(statement.rule)),
        ]
        return [*row, extras] if extras else row

    def _place(self, evidence: Evidence) -> tuple[int, int, int]:
        return self._homes[evidence.document], evidence.start, evidence.end

    def _end(self, node: Node, statement: Statement) -> Any:
        """A participant: number of its node on the page, or [label, id] for what has none."""
        for key in (node.id, f"{node.id}@{statement.subject.id}"):
            if key in self.nodes and node.type != "Statement":
                return self.nodes[key]
        return [clean(node.label), node.id]

    def _extras(self, statement: Statement) -> dict[str, Any]:
        """What most statements do not have, under one-letter keys."""
        target = statement.object
        found = {
            "n": int(statement.polarity != "affirmed"),
            "m": "" if statement.modality == "actual" else statement.modality,
            "a": [
                [self._end(source.node, statement), clean(source.cue), STANCES.index(source.stance)]
                for source in statement.attribution
            ],
            "q": [
                [qualifier.role, self._end(qualifier.node, statement)] for qualifier in statement.qualifiers
            ],
            "c": 0 if statement.confidence >= 1 else round(statement.confidence, 2),
            "w": when(statement),
            "s": self._surface(statement.subject, statement),
            "o": self._surface(target, statement) if target else "",
            "v": target.value.json() if target and isinstance(target.value, Amount) else {},
        }
        return {key: value for key, value in found.items() if value}

    def _surface(self, node: Node, statement: Statement) -> str:
        """The words of the text for a participant, where neither its name nor a mention leads to them."""
        if node.mention == node.label or any(self._is_marked(node.id, each) for each in statement.evidence):
            return ""
        return node.mention

    def _is_marked(self, entity: str, evidence: Evidence) -> bool:
        marks = self._marks.get((evidence.document, entity), ())
        return any(evidence.start <= start and end <= evidence.end for start, end in marks)

    def document_rows(self, embed: EmbedText) -> list[dict[str, Any]]:
        """Each article: what is known of it, its passages as [start, text], its mentions as [start, end, node]."""
        quotes: dict[str, list[Evidence]] = {}
        for drawing in self.drawings:
            for evidence in drawing.statement.evidence:
                quotes.setdefault(evidence.document, []).append(evidence)
        marks: dict[str, list[tuple[int, int, int]]] = {}
        for (name, entity), spans in self._marks.items():
            marks.setdefault(name, []).extend((start, end, self.nodes[entity]) for start, end in spans)
        return [self._document(document, quotes, marks, embed) for document in self.documents]

    def _document(
        self,
        document: Document,
        quotes: Mapping[str, list[Evidence]],
        marks: Mapping[str, list[tuple[int, int, int]]],
        embed: EmbedText,
    ) -> dict[str, Any]:
        parts = passages(document, quotes.get(document.name, ()), embed)
        inside = [
            mark
            for mark in sorted(marks.get(document.name, ()))
            if any(start <= mark[0] and mark[1] <= start + len(text) for start, text in parts)
        ]
        return {
            "id": document.id,
            "name": clean(document.name),
            "title": clean(document.title or ""),
            "date": document.published.isoformat() if document.published else "",
            "outlet": clean(document.outlet or ""),
            "author": clean(document.author or ""),
            "url": web_address(document.url),
            "lang": document.language,
            "size": len(document.text),
            "parts": parts,
            "marks": inside,
        }

    def node_rows(
        self, shown: Iterable[Mapping[str, Any]], entities: Mapping[str, Entity], types: Table
    ) -> list[list[Any]]:
        """[id, label, type, x, y, size, community, extras] of each pyvis node."""
        return [self._node(node, entities.get(node["iri"]), types) for node in shown]

    @staticmethod
    def _node(node: Mapping[str, Any], entity: Entity | None, types: Table) -> list[Any]:
        key = "" if _plain_key(node["key"], node["label"]) else node["key"]
        row = [
            key,
            node["label"],
            types.number(node["group"]),
            node["x"],
            node["y"],
            node["size"],
            node["community"],
        ]
        extras: dict[str, Any] = {"i": node["iri"]} if node["iri"] != node["key"] else {}
        if entity:
            aliases = [clean(alias) for alias in entity.aliases if clean(alias) != node["label"]]
            links = [link for link in entity.links if web_address(link)]
            extras |= ({"a": aliases} if aliases else {}) | ({"l": links} if links else {})
        return [*row, extras] if extras else row

    def edge_rows(self, shown: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
        """[from, to, look, bend, link…] of each pyvis edge; a link is its statement or [statement, kind, word]."""
        return [
            [
                int(e["from"][1:]),
                int(e["to"][1:]),
                e["look"],
                e["bend"],
                *(link if len(link) > 1 else link[0] for link in e["links"]),
            ]
            for e in shown
        ]


def _plain_key(key: str, label: str) -> bool:
    """Whether the page can make an entity's id from its label: letters that every language folds alike."""
    return PLAIN.fullmatch(label) is not None and fold(label).replace(" ", "-") == key


def when(statement: Statement) -> list[str]:
    """[first day, last day, hour?] of what a statement tells, from a time among its participants."""
    nodes = [qualifier.node for qualifier in statement.qualifiers if qualifier.role == "time"]
    nodes += [statement.object] if statement.object else []
    for node in nodes:
        if isinstance(node.value, Period) and DAY.match(node.value.start or node.value.end):
            period = node.value
            return [
                period.start or period.end,
                period.end or period.start,
                *([period.hour] if period.hour else []),
            ]
    return []


def conflicts_of(statements: Sequence[Statement]) -> dict[str, int]:
    """Statements of different articles that do not agree: statement id → number of the disagreement.

    Two disagree when one affirms what the other denies, or when they give different values to the same thing.
    """
    groups: dict[tuple[str, ...], list[Statement]] = {}
    for statement in statements:
        target = statement.object
        if target is not None and target.type not in ("Amount", "Date"):
            groups.setdefault(("polarity", statement.subject.id, statement.predicate, target.id), []).append(
                statement
            )
        if target is not None and isinstance(target.value, Amount):
            unit = target.value.unit + "/" + target.value.per
            groups.setdefault(("value", statement.subject.id, statement.predicate, unit), []).append(
                statement
            )
    found = [group for _, group in sorted(groups.items()) if _disagree(group)]
    return {statement.id: number for number, group in enumerate(found) for statement in group}


def _disagree(group: Sequence[Statement]) -> bool:
    for number, one in enumerate(group):
        for other in group[number + 1 :]:
            apart = {e.document for e in one.evidence}.isdisjoint(e.document for e in other.evidence)
            if apart and (one.polarity != other.polarity or _other_value(one, other)):
                return True
    return False


def _other_value(one: Statement, other: Statement) -> bool:
    """Whether two statements give amounts that cannot both be right."""
    values = [statement.object.value if statement.object else None for statement in (one, other)]
    if not all(isinstance(value, Amount) for value in values):
        return False
    (low, high), (other_low, other_high) = (_bounds(value) for value in values if isinstance(value, Amount))
    return high < other_low or other_high < low


def _bounds(amount: Amount) -> tuple[float, float]:
    if amount.value is not None:
        return amount.value, amount.value
    low = amount.minimum if amount.minimum is not None else float("-inf")
    return low, amount.maximum if amount.maximum is not None else float("inf")
