"""The shipped model: exact places, sane sentences, the same result every time, clear refusals."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import LanguageError
from kg.language import Analyzer, load_analyzer
from kg.language.tree import Tree
from kg.model import Document

REPOSITORY = Path(__file__).parents[2]
ARTICLE = """\
Les acteurs d'une chaîne en grève

Ces deux grèves prendront-elles fin un jour ? La SAG-AFTRA affirme que l’entreprise « posséderait ce scan ».
Le poste offre un salaire de 300\u202f000 dollars, comme le rapporte The Intercept. Qu’a-t-il dit au maire de Lyon ?
"""
TYPES = {"Person", "Organization", "Place", "Work", "Product", "Event", "Date", "Hour"}
# Words and marks that are met in articles, in any order.
JUMBLE = st.lists(
    st.sampled_from(
        ["L’", "l'", "IA ", "« ", "» ", "3 500", "3\u202f500 ", "\n", "\n\n", ". ", "…", "-t-il ", "SAG-AFTRA", " ",
         "\t", "M. ", "J.-C. ", "Paris ", "dit ", "du ", "😀", "<script>", "\u0000", "\u202e", "e\u0301t\u00e9 "]
    ),
    max_size=25,
)  # fmt: skip


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    """The analyzer that ships with kg."""
    return load_analyzer()


def test_a_title_is_a_sentence_of_its_own(analyzer):
    first, second, *_ = analyzer.analyze(Document("a", ARTICLE)).sentences
    assert (first.text, first.headline) == ("Les acteurs d'une chaîne en grève", True)
    assert not second.headline


def test_sentences_are_those_of_the_text(analyzer):
    texts = [sentence.text for sentence in analyzer.analyze(Document("a", ARTICLE)).sentences]
    assert texts[1].endswith("un jour ?")
    assert texts[2].startswith("La SAG-AFTRA")
    assert len(texts) == 5


def test_a_future_of_the_first_person_is_one(analyzer):
    tokens = analyzer.analyze(Document("a", "Je vendrai le stade et je ne partirai pas.")).sentences[0].tokens
    assert [item.feature("Tense") for item in tokens if item.upos == "VERB"] == ["Fut", "Fut"]


def test_words_are_those_of_the_treebanks(analyzer):
    words = [
        token.text
        for sentence in analyzer.analyze(Document("a", ARTICLE)).sentences
        for token in sentence.tokens
    ]
    assert {"-elles", "-t-il", "SAG-AFTRA", "l’", "300\u202f000", "au"} <= set(words)


def test_a_subject_after_its_verb_is_found(analyzer):
    sentence = analyzer.analyze(Document("a", ARTICLE)).sentences[3]
    tree = Tree(sentence)
    rapporte = next(token for token in sentence.tokens if token.text == "rapporte")
    assert [token.text for token in tree.children(rapporte, "nsubj")] == ["The"]


def test_a_contraction_is_one_preposition(analyzer):
    tokens = analyzer.analyze(Document("a", ARTICLE)).sentences[-1].tokens
    au = next(token for token in tokens if token.text == "au")
    assert (au.upos, au.lemma, au.deprel) == ("ADP", "à", "case")


def test_names_have_types_and_heads(analyzer):
    analysis = analyzer.analyze(Document("a", ARTICLE))
    assert {name.text for name in analysis.names} >= {"SAG-AFTRA", "The Intercept", "Lyon"}
    for name in analysis.names:
        assert name.kind == "name"
        assert name.type in TYPES
        assert analysis.sentences[name.sentence].tokens[name.token].start in range(name.start, name.end)


@settings(deadline=None, max_examples=60)
@given(JUMBLE.map("".join))
def test_every_place_is_exact(analyzer, text):
    analysis = analyzer.analyze(Document("a", text))
    for number, sentence in enumerate(analysis.sentences):
        assert sentence.index == number
        assert text[sentence.start : sentence.end] == sentence.text
        assert [token.index for token in sentence.tokens] == list(range(len(sentence.tokens)))
        assert all(text[token.start : token.end] == token.text for token in sentence.tokens)
        assert len(Tree(sentence).roots) == 1
    for name in analysis.names:
        assert text[name.start : name.end] == name.text


def test_a_document_is_read_alike_alone_and_among_others(analyzer):
    documents = [Document("a", ARTICLE), Document("b", "Une phrase. " * 20), Document("c", "")]
    assert list(analyzer.analyze_many(documents)) == [analyzer.analyze(document) for document in documents]


def test_what_a_phrase_hangs_from_may_be_doubtful(analyzer):
    def doubtful(text: str) -> list[str]:
        sentences = analyzer.analyze(Document("a", text)).sentences
        return [token.text for sentence in sentences for token in sentence.tokens if token.doubtful]

    assert doubtful("Le maire vend le pont.") == []
    assert doubtful("Elle a parlé du livre de Paul à la radio.") == ["radio"]


def test_text_without_words_has_no_sentences(analyzer):
    for text in ("", " \n\t "):
        assert analyzer.analyze(Document("a", text)).sentences == ()


def test_the_model_says_what_it_is(analyzer):
    assert analyzer.name == "fr_kg"
    assert analyzer.version


def test_another_hash_seed_gives_the_same_analysis():
    code = (
        "from kg.language import load_analyzer; from kg.model import Document; from hashlib import sha256;"
        f"print(sha256(repr(load_analyzer().analyze(Document('a', {ARTICLE!r}))).encode()).hexdigest())"
    )
    seen = {_run(code, seed) for seed in ("0", "7")}
    assert len(seen) == 1


def test_reading_does_not_import_spacy():
    code = (
        "import sys; from kg.language import load_analyzer; from kg.model import Document;"
        "load_analyzer().analyze(Document('a', 'Anne dort.')); print('spacy' in sys.modules)"
    )
    assert _run(code, "0") == "False"


def test_the_full_stop_that_a_title_is_given_joins_no_word(analyzer):
    first, *_ = analyzer.analyze(Document("a", "Le procès de Mme B\n\nElle nie les faits.")).sentences
    assert first.text == "Le procès de Mme B"


def test_a_language_without_a_model_is_refused():
    with pytest.raises(LanguageError, match="only for fr"):
        load_analyzer("de")


def _run(code: str, seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=REPOSITORY,
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(REPOSITORY), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("sentence", "form", "lemma"),
    [
        ("Une mesure a été prise par la ville.", "prise", "prendre"),
        ("La loi est mise en œuvre.", "mise", "mettre"),
        ("Il mise sur la chance.", "mise", "miser"),
    ],
)
def test_a_past_participle_is_one_of_a_verb_that_has_it(analyzer, sentence, form, lemma):
    tokens = analyzer.analyze(Document("a.txt", sentence)).sentences[0].tokens
    assert next(item.lemma for item in tokens if item.text == form) == lemma
