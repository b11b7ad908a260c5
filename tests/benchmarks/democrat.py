"""The newspaper articles of Democrat (CoNLL) as texts with their chains: « L'Est républicain », whole articles.

A chain is a list of stretches of the text, of every noun phrase, pronoun and possessive that speaks of one thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.entities.names import head_of
from kg.model import Analysis

__all__ = ["heads_of_chains", "read_democrat"]

FILE = "data/democrat-coref-fr/dem1921_sg.dev.conll"
# Which of its documents are newspaper articles, by name.
PRESS = "estrepublicain"
NAME = re.compile(r"^#begin document \((.*?)\)")
PARAGRAPH, CHAINS = 11, 14
# What stands without a space before it.
CLOSING = frozenset(",.)…”]")
HEADS = ("NOUN", "PROPN", "PRON", "X")
Stretch = tuple[int, int]


def read_democrat(shared: Path) -> Iterator[tuple[str, str, list[list[Stretch]]]]:
    """Name, text and chains of each article."""
    name, rows = "", []
    for line in (shared / FILE).read_text(encoding="utf-8").splitlines():
        if found := NAME.match(line):
            name, rows = found[1], []
        elif line.startswith("#end") and PRESS in name:
            yield name, *_text_and_chains(rows)
        elif line and not line.startswith("#"):
            rows.append(line.split("\t"))


def _text_and_chains(rows: Sequence[Sequence[str]]) -> tuple[str, list[list[Stretch]]]:
    text, paragraph, glued = "", "", True
    cover: dict[str, Stretch] = {}
    begun: dict[str, list[int]] = {}
    chains: dict[str, list[Stretch]] = {}
    for row in rows:
        number, form = row[0], row[1]
        if number in ("1", "1-2"):
            text += "" if not text else "\n\n" if row[PARAGRAPH] != paragraph else " "
            paragraph, glued, cover = row[PARAGRAPH], True, {}
        if number not in cover:
            spaced = not glued and form not in CLOSING and not form.startswith("-")
            start = len(text) + spaced
            text = f"{text}{' ' if spaced else ''}{form}"
            glued = form.endswith(("'", "’", "("))
            first, _, last = number.partition("-")
            # "du" stands for two words, which have its place.
            cover |= {str(n): (start, len(text)) for n in range(int(first), int(last or first) + 1)}
        start, end = cover[number.partition("-")[0]]
        for part in row[CHAINS].split("|") if "-" not in number else ():
            chain = part.strip("()")
            if part.startswith("("):
                begun.setdefault(chain, []).append(start)
            if part.endswith(")"):
                chains.setdefault(chain, []).append((begun[chain].pop(), end))
    return text, list(chains.values())


def heads_of_chains(chains: Sequence[Sequence[Stretch]], analysis: Analysis) -> dict[tuple[int, int], int]:
    """Sentence and token of each head word → its chain; of the stretches with one head, the shortest."""
    found: dict[tuple[int, int], int] = {}
    stretches = [(end - start, start, end, i) for i, chain in enumerate(chains) for start, end in chain]
    for _, start, end, chain in sorted(stretches):
        for sentence in analysis.sentences:
            if sentence.start <= start < sentence.end:
                inside = [token for token in sentence.tokens if token.start < end and start < token.end]
                head = head_of(inside) if inside else None
                if head is not None and (len(inside) == 1 or head.upos in HEADS):
                    found.setdefault((sentence.index, head.index), chain)
    return found
