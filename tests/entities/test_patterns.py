"""Patterns over words: what is not tried could not have matched."""

from __future__ import annotations

import pytest

from kg.entities.lexemes import lexemes
from kg.entities.patterns import Line, Slot, Table, parse

SLOTS = {
    "month": Table({"mai": 5, "juin": 6}).slot(),
    "part": Table({"la fin": "end", "début": "start"}).slot(),
    "n": Slot(lambda line, at: iter(()), frozenset({"#figure", "deux"})),
    "year": Slot(lambda line, at: iter(()), frozenset({"#year"}), inner=frozenset()),
    "hour": Slot(
        lambda line, at: iter(()), frozenset({"#figure"}), inner=frozenset({"h"}), needs=frozenset({"h"})
    ),
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
        ("{year} {month}", "#year", {"mai", "juin"}),
        ("{year} {month}?", "#year", set()),
        ("{hour} le? {month}", "#figure", {"h", "le", "mai", "juin"}),
    ],
)
def test_what_can_stand_behind_the_first_word(source: str, start: str, behind: set[str]) -> None:
    assert parse(source, "year", SLOTS, "here").seconds(start, SLOTS) == behind


def test_what_a_line_must_have() -> None:
    pattern = parse("(à|vers)? {hour} le {month}", "clock", SLOTS, "here")
    assert pattern.needs(SLOTS) == ({"h"}, {"le"}, {"mai", "juin"})


def test_figures_are_known_by_what_they_can_be() -> None:
    assert Line.of(lexemes("Le 3 mai 2016, 45 à 3500")).marks == (
        "le", "#day", "mai", "#year", ",", "#figure", "à", "#figure",
    )  # fmt: skip
