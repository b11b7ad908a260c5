"""Patterns over words: what is not tried could not have matched."""

from __future__ import annotations

import pytest

from kg.entities.patterns import Slot, Table, parse

SLOTS = {
    "month": Table({"mai": 5, "juin": 6}).slot(),
    "part": Table({"la fin": "end", "début": "start"}).slot(),
    "n": Slot(lambda line, at: iter(()), frozenset({"#figure", "deux"})),
}


@pytest.mark.parametrize(
    ("source", "start", "behind"),
    [
        ("depuis {month}", "depuis", {"mai", "juin"}),
        ("depuis le? {month}", "depuis", {"le", "mai", "juin"}),
        ("depuis {month}?", "depuis", set()),
        ("{part} de {month}", "la", {"fin"}),
        ("{part} de {month}", "début", {"de"}),
        ("(au cours de|pendant) {n}", "au", {"cours"}),
        ("(au cours de|pendant) {n}", "pendant", {"#figure", "deux"}),
        ("{n} {month}", "deux", set()),
        ("en !(mai)", "en", set()),
    ],
)
def test_what_can_stand_behind_the_first_word(source: str, start: str, behind: set[str]) -> None:
    assert parse(source, "year", SLOTS, "here").seconds(start, SLOTS) == behind
