"""Which articles a journal holds: one for each text.

Where several files have the same text, the one that sorts first stands for all; the others are kept as spares,
so that the graph without one of the files is the graph that the others alone would have given.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from sys import intern
from urllib.parse import quote, unquote

from kg.graph.journal import SPARE, Journal, MemoryJournal
from kg.graph.members import Packed
from kg.graph.own import own, own_digest
from kg.model import Document

__all__ = ["ARTICLE", "Entry", "Shelf", "document_key", "note"]

# What the names of members begin with that hold an article.
ARTICLE = "article-"


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """An article as one file gave it: the file's name, a hash of text and metadata, a hash of what read it."""

    file: str
    document: str = ""
    reader: str = ""


def document_key(document: Document) -> str:
    """A hash of all that is known of a document before it is read: its name, its text, its metadata."""
    known = (
        document.name,
        document.text,
        document.language,
        document.title,
        str(document.published or ""),
        document.outlet,
        document.author,
        document.url,
    )
    return sha256(json.dumps(known).encode("ascii")).hexdigest()[:16]


def note(document: Document, reader: str) -> str:
    """What the journal notes beside an article, in one line of ASCII."""
    return f"{document_key(document)} {reader or '-'} {quote(document.name)}"


def _entry(note: str) -> Entry:
    document, reader, file = note.split(" ")
    return Entry(unquote(file), document, "" if reader == "-" else intern(reader))


class Shelf:
    """The articles of a journal; every change is written there. Each change returns the names of what it changed."""

    def __init__(self, journal: Journal | MemoryJournal, file_name: Callable[[str], str]) -> None:
        """`file_name` tells the file of an article whose note says nothing, as after an update by hand."""
        self._journal = journal
        self._held: dict[str, dict[str, Entry]] = {}
        self._places: dict[str, str] = {}
        for name in (*journal.names(), *journal.spares()):
            identifier = name.removeprefix(SPARE)[: len(ARTICLE) + 12]
            if identifier.startswith(ARTICLE):
                written = journal.note(name)
                self._hold(identifier, name, _entry(written) if written else Entry(file_name(identifier)))

    def articles(self) -> Iterator[tuple[str, str]]:
        """The (file name, id) of each text, by id."""
        return ((held[identifier].file, identifier) for identifier, held in sorted(self._held.items()))

    def file(self, identifier: str) -> str | None:
        """The name of the file that stands for a text; None where there is none."""
        held = self._held.get(identifier)
        return held[identifier].file if held else None

    def reader(self, document: str) -> str:
        """What read the document of that key; the empty string where it is not here."""
        place = self._places.get(document)
        return "" if place is None else self._entry_at(place).reader

    def packed(self, document: str) -> Packed:
        """What was read from the document of that key. Raises GraphError where it is damaged."""
        place = self._places[document]
        return replace(own(self._journal, place), name=_identifier(place))

    def put(self, member: Packed) -> set[str]:
        """Keep an article, in place of what was read from the same document before."""
        identifier, entry = member.name, _entry(member.note)
        held = self._held.get(identifier, {})
        place = self._place(held, entry)
        if place is None and identifier in held:
            place = f"{SPARE}{identifier}-{entry.document}"
            if entry < held[identifier]:
                first = held[identifier]
                self._write(replace(own(self._journal, identifier), name=_spare(identifier, first)), first)
                place = identifier
        place = place or identifier
        if place in held and (own_digest(self._journal, place), self._journal.note(place)) == (
            member.sha256,
            member.note,
        ):
            return set()
        self._write(replace(member, name=place), entry)
        return {identifier} & {place}

    def remove(self, article: str) -> tuple[int, set[str]]:
        """Forget what a file of that name gave, or all that has that id; how much that was."""
        gone = [
            (identifier, place)
            for identifier, held in self._held.items()
            for place, entry in held.items()
            if article in (identifier, entry.file)
        ]
        return len({identifier for identifier, _ in gone}), self._forget(gone)

    def retain(self, documents: Container[str], files: Container[str] | None = None) -> tuple[int, set[str]]:
        """Forget all, or all that these files gave, but the documents of these keys; how much that was."""
        gone = [
            (identifier, place)
            for identifier, held in self._held.items()
            for place, entry in held.items()
            if entry.document not in documents and (files is None or entry.file in files)
        ]
        return len(gone), self._forget(gone)

    def knows(self, article: str) -> bool:
        """Whether a file of that name, or a text of that id, is here."""
        return article in self._held or any(
            entry.file == article for held in self._held.values() for entry in held.values()
        )

    def _forget(self, places: list[tuple[str, str]]) -> set[str]:
        changed = set()
        # Spares first, so that none of them is put forward only to be forgotten.
        for identifier, place in sorted(places, key=lambda pair: (not pair[1].startswith(SPARE), pair)):
            held = self._held[identifier]
            entry = held.pop(place)
            if self._places.get(entry.document) == place:
                del self._places[entry.document]
            if place == identifier:
                changed.add(identifier)
                if held:
                    spare = min(held, key=held.__getitem__)
                    self._write(replace(self._journal.packed(spare), name=identifier), held.pop(spare))
                    self._journal.remove(spare)
                    continue
            self._journal.remove(place)
            if not held:
                del self._held[identifier]
        return changed

    def _place(self, held: dict[str, Entry], entry: Entry) -> str | None:
        """Where this document stands already."""
        same = (place for place, other in sorted(held.items()) if other.document in ("", entry.document))
        return next((place for place in same if held[place].document or held[place].file == entry.file), None)

    def _write(self, member: Packed, entry: Entry) -> None:
        self._journal.put_packed(member)
        self._hold(_identifier(member.name), member.name, entry)

    def _hold(self, identifier: str, place: str, entry: Entry) -> None:
        held = self._held.setdefault(identifier, {})
        before = held.get(place)
        if before is not None and self._places.get(before.document) == place:
            del self._places[before.document]
        held[place] = entry
        if entry.document:
            self._places[entry.document] = place

    def _entry_at(self, place: str) -> Entry:
        return self._held[_identifier(place)][place]


def _identifier(place: str) -> str:
    return place.removeprefix(SPARE)[: len(ARTICLE) + 12]


def _spare(identifier: str, entry: Entry) -> str:
    return f"{SPARE}{identifier}-{entry.document}"
