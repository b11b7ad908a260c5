"""The statements, the mentions and the entities as tables: JSON lines in full, CSV and Parquet flat."""

from __future__ import annotations

import csv as comma_separated
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, TYPE_CHECKING

from kg.model import Attribution, Node, Qualifier, Statement

if TYPE_CHECKING:
    from kg.graph.graph import Graph

__all__ = ["COLUMNS", "TABLES", "csv", "jsonl", "parquet"]

Record = dict[str, object]


def statements(graph: Graph) -> Iterator[Record]:
    """One record for each statement that was read; what rules inferred is not among them."""
    return map(_statement, graph.statements())


def mentions(graph: Graph) -> Iterator[Record]:
    """One record for each mention, with what it refers to."""
    known = {entity.id: entity for entity in graph.entities()}
    for document, mention in graph.mentions():
        entity = known.get(mention.entity)
        yield {
            "document": document.name,
            "start": mention.start,
            "end": mention.end,
            "text": mention.text,
            "kind": mention.kind,
            "entity": mention.entity,
            "label": entity.label if entity else mention.text,
            "type": entity.type if entity else mention.type,
        }


def entities(graph: Graph) -> Iterator[Record]:
    """One record for each entity, with its other names, its links, and how often it is mentioned."""
    counts: dict[str, int] = {}
    for _, mention in graph.mentions():
        counts[mention.entity] = counts.get(mention.entity, 0) + 1
    for entity in graph.entities():
        yield {
            "id": entity.id,
            "label": entity.label,
            "type": entity.type,
            "aliases": list(entity.aliases),
            "named": entity.named,
            "links": list(entity.links),
            "mentions": counts.get(entity.id, 0),
        }


TABLES: Mapping[str, Callable[[Graph], Iterator[Record]]] = {
    "statements": statements,
    "mentions": mentions,
    "entities": entities,
}

# The flat tables: column, and the type that Parquet gives it.
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "statements": {
        "id": "string",
        "subject_id": "string",
        "subject_label": "string",
        "subject_type": "string",
        "subject_mention": "string",
        "subject_value": "string",
        "predicate_id": "string",
        "predicate_label": "string",
        "predicate_lemma": "string",
        "object_id": "string",
        "object_label": "string",
        "object_type": "string",
        "object_mention": "string",
        "object_value": "string",
        "qualifiers": "string",
        "attribution": "string",
        "polarity": "string",
        "modality": "string",
        "asserted": "bool",
        "document": "string",
        "start": "int64",
        "end": "int64",
        "quote": "string",
        "evidence": "string",
        "rule": "string",
        "confidence": "float64",
    },
    "mentions": {
        "document": "string",
        "start": "int64",
        "end": "int64",
        "text": "string",
        "kind": "string",
        "entity": "string",
        "label": "string",
        "type": "string",
    },
    "entities": {
        "id": "string",
        "label": "string",
        "type": "string",
        "aliases": "string",
        "named": "bool",
        "links": "string",
        "mentions": "int64",
    },
}


def jsonl(records: Iterable[Record], table: str, output: IO[bytes]) -> None:
    """One JSON object a line."""
    del table
    for record in records:
        output.write(_json(record).encode("utf-8") + b"\n")


def csv(records: Iterable[Record], table: str, output: IO[bytes]) -> None:
    """Comma-separated values (RFC 4180), UTF-8, a line of names first; lists are JSON."""
    text = io.TextIOWrapper(output, encoding="utf-8", newline="", write_through=True)
    writer = comma_separated.DictWriter(text, list(COLUMNS[table]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(map(_flat, records))
    text.detach()


def parquet(records: Iterable[Record], table: str, output: IO[bytes]) -> None:
    """Parquet, the same columns as CSV, with their types."""
    import pyarrow
    from pyarrow import parquet as library

    types = {
        "string": pyarrow.string(),
        "int64": pyarrow.int64(),
        "float64": pyarrow.float64(),
        "bool": pyarrow.bool_(),
    }
    schema = pyarrow.schema([(name, types[kind]) for name, kind in COLUMNS[table].items()])
    rows = [{name: flat.get(name) for name in COLUMNS[table]} for flat in map(_flat, records)]
    library.write_table(pyarrow.Table.from_pylist(rows, schema), output)


def _statement(statement: Statement) -> Record:
    return {
        "id": statement.id,
        "subject": _node(statement.subject),
        "predicate": {"id": statement.predicate, "label": statement.label, "lemma": statement.lemma},
        "object": _node(statement.object) if statement.object else None,
        "qualifiers": [_qualifier(qualifier) for qualifier in statement.qualifiers],
        "attribution": [_attribution(source) for source in statement.attribution],
        "polarity": statement.polarity,
        "modality": statement.modality,
        "asserted": statement.asserted,
        "evidence": [
            {"document": one.document, "start": one.start, "end": one.end, "quote": one.quote}
            for one in statement.evidence
        ],
        "rule": statement.rule,
        "confidence": statement.confidence,
    }


def _node(node: Node) -> Record:
    record: Record = {"id": node.id, "label": node.label, "type": node.type, "mention": node.mention}
    return record | _value(node)


def _value(node: Node) -> Record:
    return {} if node.value is None else {"value": node.value.json()}


def _qualifier(qualifier: Qualifier) -> Record:
    node = qualifier.node
    return {"role": qualifier.role, "id": node.id, "label": node.label, "mention": node.mention} | _value(
        node
    )


def _attribution(source: Attribution) -> Record:
    node = source.node
    return {
        "id": node.id,
        "label": node.label,
        "mention": node.mention,
        "cue": source.cue,
        "stance": source.stance,
    }


def _flat(record: Record) -> Record:
    """A record without parts: objects become columns, lists become JSON, the first evidence has columns of its own."""
    flat: Record = {}
    for key, value in record.items():
        if isinstance(value, dict):
            flat |= {
                f"{key}_{name}": _json(part) if isinstance(part, dict) else part
                for name, part in value.items()
            }
        elif isinstance(value, list):
            flat[key] = _json(value)
            if key == "evidence":
                flat |= value[0]
        elif value is not None:
            flat[key] = value
    return flat


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
