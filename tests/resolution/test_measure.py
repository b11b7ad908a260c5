"""How well what is one across articles is told from what is not, on pairs that were judged by hand.

pairs.tsv holds our own labels: two articles by id, a name of each with its type there, and whether they are one
thing. Drawn at random by kind of difficulty: names spelled alike, parts of names, acronyms, namesakes, conflicting
types. Pairs of which a reader could not be sure were left out.
"""

from __future__ import annotations

import csv
import sys
from functools import cache
from pathlib import Path

import pytest

from kg.resolution.clusters import Unit
from kg.resolution.profiles import fold
from kg.resolution.resolving import resolve

sys.path.insert(0, str(Path(__file__).parent))
import winer

PAIRS = Path(__file__).with_name("pairs.tsv")
PRECISION, RECALL = 0.97, 0.85

pytestmark = pytest.mark.skipif(
    not winer.FILE.exists(), reason="WiNER-fr is not in the folder shared beside the project"
)


@cache
def answers() -> list[tuple[dict[str, str], bool]]:
    """Each pair with whether the resolution of all articles makes them one."""
    articles = winer.articles()
    groups = resolve(articles).by_unit()
    units = {
        (article.id, fold(name), named.type): Unit(article.id, named.id)
        for article in articles
        for named in article.named
        for name in named.names
    }
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    found = []
    for row in rows:
        one = units[row["article"], fold(row["name"]), row["type"]]
        other = units[row["other article"], fold(row["other name"]), row["other type"]]
        found.append((row, groups[one] is groups[other]))
    return found


def test_there_are_enough_pairs_and_namesakes() -> None:
    assert len(answers()) >= 300
    assert sum(row["answer"] == "different" for row, _ in answers()) >= 50


def test_precision() -> None:
    joined = [row for row, same in answers() if same]
    wrong = [row for row in joined if row["answer"] == "different"]
    assert 1 - len(wrong) / len(joined) >= PRECISION, wrong


def test_recall() -> None:
    alike = [(row, same) for row, same in answers() if row["answer"] == "same"]
    missed = [row for row, same in alike if not same]
    assert 1 - len(missed) / len(alike) >= RECALL, missed
