"""spaCy between: kg's own model reads the same through it; other pipelines are taken, or refused with a clear line."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import LanguageError
from kg.language import load_analyzer
from kg.language.own import MODELS
from kg.model import Document

if TYPE_CHECKING:
    from kg.language.spacy_backend import SpacyAnalyzer

ARTICLE = """\
Les acteurs d'une chaîne en grève

Ces deux grèves prendront-elles fin un jour ?  La SAG-AFTRA affirme que l’entreprise « posséderait ce scan ».
Le poste offre un salaire de 300\u202f000 dollars, comme le rapporte The Intercept. Qu’a-t-il dit au maire de Lyon ?
"""
# What is cut into words, sentences and paragraphs in ways of its own.
JUMBLE = st.lists(
    st.sampled_from(
        ["L’", "l'", "IA ", "« ", "» ", "3 500", "3\u202f500 ", "\n", "\n\n", ". ", "…", "-t-il ", "SAG-AFTRA", " ",
         "\t", "M. ", "J.-C. ", "Paris ", "dit ", "du ", "😀", "<script>", "\u0000", "\u202e", "e\u0301t\u00e9 "]
    ),
    max_size=25,
)  # fmt: skip


@pytest.fixture(scope="module")
def spacy() -> ModuleType:
    """It takes a second to import: only the process that runs these tests does."""
    import spacy

    return spacy


@pytest.fixture(scope="module")
def through_spacy(spacy: ModuleType) -> SpacyAnalyzer:
    """kg's own model, loaded by spaCy."""
    from kg.language.spacy_backend import SpacyAnalyzer

    return SpacyAnalyzer(spacy.load(MODELS / "fr"))


@pytest.fixture(scope="module")
def own():
    """kg's own model as kg reads with it."""
    return load_analyzer()


def test_an_article_is_read_alike_through_spacy(own, through_spacy):
    document = Document("a", ARTICLE)
    assert len(own.analyze(document).sentences) == 5
    assert through_spacy.analyze(document) == own.analyze(document)


@settings(deadline=None, max_examples=40)
@given(JUMBLE.map("".join))
def test_any_text_is_read_alike_through_spacy(own, through_spacy, text):
    assert through_spacy.analyze(Document("a", text)) == own.analyze(Document("a", text))


def test_the_pipeline_says_what_it_is(through_spacy):
    assert through_spacy.name == "xx_fr_kg"
    assert through_spacy.version == load_analyzer().version


def test_a_pipeline_that_is_not_installed_is_refused():
    with pytest.raises(LanguageError, match="no spaCy pipeline 'no_such_model'"):
        load_analyzer(model="no_such_model")


def test_a_pipeline_without_a_parser_is_refused(spacy, tmp_path):
    spacy.blank("xx").to_disk(tmp_path / "m")
    with pytest.raises(LanguageError, match="Universal Dependencies"):
        load_analyzer(model=str(tmp_path / "m"))


def test_the_words_of_a_document_are_forgotten_with_it(through_spacy):
    through_spacy.analyze(Document("before.txt", ARTICLE))
    before = len(through_spacy.nlp.vocab.strings)
    through_spacy.analyze(Document("rare.txt", " ".join(f"zorgl{letter}ou parle." for letter in "abcdefgh")))
    assert len(through_spacy.nlp.vocab.strings) - before < 8
