"""What type a name has: signs around it, weighed over the article."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from kg.entities.lexicon import Known, Lexicon, lexicon_of
from kg.entities.names import NAME_TYPES, Name, find_names
from kg.entities.naming import Named, best_type, evidence, group_names, score_sheet
from kg.entities.signs import signs
from kg.language import load_analyzer
from kg.language.analyzer import Analyzer
from kg.language.recipe.corpora import marked
from kg.model import Document
from kg.ontology import Ontology

ARTICLES = Path(__file__).with_name("types-fr.txt")
GOES_ON = "another name and more"


class Typed:
    """The things that a text names."""

    def __init__(self) -> None:
        self.analyzer, self.lexicon = load_analyzer(), lexicon_of(Ontology.load(), "fr")

    def things(self, text: str) -> list[Named]:
        document = Document("a.txt", text)
        return group_names(
            find_names(document, self.analyzer.analyze(document), (), self.lexicon), self.lexicon
        )

    def __call__(self, text: str, name: str) -> Named:
        return next(thing for thing in self.things(text) if thing.label == name)


@pytest.fixture(scope="module")
def typed() -> Typed:
    """The model and the lexicon, to name things with."""
    return Typed()


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
        ("Le réseau social Zorbulo est fermé.", "Zorbulo", "called Product"),
        ("Elle a vendu sa Zorbulo hier.", "Zorbulo", "possessive"),
        ("L'usine a été rachetée par Zorbulo.", "Zorbulo", "does the acquisition"),
        ("Zorbulo, qui fabrique des pneus, recrute.", "Zorbulo", "does the production"),
        ("Zorbulo veut racheter une usine.", "Zorbulo", "does racheter"),
        ("Zorbulo recrute et rachète une usine.", "Zorbulo", "does racheter"),
        ("Zorbulo affirme que tout va bien.", "Zorbulo", "speaks"),
        ("Le rachat de Zorbulo est terminé.", "Zorbulo", "of the acquisition"),
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


def test_what_the_model_finds_likely_counts_by_how_likely_it_is():
    unsure = replace(named("Organization"), likely=(("Date", 0.8), ("Organization", 1.0), ("Product", 0.6)))
    found = evidence([unsure, named("Product")])
    assert found == {"tagged Organization": 0.5, "tagged Product": pytest.approx(0.8)}


def test_a_firm_spoken_of_as_a_medium_alone_is_known_as_a_product():
    firm = Known("zorbulo", "Zorbulo", "Organization", "company", ("Zorbulo",), ())
    assert "known as Product" in evidence([named("Person", "medium")], firm)
    assert "known as Organization" in evidence([named("Person", "medium", "subject")], firm)


def test_what_is_called_as_a_firm_is_and_more_may_be_its_product(typed):
    assert (
        typed("Arvo recrute. Les clients d'Arvo achètent le Arvo Mini.", "Arvo Mini").evidence[GOES_ON] == 1.0
    )


def test_the_names_of_articles_that_nobody_has_read_have_the_right_type(typed):
    """Invented names, so that what is said around them must tell; without what was learnt for it, 53 in 100 were right."""
    right = total = 0
    for text, names in marked(ARTICLES):
        things = {thing.label: thing for thing in typed.things(text)}
        for name, kind in sorted({(text[start:end], kind) for start, end, kind in names}):
            total += 1
            right += name in things and things[name].type == kind
    assert total > 60
    assert right / total > 0.75


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
