"""What speaks for a mention to refer to a thing: each feature is one plain sentence about the two.

`coreference.py` weighs them. A feature sees the candidate in its setting and one thing, and says whether it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.entities.mentions import COMPLEMENT, OBJECT, OBLIQUE, SUBJECT
from kg.entities.referents import KIN, PEOPLE, PERSON_TYPES, Place, Referent, Setting

__all__ = ["ABSTENTION", "FEATURES", "Test"]

Test = Callable[[Setting, Referent], bool]
# What is one of many, and so was named before; and what every country has one of.
FIRMS = frozenset({"company", "union", "party", "media", "organization"})
ALONE = frozenset({"government", "assembly", "police"})


def is_person(setting: Setting, referent: Referent) -> bool:
    """The thing is a person."""
    return referent.type in PERSON_TYPES


def is_organization(setting: Setting, referent: Referent) -> bool:
    """The thing is an organization."""
    return referent.type == "Organization"


def is_place(setting: Setting, referent: Referent) -> bool:
    """The thing is a place."""
    return referent.type == "Place"


def is_group(setting: Setting, referent: Referent) -> bool:
    """The thing is a group of people."""
    return referent.type == "Group"


def is_idea(setting: Setting, referent: Referent) -> bool:
    """The thing is an event, an idea or of no known type."""
    return referent.type in ("Event", "Concept", "")


def is_named(setting: Setting, referent: Referent) -> bool:
    """The thing has a name."""
    return referent.named


def same_sentence(setting: Setting, referent: Referent) -> bool:
    """The thing was last mentioned in this sentence."""
    return setting.place.order == referent.last.order


def sentence_before(setting: Setting, referent: Referent) -> bool:
    """The thing was last mentioned in the sentence before."""
    return setting.place.order - referent.last.order == 1


def two_sentences_before(setting: Setting, referent: Referent) -> bool:
    """The thing was last mentioned two sentences before."""
    return setting.place.order - referent.last.order == 2


def far_before(setting: Setting, referent: Referent) -> bool:
    """The thing was last mentioned more than four sentences before."""
    return setting.place.order - referent.last.order > 4


def last_was_subject(setting: Setting, referent: Referent) -> bool:
    """The thing was last mentioned as a subject."""
    return referent.last.role == SUBJECT


def last_was_object(setting: Setting, referent: Referent) -> bool:
    """The thing was last mentioned as an object."""
    return referent.last.role == OBJECT


def last_was_complement(setting: Setting, referent: Referent) -> bool:
    """The thing was last mentioned as the complement of a noun."""
    return referent.last.role == COMPLEMENT


def recent_subject(setting: Setting, referent: Referent) -> bool:
    """The thing was the subject in this sentence or the one before."""
    since = setting.place.order - 1
    return any(place.role == SUBJECT and place.order >= since for place in referent.places[-4:])


def subject_of_its_clause(setting: Setting, referent: Referent) -> bool:
    """The thing is the subject of the clause in which the candidate stands."""
    return _in_clause(referent, setting.place, setting.place.clause, SUBJECT)


def does_it(setting: Setting, referent: Referent) -> bool:
    """The thing does what the clause says in which the candidate stands, whether said there or not."""
    place = setting.place
    return place.doer >= 0 and any(
        there.word == place.doer and there.sentence == place.sentence for there in referent.places[-4:]
    )


def subject_of_clause_above(setting: Setting, referent: Referent) -> bool:
    """The thing is the subject of the clause around the candidate's."""
    return _in_clause(referent, setting.place, setting.place.above, SUBJECT)


def subject_around(setting: Setting, referent: Referent) -> bool:
    """The thing is the subject of the nearest clause around the candidate's that has one."""
    place = setting.place
    return place.around >= 0 and any(
        there.word == place.around and there.sentence == place.sentence for there in referent.places[-4:]
    )


def asked_to_do_it(setting: Setting, referent: Referent) -> bool:
    """The thing is an object of the clause around the candidate's: "demande à Anne de finir son livre"."""
    above = setting.place.above
    return any(_in_clause(referent, setting.place, above, role) for role in (OBJECT, OBLIQUE))


def in_its_clause(setting: Setting, referent: Referent) -> bool:
    """The thing is mentioned in the clause in which the candidate stands, not as its subject."""
    clause = setting.place.clause
    return any(_in_clause(referent, setting.place, clause, role) for role in (OBJECT, OBLIQUE, COMPLEMENT))


def _in_clause(referent: Referent, place: Place, clause: int, role: str) -> bool:
    if clause < 0 or referent.last.order != place.order:
        return False
    for there in referent.places[-4:]:
        if there.clause == clause and there.role == role and there.sentence == place.sentence:
            return True
    return False


def last_by_pronoun(setting: Setting, referent: Referent) -> bool:
    """The thing was last mentioned by a pronoun."""
    return referent.last.kind == "pronoun"


def last_by_name(setting: Setting, referent: Referent) -> bool:
    """The thing was last mentioned by its name."""
    return referent.last.kind == "name"


def nearest(setting: Setting, referent: Referent) -> bool:
    """No other thing that could be meant was mentioned since."""
    return referent is setting.nearest


def mentioned_twice(setting: Setting, referent: Referent) -> bool:
    """The thing was mentioned at least twice."""
    return len(referent.places) >= 2


def mentioned_often(setting: Setting, referent: Referent) -> bool:
    """The thing was mentioned at least four times."""
    return len(referent.places) >= 4


def busiest(setting: Setting, referent: Referent) -> bool:
    """Nothing that could be meant was mentioned more often."""
    return len(referent.places) == setting.busiest


def same_gender(setting: Setting, referent: Referent) -> bool:
    """Both have the same gender, as far as is known."""
    return bool(referent.gender) and referent.gender == setting.candidate.gender


def quoted_apart(setting: Setting, referent: Referent) -> bool:
    """The candidate stands in a quotation, and the thing was last mentioned outside it."""
    return setting.place.quoted >= 0 and referent.last.quoted != setting.place.quoted


def last_was_quoted(setting: Setting, referent: Referent) -> bool:
    """The thing was last mentioned in a quotation, and the candidate stands outside it."""
    return referent.last.quoted >= 0 and referent.last.quoted != setting.place.quoted


def pointed_at(setting: Setting, referent: Referent) -> bool:
    """The thing is what a relation named before says: her husband, where "A, the wife of B" was read."""
    return setting.owner >= 0 and setting.owner in referent.relatives and setting.candidate.noun.kind == KIN


def said_more(setting: Setting, referent: Referent) -> bool:
    """Somebody says something, and the thing was the last to say something, not long before."""
    return setting.place.says and referent.number == setting.speaker


def several(setting: Setting, referent: Referent) -> bool:
    """Both are several."""
    return referent.plural and setting.candidate.number == "Plur"


def both_subjects(setting: Setting, referent: Referent) -> bool:
    """Both are subjects."""
    return setting.place.role == SUBJECT and referent.last.role == SUBJECT


def same_head(setting: Setting, referent: Referent) -> bool:
    """The thing was called by the same noun."""
    return setting.candidate.lemma in referent.heads


def says_something_else(setting: Setting, referent: Referent) -> bool:
    """The same noun, but both have words beside it that the other has not."""
    words = setting.candidate.words
    return same_head(setting, referent) and bool(words - referent.words) and bool(referent.words - words)


def head_in_name(setting: Setting, referent: Referent) -> bool:
    """The noun is a word of the thing's name."""
    return setting.candidate.lemma in referent.name_words


def words_in_name(setting: Setting, referent: Referent) -> bool:
    """A word beside the noun is a word of the thing's name."""
    return not referent.name_words.isdisjoint(setting.candidate.words)


def same_kind(setting: Setting, referent: Referent) -> bool:
    """The noun is of a kind that the thing is known to be."""
    return bool(setting.candidate.noun.kind) and setting.candidate.noun.kind in referent.kinds


def same_kind_of_person(setting: Setting, referent: Referent) -> bool:
    """Both are people of one kind: two offices, two professions."""
    return setting.candidate.noun.type in PERSON_TYPES and same_kind(setting, referent)


def only_one_of_kind(setting: Setting, referent: Referent) -> bool:
    """Of all that could be meant, the thing alone is of the noun's kind."""
    return referent.number == setting.only_of_kind


def main_of_its_kind(setting: Setting, referent: Referent) -> bool:
    """Of the things of the noun's kind, this is mentioned most."""
    return referent.number == setting.main_of_kind


def latest_of_its_kind(setting: Setting, referent: Referent) -> bool:
    """Of the things of the noun's kind, this was mentioned last."""
    return referent.number == setting.latest_of_kind


def own_main_place(setting: Setting, referent: Referent) -> bool:
    """Somebody's own place ("son pays"), and of the places of that kind this is mentioned most."""
    return (
        setting.candidate.determiner == "possessive"
        and referent.type == "Place"
        and main_of_its_kind(setting, referent)
    )


def in_headline(setting: Setting, referent: Referent) -> bool:
    """The thing is named in the headline."""
    return referent.headlined


def plainly_the_main_one(setting: Setting, referent: Referent) -> bool:
    """A noun with nothing beside it, and the thing is the named one of its type that is mentioned most."""
    return (
        referent.named
        and _plain(setting)
        and len(referent.places) == setting.busiest
        and _of_type(setting, referent)
    )


def plainly_the_only_one(setting: Setting, referent: Referent) -> bool:
    """A noun with nothing beside it, and of all that could be meant the thing alone is named and of its kind."""
    return referent.named and _plain(setting) and only_one_of_kind(setting, referent)


def plainly_the_nearest(setting: Setting, referent: Referent) -> bool:
    """A noun with nothing beside it, and the thing is the named one of its type that was mentioned last."""
    return referent.named and _plain(setting) and referent is setting.nearest and _of_type(setting, referent)


def _plain(setting: Setting) -> bool:
    candidate = setting.candidate
    return candidate.determiner in ("definite", "demonstrative") and not candidate.words


def _of_type(setting: Setting, referent: Referent) -> bool:
    noun = setting.candidate.noun.type
    return noun == referent.type or (noun in PERSON_TYPES and referent.type in PEOPLE)


def other_kind(setting: Setting, referent: Referent) -> bool:
    """The thing is known to be of other kinds than the noun's."""
    return bool(referent.kinds) and setting.candidate.noun.kind not in referent.kinds


def same_owner(setting: Setting, referent: Referent) -> bool:
    """Both belong to the same thing ("sa femme", "son épouse")."""
    return setting.owner >= 0 and setting.owner == referent.owner


def called_anew(setting: Setting, referent: Referent) -> bool:
    """The article has not called the thing by this noun, nor by one like it."""
    known = same_head(setting, referent) or head_in_name(setting, referent)
    alike = same_kind(setting, referent) and not same_kind_of_person(setting, referent)
    return not (known or alike or pointed_at(setting, referent))


def demonstrative_after(setting: Setting, referent: Referent) -> bool:
    """A demonstrative ("this X"), and the thing was mentioned in this sentence or the one before."""
    near = setting.place.order - referent.last.order <= 1
    return setting.candidate.determiner == "demonstrative" and near


FEATURES: tuple[Test, ...] = (
    is_person, is_organization, is_place, is_group, is_idea, is_named, same_sentence, sentence_before,
    two_sentences_before, far_before, last_was_subject, last_was_object, last_was_complement, recent_subject,
    subject_of_its_clause, does_it, subject_of_clause_above, subject_around, asked_to_do_it, in_its_clause, last_by_pronoun, last_by_name, nearest, mentioned_twice, mentioned_often, busiest,
    same_gender, quoted_apart, last_was_quoted, pointed_at, said_more, several, both_subjects, same_head, says_something_else, head_in_name,
    words_in_name, same_kind, same_kind_of_person, only_one_of_kind, main_of_its_kind, latest_of_its_kind, own_main_place, in_headline, plainly_the_main_one, plainly_the_only_one, plainly_the_nearest, other_kind, same_owner, called_anew, demonstrative_after,
)  # fmt: skip

# What the candidate by itself says against referring to anything before.
ABSTENTION: Mapping[str, Callable[[Setting], bool]] = {
    "any": lambda setting: True,
    "has complement": lambda setting: setting.candidate.complement,
    "has words beside": lambda setting: bool(setting.candidate.words),
    "first sentence": lambda setting: setting.place.order == 0,
    "in the headline": lambda setting: setting.place.headline,
    "definite": lambda setting: setting.candidate.determiner == "definite",
    "demonstrative": lambda setting: setting.candidate.determiner == "demonstrative",
    "possessive": lambda setting: setting.candidate.determiner == "possessive",
    "no determiner": lambda setting: not setting.candidate.determiner,
    "plural": lambda setting: setting.candidate.number == "Plur",
    "noun of a person": lambda setting: setting.candidate.noun.type in PERSON_TYPES,
    "noun of an organization": lambda setting: setting.candidate.noun.type == "Organization",
    "noun of a place": lambda setting: setting.candidate.noun.type == "Place",
    "noun of an event": lambda setting: setting.candidate.noun.type == "Event",
    "noun unknown": lambda setting: setting.candidate.noun.type in ("", "Concept"),
    "noun of a firm": lambda setting: setting.candidate.noun.kind in FIRMS,
    "noun of a body that is alone": lambda setting: setting.candidate.noun.kind in ALONE,
    "nothing beside": lambda setting: _plain(setting),
    "in a quotation": lambda setting: setting.place.quoted >= 0,
}
