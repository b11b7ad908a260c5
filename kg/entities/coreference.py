"""Which of the things named so far a pronoun or a description refers to: a score sheet of named features.

Each feature is one plain sentence about a candidate and a thing; the weights stand in `weights.json` beside this
module, one sheet for each way of referring (personal, possessive, demonstrative, nominal), learnt by
`tests/benchmarks/learn_coreference.py`. The highest sum wins; where "none of them" is higher, nothing is resolved.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from kg.entities.mentions import COMPLEMENT, OBJECT, SUBJECT, Candidate

__all__ = ["ABSTENTION", "FEATURES", "Decision", "Place", "Referent", "Setting", "choose", "compatible", "score_sheets", "sheet_of"]

PERSON_TYPES = frozenset({"Person", "Occupation"})
# The kind of nouns that say whose relative somebody is.
KIN = "kin"
PEOPLE = frozenset({"Person", "Group"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mention stands, for distance and role: sentence in reading order, character, role, governing word."""

    order: int
    start: int
    role: str
    sentence: int
    verb: int
    kind: str
    quoted: int


@dataclass(slots=True)
class Referent:
    """One thing as known so far: what its mentions told of it, and where they stand."""

    number: int
    type: str = ""
    gender: str = ""
    plural: bool = False
    named: bool = False
    label: str = ""
    kinds: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    name_words: frozenset[str] = frozenset()
    places: list[Place] = field(default_factory=list)
    owner: int = -1
    relatives: set[int] = field(default_factory=set)
    introduced: str = ""
    last: Place = Place(-99, -1, "", -1, -1, "", -1)

    def add(self, place: Place) -> None:
        """Mention it there."""
        self.places.append(place)
        self.last = place


@dataclass(frozen=True, slots=True)
class Setting:
    """A candidate where it stands, and what stands around it."""

    candidate: Candidate
    place: Place
    owner: int
    nearest: Referent | None
    busiest: int
    only_of_kind: int = -1


Test = Callable[[Setting, Referent], bool]
# Which of the things a candidate at a place refers to (its owner's number, or -1, before them), and why.
Decision = Callable[[Candidate, Place, int, Sequence[Referent]], tuple[Referent | None, str]]


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
    recent = (place for place in referent.places[-4:] if setting.place.order - place.order <= 1)
    return any(place.role == SUBJECT for place in recent)


def subject_of_same_verb(setting: Setting, referent: Referent) -> bool:
    """The thing is the subject of the verb that the candidate hangs from."""
    return any(
        place.role == SUBJECT and place.order == setting.place.order and place.verb == setting.place.verb
        for place in referent.places[-3:]
    )


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


def both_subjects(setting: Setting, referent: Referent) -> bool:
    """Both are subjects."""
    return setting.place.role == SUBJECT and referent.last.role == SUBJECT


def same_head(setting: Setting, referent: Referent) -> bool:
    """The thing was called by the same noun."""
    return setting.candidate.lemma in referent.heads


def says_nothing_new(setting: Setting, referent: Referent) -> bool:
    """The same noun, and every word beside it was said of the thing before."""
    return same_head(setting, referent) and setting.candidate.words <= referent.words | referent.name_words


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


def plainly_the_main_one(setting: Setting, referent: Referent) -> bool:
    """A noun with nothing beside it, and the thing is the named one of its type that is mentioned most."""
    return referent.named and _plain(setting) and len(referent.places) == setting.busiest and _of_type(setting, referent)


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
    known = (same_head, head_in_name, same_kind, pointed_at)
    return not any(test(setting, referent) for test in known)


def demonstrative_after(setting: Setting, referent: Referent) -> bool:
    """A demonstrative ("this X"), and the thing was mentioned in this sentence or the one before."""
    near = setting.place.order - referent.last.order <= 1
    return setting.candidate.determiner == "demonstrative" and near


FEATURES: tuple[Test, ...] = (
    is_person, is_organization, is_place, is_group, is_idea, is_named, same_sentence, sentence_before,
    two_sentences_before, far_before, last_was_subject, last_was_object, last_was_complement, recent_subject,
    subject_of_same_verb, last_by_pronoun, last_by_name, nearest, mentioned_twice, mentioned_often, busiest,
    same_gender, quoted_apart, last_was_quoted, pointed_at, both_subjects, same_head, says_nothing_new, says_something_else, head_in_name,
    words_in_name, same_kind, same_kind_of_person, only_one_of_kind, plainly_the_main_one, plainly_the_nearest, other_kind, same_owner, called_anew, demonstrative_after,
)  # fmt: skip

# What the candidate by itself says against referring to anything before.
ABSTENTION: Mapping[str, Callable[[Setting], bool]] = {
    "any": lambda setting: True,
    "has complement": lambda setting: setting.candidate.complement,
    "has words beside": lambda setting: bool(setting.candidate.words),
    "first sentence": lambda setting: setting.place.order == 0,
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
    "in a quotation": lambda setting: setting.place.quoted >= 0,
}


def sheet_of(candidate: Candidate) -> str:
    """The score sheet for a candidate: its way of referring."""
    return candidate.pronoun.reference if candidate.pronoun else "nominal"


@lru_cache(maxsize=1)
def score_sheets() -> Mapping[str, Mapping[str, float]]:
    """The weights by sheet and feature; those of abstaining begin with "none: "."""
    text = (files("kg.entities") / "weights.json").read_text(encoding="utf-8")
    sheets: Mapping[str, Mapping[str, float]] = json.loads(text)
    return sheets


@lru_cache(maxsize=8)
def _tests(sheet: str) -> tuple[tuple[Test, float], ...]:
    weights = score_sheets().get(sheet, {})
    return tuple((test, weights[test.__name__]) for test in FEATURES if weights.get(test.__name__))


def compatible(candidate: Candidate, place: Place, referent: Referent) -> bool:
    """Whether the candidate could refer to the thing at all: number, gender, type, and no verb's two arguments."""
    if not _agree(candidate, referent):
        return False
    if candidate.pronoun:
        return not _arguments_of_one_verb(candidate, place, referent)
    return _could_be_called(candidate, referent)


def _agree(candidate: Candidate, referent: Referent) -> bool:
    if candidate.number == "Plur" and not referent.plural:
        return bool(candidate.pronoun) and referent.type in ("Organization", "Group")
    if candidate.number == "Sing" and referent.plural:
        return False
    return not (candidate.pronoun and candidate.gender and referent.gender and candidate.gender != referent.gender)


def _arguments_of_one_verb(candidate: Candidate, place: Place, referent: Referent) -> bool:
    """"Il le lui donne": a personal pronoun is none of the other arguments of its verb."""
    if candidate.pronoun is None or candidate.pronoun.reference == "possessive":
        return False
    return any(
        there.sentence == place.sentence and there.verb == place.verb and there.role != COMPLEMENT
        for there in referent.places[-3:]
    )


def _could_be_called(candidate: Candidate, referent: Referent) -> bool:
    if candidate.lemma in referent.heads or candidate.lemma in referent.name_words:
        return not (referent.type in PEOPLE and candidate.noun.type not in {*PERSON_TYPES, "Group", ""})
    kind_of_thing, kind_of_noun = referent.type, candidate.noun.type
    if kind_of_noun in PERSON_TYPES:
        genders = {candidate.gender, referent.gender} - {""}
        return kind_of_thing in PEOPLE and (len(genders) < 2 or candidate.noun.kind == "person")
    if not kind_of_noun or kind_of_noun == "Concept":
        return False
    return kind_of_noun == kind_of_thing or candidate.noun.kind in referent.kinds


def setting_of(candidate: Candidate, place: Place, owner: int, found: Sequence[Referent]) -> Setting:
    """The candidate among the things that it could refer to."""
    latest = max(found, key=lambda referent: referent.last.start, default=None)
    busiest = max((len(referent.places) for referent in found), default=0)
    kind = candidate.noun.kind
    alike = [referent.number for referent in found if kind in referent.kinds] if kind else []
    return Setting(candidate, place, owner, latest, busiest, alike[0] if len(alike) == 1 else -1)


def score(sheet: str, setting: Setting, referent: Referent) -> float:
    """The sum of the weights of the features that hold."""
    total = 0.0
    for test, weight in _tests(sheet):
        if test(setting, referent):
            total += weight
    return total


def abstention(sheet: str, setting: Setting) -> float:
    """The sum of what speaks for referring to nothing said before."""
    weights = score_sheets().get(sheet, {})
    return sum(weights.get(f"none: {name}", 0.0) for name, test in ABSTENTION.items() if test(setting))


def choose(candidate: Candidate, place: Place, owner: int, referents: Sequence[Referent]) -> tuple[Referent | None, str]:
    """What the candidate refers to, and the features that decided; None with the reason where nothing is sure."""
    found = [referent for referent in referents if compatible(candidate, place, referent)]
    if not found:
        return None, "nothing before agrees with it"
    sheet = sheet_of(candidate)
    setting = setting_of(candidate, place, owner, found)
    sums = [score(sheet, setting, referent) for referent in found]
    most = max(range(len(found)), key=lambda i: (sums[i], found[i].last.start))
    best = found[most]
    if sums[most] <= abstention(sheet, setting):
        return None, "nothing before is surely meant"
    return best, rule_of(sheet, setting, best)


def rule_of(sheet: str, setting: Setting, referent: Referent) -> str:
    """The sheet and the three features that weighed most."""
    held = sorted((-weight, test.__name__) for test, weight in _tests(sheet) if weight > 0 and test(setting, referent))
    return f"{sheet}: " + ", ".join(name.replace("_", " ") for _, name in held[:3])
