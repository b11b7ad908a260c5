"""Draws pairs of names to be judged by hand, names that no file has together yet.

    python tests/resolution/draw.py SEED > new.tsv

Strata by how alike the names are; within each, by chance, one pair for each pair of names, of articles that are in no
file where there are such. No resolution is asked; the answer, and the reason for it, stay empty.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import winer

from kg.resolution.names import initials, is_full, loose
from kg.resolution.profiles import fold

SIZES = {
    "alike-full": 50,
    "alike-bare": 30,
    "alike-Organization": 60,
    "alike-Place": 35,
    "alike-Event": 25,
    "alike-Product": 15,
    "person-part": 45,
    "person-last": 40,
    "acronym": 30,
    "types": 30,
    "loose": 15,
    "spelling": 30,
    "similar": 60,
}
COLUMNS = [
    "drawn",
    "article",
    "type",
    "name",
    "other article",
    "other type",
    "other name",
    "answer",
    "reason",
]
# Two names that are this much alike may be one, spelled in two ways. Shorter words are shared by too many names,
# and those that are spelled in two ways begin alike.
ALIKE, FIRST = 0.84, 3
Named = tuple[str, str, str]


def main() -> None:
    """Print the pairs."""
    chance = random.Random(int(sys.argv[1]))
    known = {row[end] for row in rows() for end in ("article", "other article")}
    judged = {tuple(sorted({fold(row["name"]), fold(row["other name"])})) for row in rows()}
    named = sorted(
        {(one.label, one.type, article.id) for article in winer.articles() for one in article.named}
    )
    strata: dict[str, dict[tuple[str, ...], list[tuple[Named, Named]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for one, other in likely(named):
        names = tuple(sorted({fold(one[0]), fold(other[0])}))
        kind = stratum(one, other) if one[2] != other[2] and names not in judged else ""
        if kind:
            strata[kind][names].append((one, other))
    table = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    table.writerow(COLUMNS)
    for kind, size in SIZES.items():
        names = sorted(strata[kind])
        for each in sorted(chance.sample(names, min(size, len(names)))):
            used = [len(known & {one[2], other[2]}) for one, other in strata[kind][each]]
            fresh = [pair for pair, count in zip(strata[kind][each], used, strict=True) if count == min(used)]
            pair = chance.choice(fresh)
            (name, type_, article), (other_name, other_type, other) = sorted(pair, key=lambda it: it[2])
            table.writerow([kind, article, type_, name, other, other_type, other_name, "", ""])


def likely(named: list[Named]) -> Iterator[tuple[Named, Named]]:
    """The pairs that can be alike at all: with a word, an acronym, or the first letters in common; each once, sorted."""
    by_name: dict[str, list[Named]] = defaultdict(list)
    blocks: dict[str, set[str]] = defaultdict(set)
    for one in named:
        name = fold(one[0])
        by_name[name].append(one)
        words = (word for word in name.split() if len(word) >= FIRST)
        for key in (name, *words, loose(one[0]), f"^{name[:FIRST]}", *initials(name)):
            blocks[key].add(name)
    pairs = {pair for block in blocks.values() for pair in combinations(sorted(block), 2)}
    yield from (pair for ones in by_name.values() for pair in combinations(ones, 2))
    for first, second in sorted(pairs):
        yield from (tuple(sorted((one, other))) for one in by_name[first] for other in by_name[second])


def rows() -> list[dict[str, str]]:
    """The pairs that were judged so far."""
    found = []
    for path in sorted(Path(__file__).parent.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += list(csv.DictReader(file, delimiter="\t"))
    return found


def stratum(one: Named, other: Named) -> str:
    """In what the two names are alike, "" where in nothing."""
    mine, theirs = fold(one[0]), fold(other[0])
    if mine == theirs:
        if one[1] != other[1]:
            return "types"
        if one[1] == "Person":
            return "alike-full" if is_full(one[0]) else "alike-bare"
        return f"alike-{one[1]}"
    if one[1] != other[1]:
        return ""
    if one[1] == "Person":
        return of_persons(one[0], other[0])
    if mine in initials(theirs) or theirs in initials(mine):
        return "acronym"
    if loose(one[0]) == loose(other[0]):
        return "loose"
    words, others = set(mine.split()), set(theirs.split())
    return "similar" if words <= others or others <= words else spelling(mine, theirs)


def of_persons(one: str, other: str) -> str:
    """Persons: the one's name the end of the other's, or one last name."""
    mine, theirs = fold(one), fold(other)
    if mine.endswith(f" {theirs}") or theirs.endswith(f" {mine}"):
        return "person-part"
    if is_full(one) and is_full(other) and mine.split()[-1] == theirs.split()[-1]:
        return "person-last"
    return spelling(mine, theirs)


def spelling(mine: str, theirs: str) -> str:
    """Names that differ in a few letters, as where they were brought over from another script."""
    both = SequenceMatcher(None, mine, theirs, autojunk=False)
    return "spelling" if both.quick_ratio() >= ALIKE and both.ratio() >= ALIKE else ""


if __name__ == "__main__":
    main()
