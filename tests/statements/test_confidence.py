"""The confidence is learnt: the same examples give the same weights, and they part right from wrong."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kg import pipeline
from kg.entities import resolve
from kg.language import load_analyzer
from kg.model import Document
from kg.ontology import Ontology
from kg.statements import Article, Candidate
from kg.statements.calibration import Example, best_threshold, cross_validated, fit
from kg.statements.confidence import Confidence, signs_of
from kg.statements.events import verb_clauses

EXAMPLES = [
    Example((kind, f"noise={number % 3}"), kind == "good", f"article-{number % 5}")
    for number in range(60)
    for kind in ("good", "bad")
]


def test_what_was_right_before_is_believed() -> None:
    model = fit(EXAMPLES)
    assert model.of(("good",)) > 0.8
    assert model.of(("bad",)) < 0.2


def test_the_same_examples_give_the_same_weights() -> None:
    assert fit(EXAMPLES) == fit(list(EXAMPLES))


def test_no_other_weight_would_explain_the_examples_better() -> None:
    model = fit(EXAMPLES, penalty=2.0)
    unsure = [(one, model.of(one.features) - one.right) for one in EXAMPLES]
    for feature in ("good", "bad", "noise=0", "noise=2"):
        slope = sum(left for one, left in unsure if feature in one.features)
        # Not 0 but near it, for what is compared is rounded.
        assert abs(slope + 2.0 * model.weights.get(feature, 0.0)) < 0.05


def test_cross_validation_never_sees_the_article_it_judges() -> None:
    chances = cross_validated(EXAMPLES)
    assert all((chance > 0.5) == example.right for chance, example in zip(chances, EXAMPLES, strict=True))


def test_the_threshold_keeps_what_meets_a_fact() -> None:
    threshold, score = best_threshold([0.9, 0.8, 0.1], [frozenset({1}), frozenset({2}), frozenset()], 2)
    assert 0.1 <= threshold <= 0.8
    assert score == 1.0


@given(st.lists(st.text(max_size=8), max_size=20))
def test_a_probability_is_a_probability(features: list[str]) -> None:
    assert 0.0 <= Confidence({"a": 40.0, "b": -40.0}).of(tuple(features)) <= 1.0


def article_of(text: str) -> Article:
    """A text as the rules see it."""
    document, ontology = Document("example.txt", text), Ontology.load()
    analysis = load_analyzer("fr").analyze(document)
    return Article(document, analysis, (), resolve(document, analysis, (), ontology), ontology)


def candidate(text: str, lemma: str) -> Candidate:
    """The candidate that a word of a text gives."""
    found = pipeline.candidates_of(Document("example.txt", text), load_analyzer("fr"), Ontology.load())
    return next(item for item in found if item.statement.lemma == lemma)


def test_the_word_before_the_one_that_bears_a_statement_is_a_sign() -> None:
    features = candidate("Le maire a réuni le conseil pour vendre le pont.", "vendre").features
    assert {"before=pour", "verb-frame:before=pour"} <= set(features)


def test_each_sign_is_believed_under_the_name_that_was_learnt() -> None:
    found = candidate("Le maire a réuni le conseil pour vendre le pont.", "vendre")
    for feature in found.features:
        model = Confidence({feature: 1.0})
        assert model.believes(found.signs) == model.of(found.features) > 0.5, feature


def test_a_word_of_a_rule_is_no_sign_of_that_name() -> None:
    found = candidate("Le maire a réuni le conseil pour vendre le pont.", "vendre")
    signs = replace(found.signs, rule="attribute", both=tuple("" for _ in found.signs.both), how=("before",))
    model = Confidence({"attribute:before": 1.0})
    assert model.believes(signs) == model.of(("attribute:before",))


def test_what_the_parser_is_not_sure_of_is_a_sign() -> None:
    article = article_of("Le maire vend le pont.")
    proposal = next(iter(verb_clauses(article, article.trees[0], article.clauses[0][2])))
    sure = signs_of(proposal, 0, ["verb-frame"], article.is_named)
    assert "doubtful=0" in sure.features
    doubted = replace(proposal, words=(replace(proposal.words[0], doubtful=True),))
    unsure = signs_of(doubted, 0, ["verb-frame"], article.is_named)
    assert set(unsure.features) - set(sure.features) == {"doubtful=1"}


def test_the_place_of_a_phrase_in_its_sentence_is_a_sign() -> None:
    features = candidate("Le maire parle d'une réforme ambitieuse.", "être").features
    assert {"attribute:hung=obl:arg", "hung=obl:arg", "case=de"} <= set(features)
