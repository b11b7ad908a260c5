"""What type a name has: signs around it, weighed over the article."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from kg.entities.lexicon import Lexicon, lexicon_of
from kg.entities.names import NAME_TYPES, Name
from kg.entities.naming import best_type, evidence, score_sheet
from kg.entities.signs import signs
from kg.language import load_analyzer
from kg.language.analyzer import Analyzer
from kg.model import Document
from kg.ontology import Ontology


@pytest.fixture(scope="module")
def signs_of():
    """The signs of a name in a sentence."""
    analyzer, lexicon = load_analyzer(), lexicon_of(Ontology.load(), "fr")
    return lambda text, name: _signs(analyzer, lexicon, text, name)


def _signs(analyzer: Analyzer, lexicon: Lexicon, text: str, name: str) -> set[str]:
    (sentence,) = analyzer.analyze(Document("a.txt", text)).sentences
    start = text.index(name)
    inside = [t for t in sentence.tokens if start <= t.start < start + len(name)]
    within = {token.index for token in inside}
    head = next(token for token in inside if token.head not in within)
    return set(signs(sentence.tokens, inside[0].index, inside[-1].index, head.index, lexicon))


@pytest.mark.parametrize(
    ("text", "name", "sign"),
    [
        ("Elle a téléchargé l'application Zorbulo hier.", "Zorbulo", "called Product"),
        ("Le film intitulé « Zorbulo » sort mercredi.", "Zorbulo", "quoted"),
        ("Zorbulo est un logiciel.", "Zorbulo", "is Product"),
        ("Les logiciels Zorbulo et Kestana sont gratuits.", "Kestana", "beside one called Product"),
        ("Elle travaille chez Zorbulo.", "Zorbulo", "after chez"),
        ("Il a publié la nouvelle sur Zorbulo.", "Zorbulo", "medium"),
        ("Zorbulo a racheté une usine.", "Zorbulo", "does racheter"),
        ("La loi-Zorbulo a été adoptée.", "loi-Zorbulo", "begins as Work"),
        ("Nadia Zorbulo arrive demain.", "Nadia Zorbulo", "given name"),
        ("Le président de Zorbulo a démissionné.", "Zorbulo", "of Occupation"),
    ],
)
def test_signs_are_read_from_the_words_around(text, name, sign, signs_of):
    assert sign in signs_of(text, name)


def named(type_name: str, *shown: str, source: str = "model") -> Name:
    """A name that shows signs."""
    return Name(0, 1, "Z", type_name, 0, 0, 0, 0, ("z",), source=source, signs=frozenset(shown))


def test_a_share_of_the_names_is_called_what_the_model_calls_them():
    found = evidence([named("Person"), named("Product", "called Product"), named("Person", source="repeat")])
    assert found == {"called Product": 1.0, "tagged Person": 0.5, "tagged Product": 0.5}


def test_where_the_model_wavers_the_noun_before_decides():
    wavering = {"tagged Organization": 0.5, "tagged Product": 0.5}
    assert best_type(wavering | {"called Product": 1.0}, score_sheet()) == "Product"
    assert best_type(wavering | {"called Organization": 1.0}, score_sheet()) == "Organization"
    assert best_type({"tagged Person": 0.5, "tagged Place": 0.5, "after chez": 1.0}, {}) == NAME_TYPES[0]


def test_the_sheet_knows_no_type_but_those_of_names():
    sheet = json.loads((files("kg.entities") / "types.json").read_text("utf-8"))
    assert {kind for row in sheet.values() for kind in row} <= set(NAME_TYPES)
    assert all(
        sheet[f"tagged {kind}"][kind] == max(sheet[f"tagged {kind}"].values())
        for kind in NAME_TYPES
        if kind != "Work"
    )
