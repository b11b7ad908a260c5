"""An edit script makes the lemma from the form it was read from."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.language.scripts import apply, script

WORDS = st.text("abcdefghijklmnopqrstuvwxyzéèàçêABCDEÉ'-", min_size=1, max_size=12)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_the_script_of_a_pair_leads_back_to_its_lemma(form, lemma):
    assert apply(form, script(form, lemma)) == lemma


@pytest.mark.parametrize(
    ("form", "lemma", "rule"),
    [
        ("récits", "récit", "s>"),
        ("généraux", "général", "ux>l"),
        ("Lyon", "Lyon", "^>"),
        ("fut", "être", "=être"),
    ],
)
def test_many_words_share_a_script(form, lemma, rule):
    assert script(form, lemma) == rule


def test_a_script_that_does_not_fit_gives_nothing():
    assert apply("chat", "ux>l") is None
