"""The pages as text: what is hostile stays text, every word exists in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg.serve
from kg.serve import html, pages, words
from kg.serve.html import link, tag
from kg.serve.questions import named_questions

STATIC = Path(kg.serve.__file__).parent / "static"
OURS = sorted(STATIC.glob("*.js"))


@given(st.text(max_size=60))
def test_text_never_becomes_markup(text):
    made = tag("b", text, title=text)
    inside = made.removeprefix('<b title="').removesuffix("</b>")
    assert "<" not in inside
    assert inside.count('"') == 1


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//evil.example/", "data:text/html,x", "\tjavascript:x", "vbscript:x"]
)
def test_only_addresses_of_this_server_and_the_web_are_links(address):
    assert "href" not in link("label", address)


def test_letters_that_turn_a_name_around_are_not_shown():
    assert html.text("a\u202egnp.exe\u0000") == "agnp.exe"


def test_both_languages_have_every_word():
    found = words.catalogue()
    assert set(found) == set(words.LANGUAGES)
    assert set(found["fr"]) == set(found["en"])
    for name, text in found["fr"].items():
        assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", found["en"][name])), name


def test_every_word_that_a_script_says_exists():
    said = {name for path in OURS for name in re.findall(r'(?:say|count)\("(\w+)"', path.read_text("utf-8"))}
    known = words.catalogue()["fr"]
    assert not {name for name in said if name not in known and f"{name}_many" not in known}


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_no_script_of_ours_parses_text_as_html_or_asks_elsewhere(path):
    code = path.read_text("utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|localStorage", code
    )
    assert not re.search(r"fetch\(\s*[\"'`]https?:", code)


def test_the_frame_of_a_page_has_no_inline_script_or_style():
    frame = (STATIC / "page.html").read_text("utf-8")
    assert not re.search(r"<style|<script|\son\w+=|style=|https?:", frame)


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [("fr", 0, "0 lignes"), ("fr", 1, "1 ligne"), ("en", 1, "1 row"), ("en", 2, "2 rows")],
)
def test_plurals(language, number, said):
    assert words.words(language, "").count("rows", number) == said


def test_a_question_has_its_label_in_each_language(questions):
    first, second = named_questions(questions)
    assert (first.label("fr"), first.label("en")) == ("Qui affirme quoi\u202f?", "Who says what?")
    assert second.label("en") == "Ce qui est affirmé"


def test_a_cut_table_says_so():
    found = {"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "literal", "value": "1"}}]}}
    page = pages.results_page(words.words("fr", ""), "SELECT ?s {}", found, 1, "https://example.org/")
    assert "Coupé à 1 lignes" in page
    assert json.dumps("SELECT")[1:-1] in page
