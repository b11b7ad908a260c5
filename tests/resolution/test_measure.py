"""How well what is one across articles is told from what is not, on pairs that were judged by hand.

The files hold our own labels: two articles by id, a name of each with its type there, and whether they are one
thing. Drawn at random by kind of likeness (draw.py): names spelled alike, parts of names, acronyms, one last name,
one name of two types, names within names. Pairs of which a reader could not be sure were left out.

On pairs.tsv the score sheet was developed. held_out.tsv was judged before anything was scored on it, each pair with
an article at least that pairs.tsv has not: precision .957 and recall .913 then (9 of 209 joined pairs were two: clubs
of one town, teams of one name, greens of two countries, a given name). Rules for a bare name, for places and for the
greens were made after; so what it shows since is no longer held out.
"""

from __future__ import annotations

import csv
import sys
from functools import cache
from pathlib import Path

import pytest

from kg.resolution.clusters import Unit
from kg.resolution.profiles import fold
from kg.resolution.resolving import Group, resolve

sys.path.insert(0, str(Path(__file__).parent))
import winer

FILES = ("pairs.tsv", "held_out.tsv")
PRECISION, RECALL = 0.97, 0.85

pytestmark = pytest.mark.skipif(
    not winer.FILE.exists(), reason="WiNER-fr is not in the folder shared beside the project"
)


Answers = list[tuple[dict[str, str], bool]]


@cache
def groups() -> dict[tuple[str, str, str], Group]:
    """What the resolution of all articles takes each name of each article for."""
    articles = winer.articles()
    found = resolve(articles).by_unit()
    return {
        (article.id, fold(name), named.type): found[Unit(article.id, named.id)]
        for article in articles
        for named in article.named
        for name in named.names
    }


@pytest.fixture(params=FILES)
def answers(request: pytest.FixtureRequest) -> Answers:
    """Each pair of a file with whether the two are taken for one."""
    with Path(__file__).with_name(request.param).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    ends = [
        [
            groups()[row[f"{which}article"], fold(row[f"{which}name"]), row[f"{which}type"]]
            for which in ("", "other ")
        ]
        for row in rows
    ]
    return [(row, one is other) for row, (one, other) in zip(rows, ends, strict=True)]


def test_there_are_enough_pairs_and_namesakes(answers: Answers) -> None:
    assert len(answers) >= 300
    assert sum(row["answer"] == "different" for row, _ in answers) >= 50


def test_precision(answers: Answers) -> None:
    joined = [row for row, same in answers if same]
    wrong = [row for row in joined if row["answer"] == "different"]
    assert 1 - len(wrong) / len(joined) >= PRECISION, wrong


def test_recall(answers: Answers) -> None:
    alike = [(row, same) for row, same in answers if row["answer"] == "same"]
    missed = [row for row, same in alike if not same]
    assert 1 - len(missed) / len(alike) >= RECALL, missed
