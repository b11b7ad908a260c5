"""Treebanks in CoNLL-U, one token per surface word.

A contraction ("du" for "de le") is written there as a range over two words. Here it is one word, with the
analysis of the first of the two whose head lies outside: the words of a sentence then stand in its text as
they are, and the text is checked against them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import LanguageError

__all__ = ["TreebankSentence", "Word", "read", "read_file"]

Features = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A surface word of a treebank: offsets in its sentence's text; `head` counts from 0, -1 for the root."""

    text: str
    start: int
    end: int
    lemma: str
    upos: str
    features: Features
    head: int
    deprel: str


@dataclass(frozen=True, slots=True)
class TreebankSentence:
    """A sentence of a treebank: its name, its exact text, its words."""

    id: str
    text: str
    words: tuple[Word, ...]


def read_file(path: Path) -> Iterator[TreebankSentence]:
    """The sentences of a CoNLL-U file; raises LanguageError where text and words disagree."""
    with path.open(encoding="utf-8") as lines:
        yield from read(lines, name=path.name)


def read(lines: Iterable[str], name: str = "-") -> Iterator[TreebankSentence]:
    """The sentences of a CoNLL-U text; `name` is what errors call it."""
    block: list[str] = []
    for line in lines:
        if line.strip():
            block.append(line.rstrip("\n"))
        elif block:
            yield _sentence(block, name)
            block = []
    if block:
        yield _sentence(block, name)


def _sentence(block: list[str], name: str) -> TreebankSentence:
    comments = dict(_comment(line) for line in block if line.startswith("#"))
    rows = [line.split("\t") for line in block if not line.startswith("#")]
    text = comments.get("text", "")
    where = f"{name}: {comments.get('sent_id', '?')}"
    if any(len(row) < 8 for row in rows):
        raise LanguageError(f"{where}: a line has fewer than 8 columns; is this CoNLL-U?")
    surface = _surface([row for row in rows if "." not in row[0]])
    place = {number: index for index, (_, numbers, _) in enumerate(surface) for number in numbers}
    words: list[Word] = []
    end = 0
    for form, _, row in surface:
        start = text.find(form, end)
        if start < 0 or text[end:start].strip():
            raise LanguageError(f"{where}: the word '{form}' is not where the text says; mend the file")
        end = start + len(form)
        head = place[int(row[6])] if row[6] != "0" else -1
        words.append(Word(form, start, end, row[2], row[3], features(row[5]), head, row[7]))
    if text[end:].strip():
        raise LanguageError(f"{where}: the text goes on after its last word; mend the file")
    return TreebankSentence(comments.get("sent_id", ""), text, tuple(words))


def _comment(line: str) -> tuple[str, str]:
    key, _, value = line[1:].partition("=")
    return key.strip(), value.removeprefix(" ")


def _surface(rows: list[list[str]]) -> list[tuple[str, list[int], list[str]]]:
    """Each surface word: its form, the numbers it covers, the row whose analysis it takes."""
    found: list[tuple[str, list[int], list[str]]] = []
    covered: set[int] = set()
    by_number = {int(row[0]): row for row in rows if "-" not in row[0]}
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            inside = list(range(first, last + 1))
            covered.update(inside)
            outward = [by_number[n] for n in inside if int(by_number[n][6]) not in inside]
            found.append((row[1], inside, outward[0]))
        elif int(row[0]) not in covered:
            found.append((row[1], [int(row[0])], row))
    return found


def features(column: str) -> Features:
    """UD features as sorted pairs.

    >>> features("Number=Sing|Gender=Fem")
    (('Gender', 'Fem'), ('Number', 'Sing'))
    """
    if column == "_":
        return ()
    pairs = (pair.partition("=") for pair in column.split("|"))
    return tuple(sorted((name, value) for name, _, value in pairs))
