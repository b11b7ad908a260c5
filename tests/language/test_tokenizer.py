"""Text is cut as the French treebanks cut it, and every word is exactly where it is said to be."""

from __future__ import annotations

import itertools
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.language import conllu
from kg.language.tokenizer import Tokenizer

REPOSITORY = Path(__file__).parents[2]
TOKENIZER = Tokenizer.load(REPOSITORY / "kg" / "language" / "recipe" / "tokens-fr.json")
TREEBANK = REPOSITORY / ".." / "shared" / "data" / "ud-fr" / "fr_sequoia-ud-dev.conllu"


@pytest.mark.parametrize(
    "expected",
    [
        "Les grèves prendront -elles fin ?",
        "Y a -t-il un accord ?",
        "Donne -le -moi .",
        "ce jour -là",
        "celui-ci est là-bas",
        "l’ IA d' aujourd'hui , jusqu’ à demain , puisqu' elle vient",
        "la SAG-AFTRA et les États-Unis",
        "c'est-à-dire rien",
        "du pain , au jour , auquel il pense",
        "M. Dupont , J.-C. Martin et J. K. Rowling",
        "la R&D d' AT&T",
        "50 % à 18 h 30",
        "« bien … » , dit -il",
        "un salaire de 12,5 % ( brut )",
        "le 25/01/06 en 1990-1991",
        "voir https://exemple.fr/a?b=1 .",
        "traité(e) ou non",
    ],
)
def test_words_are_cut_like_this(expected):
    words = expected.split(" ")
    text = _glued(words)
    assert [text[start:end] for start, end in TOKENIZER.cut(text)] == words


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2009", "\u202f"])
def test_a_number_keeps_its_spaces(space):
    number = f"3{space}500{space}000"
    assert list(_cut(f"Ils ont {number} euros et 20 amis")) == [
        "Ils", "ont", number, "euros", "et", "20", "amis",
    ]  # fmt: skip


def test_a_number_keeps_what_makes_it_an_ordinal():
    assert _cut("Le 30 e congrès, le 1 er mai, au XX e siècle") == [
        "Le", "30 e", "congrès", ",", "le", "1 er", "mai", ",", "au", "XX e", "siècle",
    ]  # fmt: skip


def test_a_year_does_not_swallow_the_number_after_it():
    assert _cut("en 2004 300 personnes") == ["en", "2004", "300", "personnes"]


@settings(deadline=None)
@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=80)
    | st.text("aéL'’-.,0 3\u202f«»()\n%", max_size=60)
)
def test_words_cover_all_that_is_not_space_in_order(text):
    spans = list(TOKENIZER.cut(text))
    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    covered = {index for start, end in spans for index in range(start, end)}
    assert all(
        letter.isspace() or unicodedata.category(letter) == "Cf"
        for index, letter in enumerate(text)
        if index not in covered
    )


def test_what_nobody_sees_is_no_word_and_parts_none():
    assert _cut("le minis\u00adtre de \u00adSaturne \u200bpart\u200f .") == [
        "le",
        "minis\u00adtre",
        "de",
        "Saturne",
        "part",
        ".",
    ]


@pytest.mark.skipif(not TREEBANK.exists(), reason="the treebanks are not beside the repository")
def test_the_treebank_agrees():
    right = gold = found = 0
    for sentence in conllu.read_file(TREEBANK):
        there = {(word.start, word.end) for word in sentence.words}
        cut = set(TOKENIZER.cut(sentence.text))
        right, gold, found = right + len(there & cut), gold + len(there), found + len(cut)
    assert 2 * right / (gold + found) > 0.998


def _cut(text: str) -> list[str]:
    return [text[start:end] for start, end in TOKENIZER.cut(text)]


def _glued(words: list[str]) -> str:
    """The words as they are written: no space before "," or a clitic, none after an elision."""
    text = ""
    for word in words:
        tight = not text or text.endswith(("'", "’", "(")) or word.startswith(("-", ",", ".", ")"))
        text += word if tight else f" {word}"
    return text
