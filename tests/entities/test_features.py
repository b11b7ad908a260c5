"""What speaks for a mention to refer to a thing, and what the score sheets know of it."""

from __future__ import annotations

from dataclasses import replace

from kg.entities.abstaining import ABSTENTION, against
from kg.entities.coreference import compatible, score_sheets, setting_of
from kg.entities.features import FEATURES, held
from kg.entities.lexicon import NounSense
from kg.entities.mentions import Candidate
from kg.entities.referents import Place, Referent

ANNE = Referent(0, "Person", "Fem", named=True, label="Anne Martin", name_words=frozenset({"anne", "martin"}))
ANNE.add(Place(1, 10, "subject", 1, 4, "name", -1, clause=4, word=2))
HERE = Place(1, 40, "object", 1, 4, "nominal", -1, clause=4, word=8, doer=2)
MAYOR = Candidate(
    "nominal",
    40,
    50,
    1,
    8,
    "maire",
    NounSense("politician", "Occupation"),
    "",
    "Sing",
    "object",
    4,
    "definite",
)


def test_every_weight_is_of_a_feature():
    for sheet in score_sheets().values():
        assert sheet.keys() <= {*FEATURES, *ABSTENTION}


def test_what_holds_of_a_description_and_a_person():
    assert held(setting_of(MAYOR, HERE, -1, [ANNE]), ANNE) == [
        "is_person", "is_named", "same_sentence", "last_was_subject", "last_by_name", "recent_subject",
        "subject_of_its_clause", "does_it", "nearest", "busiest", "called_anew", "only_named_of_type",
        "not_yet_described", "plainly_the_main_one", "plainly_the_nearest",
    ]  # fmt: skip


def test_clauses_are_asked_within_a_sentence_alone():
    later = replace(HERE, order=2, sentence=2)
    names = held(setting_of(MAYOR, later, -1, [ANNE]), ANNE)
    assert "sentence_before" in names
    assert not {"subject_of_its_clause", "does_it"} & {*names}


def test_what_holds_is_declared():
    people = [replace(ANNE, kinds={"politician"}, heads={"maire"}, words={"lyon"}), ANNE]
    candidates = [replace(MAYOR, words=frozenset({"brest"}), determiner=one) for one in ("", "possessive")]
    for candidate in (MAYOR, *candidates):
        setting = setting_of(candidate, HERE, 0, people)
        assert FEATURES.keys() >= {name for one in people for name in held(setting, one)}
        assert {*ABSTENTION} >= {*against(setting)}


def test_a_body_with_a_name_in_the_plural_is_one():
    greens = Referent(1, "Organization", plural=True, named=True, label="Les Verts")
    greens.add(replace(HERE, word=3))
    party = replace(MAYOR, lemma="parti", noun=NounSense("party", "Organization"))
    assert compatible(party, HERE, greens)
    assert not compatible(party, HERE, replace(greens, named=False))


def test_those_counted_are_those_spoken_of():
    hostages = Referent(1, "Group", plural=True, heads={"otage"}, places=[HERE], last=HERE)
    same = replace(
        MAYOR, lemma="otage", noun=NounSense("person", "Person"), number="Plur", words=frozenset({"5 000"})
    )
    assert compatible(same, HERE, hostages)
    assert not compatible(replace(same, words=frozenset({"grec"})), HERE, hostages)
