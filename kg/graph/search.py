"""Full text beside the store: labels, quotes and sentences in SQLite FTS5, accents folded, phrases.

kg search 'grève scénaristes'      both words, in any order
kg search '"directeur technique"'  the phrase
kg search 'scénarist*'             words that begin so
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat

from kg.errors import GraphError
from kg.graph.journal import Journal, MemoryJournal
from kg.graph.vocabulary import V

__all__ = ["Hit", "change", "create", "find", "in_memory"]

# What unicode61 does not fold: one letter that people write as two. A zero would end the words for SQLite.
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "\0": " "})
# Quotation marks of any kind make a phrase.
_MARKS = str.maketrans(dict.fromkeys("«»“”„", '"'))
_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')

_SCHEMA = """
CREATE TABLE passage (id INTEGER PRIMARY KEY, graph TEXT, kind TEXT, iri TEXT, text TEXT);
CREATE INDEX passage_graph ON passage (graph);
CREATE VIRTUAL TABLE word USING fts5(text, tokenize='unicode61 remove_diacritics 2');
"""


class Hit(NamedTuple):
    """A passage that has the words: `kind` is entity, statement, article or sentence; `graph` names the article."""

    kind: str
    iri: str
    text: str
    graph: str


def create(path: Path, journal: Journal | MemoryJournal) -> None:
    """Write the index of a whole journal."""
    with closing(sqlite3.connect(path)) as database:
        _fill(database, journal)


def in_memory(journal: Journal | MemoryJournal) -> sqlite3.Connection:
    """The same for a graph that is not saved."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(database, journal)
    return database


def _fill(database: sqlite3.Connection, journal: Journal | MemoryJournal) -> None:
    database.executescript(_SCHEMA)
    for name in journal.names():
        _insert(database, name, journal.read(name))
    database.commit()


def change(path: Path, journal: Journal, names: Iterable[str]) -> None:
    """Replace the passages of the articles that changed."""
    kept = set(journal.names())
    with closing(sqlite3.connect(path)) as database:
        for name in names:
            rows = database.execute("SELECT id FROM passage WHERE graph = ?", (name,)).fetchall()
            database.executemany("DELETE FROM word WHERE rowid = ?", rows)
            database.execute("DELETE FROM passage WHERE graph = ?", (name,))
            if name in kept:
                _insert(database, name, journal.read(name))
        database.commit()


def find(database: sqlite3.Connection, words: str, limit: int = 20) -> list[Hit]:
    """The best passages for words and "phrases", each text of each thing once; prefixes where nothing is exact.

    Raises GraphError where the index is damaged.
    """
    terms = [
        (phrase or word) for phrase, word in _TERM.findall(words.translate(_LIGATURES).translate(_MARKS))
    ]
    quoted = [
        '"' + term.rstrip("*").replace('"', "") + '"' + ("*" if term.endswith("*") else "") for term in terms
    ]
    quoted = [term for term in quoted if any(character.isalnum() for character in term)]
    if not quoted:
        return []
    beginnings = [term.rstrip("*") + "*" for term in quoted]
    try:
        return _matching(database, quoted, limit) or _matching(database, beginnings, limit)
    except sqlite3.DatabaseError as error:
        raise GraphError(
            f"The index of words is damaged ({error}). Remove the folder index; it is made again."
        ) from error


def _matching(database: sqlite3.Connection, terms: list[str], limit: int) -> list[Hit]:
    # An entity before a statement before a sentence, then the closest match; the rest makes the order total.
    found = database.execute(
        "SELECT kind, iri, passage.text, min(graph) FROM word JOIN passage ON passage.id = word.rowid WHERE word MATCH ?"
        " GROUP BY kind, iri, passage.text"
        " ORDER BY CASE kind WHEN 'entity' THEN 0 WHEN 'article' THEN 1 WHEN 'statement' THEN 2 ELSE 3 END,"
        " min(word.rank), iri, passage.text LIMIT ?",
        (" AND ".join(terms), limit),
    )
    return [Hit(*row) for row in found]


def _insert(database: sqlite3.Connection, name: str, content: bytes) -> None:
    for kind, iri, text in sorted(set(_passages(content))):
        row = database.execute(
            "INSERT INTO passage (graph, kind, iri, text) VALUES (?, ?, ?, ?)", (name, kind, iri, text)
        ).lastrowid
        database.execute("INSERT INTO word (rowid, text) VALUES (?, ?)", (row, text.translate(_LIGATURES)))


def _passages(content: bytes) -> Iterator[tuple[str, str, str]]:
    """What can be searched in an article: (kind, IRI, text)."""
    classes: dict[str, set[str]] = {}
    words: list[tuple[str, NamedNode, str]] = []
    quoting: list[tuple[str, str]] = []
    lines = (line for line in content.split(b"\n") if _predicate(line) in _LOOKED_AT)
    for quad in pyoxigraph.parse(b"\n".join(lines), RdfFormat.N_QUADS, lenient=True):
        subject = str(quad.subject.value)
        if quad.predicate == V.rdf_type:
            classes.setdefault(subject, set()).add(str(quad.object.value))
        elif quad.predicate == V.prov_derived and isinstance(quad.object, NamedNode):
            quoting.append((subject, quad.object.value))
        elif isinstance(quad.object, Literal) and quad.predicate in _SEARCHED:
            words.append((subject, quad.predicate, quad.object.value))
    anchors = {subject: text for subject, predicate, text in words if predicate == V.nif_anchor_of}
    for subject, predicate, text in words:
        kind = _kind(classes.get(subject, set()), predicate)
        if kind:
            yield kind, subject, text
    for subject, span in quoting:
        if span in anchors and V.Statement.value in classes.get(subject, ()):
            yield "statement", subject, anchors[span]


def _predicate(line: bytes) -> bytes:
    return line.split(b" ", 2)[1] if line else b""


_SEARCHED = (V.rdfs_label, V.skos_alias, V.nif_anchor_of)
_LOOKED_AT = frozenset(str(term).encode() for term in (*_SEARCHED, V.rdf_type, V.prov_derived))
_WITHOUT_NAME = {V.OpenRelation.value, V.Statement.value}


def _kind(classes: set[str], predicate: NamedNode) -> str:
    if predicate == V.nif_anchor_of:
        return "sentence" if V.Sentence.value in classes else ""
    if V.Article.value in classes:
        return "article"
    return "" if not classes or classes & _WITHOUT_NAME else "entity"


def opened(path: str) -> sqlite3.Connection:
    """The index of a published generation, which nobody changes any more."""
    return sqlite3.connect(
        f"{Path(path).absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )
