"""Draws pairs of names to be judged by hand; of each, one article at least is in no file yet.

    python tests/resolution/draw.py SEED > new.tsv

Strata by how alike the names are; within each, by chance, one pair for each pair of names, of two articles that are
in no file where there is one. No resolution is asked; the answer stays empty.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import defaultdict
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import winer

from kg.resolution.clusters import initials, is_full, loose
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
    "types": 25,
    "loose": 15,
    "similar": 75,
}
COLUMNS = ["drawn", "article", "type", "name", "other article", "other type", "other name", "answer"]
Named = tuple[str, str, str]


def main() -> None:
    """Print the pairs."""
    chance = random.Random(int(sys.argv[1]))
    known = {row[end] for row in rows() for end in ("article", "other article")}
    named = sorted(
        {(one.label, one.type, article.id) for article in winer.articles() for one in article.named}
    )
    strata: dict[str, dict[tuple[str, ...], list[tuple[Named, Named]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for one, other in combinations(named, 2):
        kind = stratum(one, other) if one[2] != other[2] and not {one[2], other[2]} <= known else ""
        if kind:
            names = tuple(sorted({fold(one[0]), fold(other[0])}))
            strata[kind][names].append((one, other))
    table = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    table.writerow(COLUMNS)
    for kind, size in SIZES.items():
        names = sorted(strata[kind])
        for each in sorted(chance.sample(names, min(size, len(names)))):
            fresh = [pair for pair in strata[kind][each] if not known & {pair[0][2], pair[1][2]}]
            pair = chance.choice(fresh or strata[kind][each])
            (name, type_, article), (other_name, other_type, other) = sorted(pair, key=lambda it: it[2])
            table.writerow([kind, article, type_, name, other, other_type, other_name, ""])


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
    return "similar" if words <= others or others <= words else ""


def of_persons(one: str, other: str) -> str:
    """Persons: the one's name the end of the other's, or one last name."""
    mine, theirs = fold(one), fold(other)
    if mine.endswith(f" {theirs}") or theirs.endswith(f" {mine}"):
        return "person-part"
    return "person-last" if is_full(one) and is_full(other) and mine.split()[-1] == theirs.split()[-1] else ""


if __name__ == "__main__":
    main()
