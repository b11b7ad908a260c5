"""What speaks for a mention to refer to a thing: each feature is one plain sentence about the two.

`coreference.py` weighs them. Of a candidate in its setting and one thing, `held` names the features that hold; what
few pairs can have in common is asked of those few alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.entities.mentions import COMPLEMENT, OBJECT, OBLIQUE, SUBJECT, Candidate
from kg.entities.referents import ANYBODY, KIN, PEOPLE, PERSON_TYPES, Place, Referent, Setting

__all__ = ["FEATURES", "SPEAKING", "held", "is_plain", "of_type"]

FEATURES: Mapping[str, str] = {
    "is_person": "The thing is a person.",
    "is_organization": "The thing is an organization.",
    "is_place": "The thing is a place.",
    "is_group": "The thing is a group of people.",
    "is_idea": "The thing is an event, an idea or of no known type.",
    "is_named": "The thing has a name.",
    "mentioned_twice": "The thing was mentioned at least twice.",
    "mentioned_often": "The thing was mentioned at least four times.",
    "in_headline": "The thing is named in the headline.",
    "same_sentence": "The thing was last mentioned in this sentence.",
    "sentence_before": "The thing was last mentioned in the sentence before.",
    "two_sentences_before": "The thing was last mentioned two sentences before.",
    "far_before": "The thing was last mentioned more than four sentences before.",
    "last_was_subject": "The thing was last mentioned as a subject.",
    "last_was_object": "The thing was last mentioned as an object.",
    "last_was_complement": "The thing was last mentioned as the complement of a noun.",
    "last_by_pronoun": "The thing was last mentioned by a pronoun.",
    "last_by_name": "The thing was last mentioned by its name.",
    "last_was_quoted": "The thing was last mentioned in a quotation, and the candidate stands outside it.",
    "quoted_apart": "The candidate stands in a quotation, and the thing was last mentioned outside it.",
    "both_subjects": "Both are subjects.",
    "paragraph_apart": "The thing was last mentioned in another paragraph.",
    "recent_subject": "The thing was the subject in this sentence or the one before.",
    "subject_of_its_clause": "The thing is the subject of the clause in which the candidate stands.",
    "does_it": "The thing does what the clause says in which the candidate stands, whether said there or not.",
    "subject_of_clause_above": "The thing is the subject of the clause around the candidate's.",
    "subject_around": "The thing is the subject of the nearest clause around the candidate's that has one.",
    "asked_to_do_it": "The thing is an object of the clause around the candidate's: "
    "« asks Anne to finish her book ».",
    "in_its_clause": "The thing is mentioned in the clause in which the candidate stands, not as its subject.",
    "nearest": "No other thing that could be meant was mentioned since.",
    "busiest": "Nothing that could be meant was mentioned more often.",
    "said_more": "Somebody says something, and the thing was the last to say something, not long before.",
    "same_gender": "Both have the same gender, as far as is known.",
    "several": "Both are several.",
    "pointed_at": "The thing is what a relation named before says: her husband, where "
    "« A, the wife of B » was read.",
    "same_owner": "Both belong to the same thing: « his wife », « his spouse ».",
    "same_head": "The thing was called by the same noun.",
    "says_something_else": "The same noun, but both have words beside it that the other has not.",
    "head_in_name": "The noun is the head of the thing's name: « the Court » of the « Court of Appeal ».",
    "words_in_name": "A word beside the noun is a word of the thing's name.",
    "same_kind": "The noun is of a kind that the thing is known to be.",
    "same_kind_of_person": "Both are people of one kind: two offices, two professions.",
    "other_kind": "The thing is known to be of other kinds than the noun's.",
    "called_anew": "The article has not called the thing by this noun, nor by one like it.",
    "only_one_of_kind": "Of all that could be meant, the thing alone is of the noun's kind.",
    "main_of_its_kind": "Of the things of the noun's kind, this is mentioned most.",
    "latest_of_its_kind": "Of the things of the noun's kind, this was mentioned last.",
    "own_main_place": "Somebody's own place (« their country »), and of the places of that kind this is mentioned most.",
    "plainly_the_main_one": "A noun with nothing beside it, and the thing is the named one of its type that is "
    "mentioned most.",
    "plainly_the_only_one": "A noun with nothing beside it, and of all that could be meant the thing alone is named "
    "and of its kind.",
    "plainly_the_nearest": "A noun with nothing beside it, and the thing is the named one of its type that was "
    "mentioned last.",
    "plainly_the_rubric": "A noun with nothing beside it, and the thing stands before a colon in the headline: « Gambie : the president of the country … ».",
    "cannot_say": "Somebody says something, and the thing is of a type that can say nothing.",
    "to_come": "The thing is the subject of the sentence, which comes behind the candidate.",
    "plainly_of_its_kind": "A noun with nothing beside it, of a kind that the thing is known to be, and that is no "
    "kind of people.",
    "only_named_of_type": "Of all that could be meant, the thing alone has a name and is of the noun's type.",
    "not_yet_described": "The thing has a name, and no noun was said of it so far.",
    "latest_subject": "Of all that could be meant, the thing was the last to be a subject.",
    "same_complement": "The same noun, and both are of one whose name stands beside it: « the resignation of Anne », « her resignation ».",
    "same_words": "The thing was described by a word that stands beside the noun.",
    "introduced_anew": "The thing has no name and was introduced by an indefinite.",
    "demonstrative_after": "A demonstrative (« this affair »), and the thing was mentioned in this sentence or the "
    "one before.",
}

SORTS = {
    "Person": "is_person", "Occupation": "is_person", "Organization": "is_organization", "Place": "is_place",
    "Group": "is_group", "Event": "is_idea", "Concept": "is_idea", "": "is_idea",
}  # fmt: skip
DISTANCES = {0: "same_sentence", 1: "sentence_before", 2: "two_sentences_before"}
FAR = 4
ROLES = {SUBJECT: "last_was_subject", OBJECT: "last_was_object", COMPLEMENT: "last_was_complement"}
KINDS = {"pronoun": "last_by_pronoun", "name": "last_by_name"}
IN_CLAUSE = {
    SUBJECT: "subject_of_its_clause",
    **dict.fromkeys((OBJECT, OBLIQUE, COMPLEMENT), "in_its_clause"),
}
ABOVE = {SUBJECT: "subject_of_clause_above", **dict.fromkeys((OBJECT, OBLIQUE), "asked_to_do_it")}
# What can say something.
SPEAKING = frozenset({"Person", "Organization", "Group", "Place", "Work"})
# How many mentions of a thing are looked back at.
RECENT = 4
# Kinds that say no more than the type.
GENERIC = ANYBODY | {"organization", "group", "place"}
# Kinds of which an article speaks of more than one: a prefecture is not the government.
VAGUE = GENERIC | {"government", "authority", "act", "time", "concept"}


def held(setting: Setting, referent: Referent) -> list[str]:
    """The features that hold of a candidate in its setting and a thing, by name."""
    place = setting.place
    found = _of_thing(referent)
    found += _of_last(place, referent)
    if referent.last.order == place.order:
        found += _of_clause(place, referent)
    found += _of_both(setting, referent)
    if setting.candidate.pronoun is None:
        found += _of_noun(setting, referent)
        found += _of_description(setting, referent)
    else:
        found += _of_pronoun(setting, referent)
    return found


def _of_pronoun(setting: Setting, referent: Referent) -> list[str]:
    """What tells of pronouns alone."""
    place, found = setting.place, []
    if referent.number == setting.latest_subject:
        found.append("latest_subject")
    if place.says and referent.type not in SPEAKING:
        found.append("cannot_say")
    if place.coming >= 0 and place.coming == referent.last.word and place.sentence == referent.last.sentence:
        found.append("to_come")
    return found


def _of_thing(referent: Referent) -> list[str]:
    """What the thing is, whoever asks."""
    mentions, found = len(referent.places), []
    if sort := SORTS.get(referent.type):
        found.append(sort)
    if referent.named:
        found.append("is_named")
    if mentions >= 2:
        found.append("mentioned_twice")
    if mentions >= 4:
        found.append("mentioned_often")
    if referent.headlined:
        found.append("in_headline")
    return found


def _of_last(place: Place, referent: Referent) -> list[str]:
    """How the thing was last mentioned, and how far from here."""
    last, found = referent.last, []
    away = place.order - last.order
    if distance := "far_before" if away > FAR else DISTANCES.get(away):
        found.append(distance)
    if role := ROLES.get(last.role):
        found.append(role)
    if kind := KINDS.get(last.kind):
        found.append(kind)
    if last.quoted != place.quoted:
        if last.quoted >= 0:
            found.append("last_was_quoted")
        if place.quoted >= 0:
            found.append("quoted_apart")
    if last.role == SUBJECT and place.role == SUBJECT:
        found.append("both_subjects")
    if last.paragraph != place.paragraph:
        found.append("paragraph_apart")
    if away <= 1 and _recent_subject(referent, place.order - 1):
        found.append("recent_subject")
    return found


def _recent_subject(referent: Referent, since: int) -> bool:
    recent = referent.places[-RECENT:]
    return True in [there.role == SUBJECT and there.order >= since for there in recent]


def _of_clause(place: Place, referent: Referent) -> Iterable[str]:
    """What the thing is to the clauses around the candidate, where both stand in one sentence."""
    found: dict[str, None] = {}
    for there in referent.places[-RECENT:]:
        if there.sentence != place.sentence:
            continue
        if place.clause >= 0 and there.clause == place.clause and there.role in IN_CLAUSE:
            found[IN_CLAUSE[there.role]] = None
        if place.above >= 0 and there.clause == place.above and there.role in ABOVE:
            found[ABOVE[there.role]] = None
        if there.word == place.doer >= 0 and place.coming < 0:
            found["does_it"] = None
        if there.word == place.around >= 0:
            found["subject_around"] = None
    return found


def _of_both(setting: Setting, referent: Referent) -> list[str]:
    """What the candidate and the thing share, and what the thing is among all that could be meant."""
    candidate, found = setting.candidate, []
    if referent is setting.nearest:
        found.append("nearest")
    if len(referent.places) == setting.busiest:
        found.append("busiest")
    if setting.place.says and referent.number == setting.speaker:
        found.append("said_more")
    if candidate.gender and (candidate.gender == referent.gender or candidate.gender in referent.genders):
        found.append("same_gender")
    if referent.plural and candidate.number == "Plur":
        found.append("several")
    return found


def _of_noun(setting: Setting, referent: Referent) -> list[str]:
    """How the candidate calls the thing, beside how it was called before."""
    candidate, kind, found = setting.candidate, setting.candidate.noun.kind, []
    same_head, in_name = candidate.lemma in referent.heads, candidate.lemma in referent.name_heads
    pointed_at = kind == KIN and setting.owner >= 0 and setting.owner in referent.relatives
    anew = not (same_head or in_name or pointed_at)
    if same_head:
        found.append("same_head")
        if not candidate.names.isdisjoint(referent.beside.get(candidate.lemma, ())):
            found.append("same_complement")
        if not (candidate.words <= referent.words or referent.words <= candidate.words):
            found.append("says_something_else")
    if in_name:
        found.append("head_in_name")
    if candidate.words and not referent.name_words.isdisjoint(candidate.words):
        found.append("words_in_name")
    if kind and kind in referent.kinds:
        people = candidate.noun.type in PERSON_TYPES
        if not people and kind not in VAGUE and is_plain(candidate):
            found.append("plainly_of_its_kind")
        found += ["same_kind", "same_kind_of_person"] if people else ["same_kind"]
        anew = anew and people
    elif kind not in GENERIC and not referent.kinds <= GENERIC:
        found.append("other_kind")
    if pointed_at:
        found.append("pointed_at")
    if setting.owner >= 0 and setting.owner == referent.owner:
        found.append("same_owner")
    if anew:
        found.append("called_anew")
    return found


def _of_description(setting: Setting, referent: Referent) -> list[str]:
    """What a description means by its determiner, and by the kind of its noun among all that could be meant."""
    determiner, number, found = setting.candidate.determiner, referent.number, []
    if number == setting.only_of_kind:
        found.append("only_one_of_kind")
    if number == setting.main_of_kind:
        found.append("main_of_its_kind")
        if determiner == "possessive" and referent.type == "Place":
            found.append("own_main_place")
    if number == setting.latest_of_kind:
        found.append("latest_of_its_kind")
    if referent.rubric and is_plain(setting.candidate):
        found.append("plainly_the_rubric")
    if number == setting.only_named:
        found.append("only_named_of_type")
    if referent.named and not referent.heads:
        found.append("not_yet_described")
    if referent.introduced == "indefinite":
        found.append("introduced_anew")
    if not referent.words.isdisjoint(setting.candidate.words):
        found.append("same_words")
    if determiner == "demonstrative" and setting.place.order - referent.last.order <= 1:
        found.append("demonstrative_after")
    if referent.named and is_plain(setting.candidate):
        if number == setting.only_of_kind:
            found.append("plainly_the_only_one")
        if of_type(setting.candidate, referent):
            if len(referent.places) == setting.busiest:
                found.append("plainly_the_main_one")
            if referent is setting.nearest:
                found.append("plainly_the_nearest")
    return found


def is_plain(candidate: Candidate) -> bool:
    """Whether a description is a noun and no more: « the firm », « this firm »."""
    return candidate.determiner in ("definite", "demonstrative") and not candidate.words


def of_type(candidate: Candidate, referent: Referent) -> bool:
    """Whether the thing is of the noun's type."""
    noun = candidate.noun.type
    return noun == referent.type or (noun in PERSON_TYPES and referent.type in PEOPLE)
