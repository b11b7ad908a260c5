"""Which of the things named so far a pronoun or a description refers to: a score sheet of named features.

The features stand in `features.py`; their weights in `weights.json` beside this module, one sheet for each way of
referring (personal, local, possessive, demonstrative, nominal), learnt by `tests/benchmarks/learn_coreference.py`. The
highest sum wins; where "none of them" is higher, nothing is resolved.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import lru_cache
from importlib.resources import files
from math import inf

from kg.entities.abstaining import against
from kg.entities.features import SPEAKING, held, of_type
from kg.entities.mentions import COMPLEMENT, OBJECT, OBLIQUE, SUBJECT, Candidate
from kg.entities.referents import ANYBODY, GOVERNING, OPPOSED, PEOPLE, PERSON_TYPES, Place, Referent, Setting

__all__ = ["Decision", "choose", "compatible", "score_sheets", "setting_of", "sheet_of"]

# The kind of the nouns for public offices, of which one person seldom has two at a time.
OFFICIAL = "politician"
# The kind of the nouns for places that are no country, region or town.
SITE = "place"
# How many figures a year has.
YEAR = 4
# What has a name may be called as a text or as a product: "l'encyclopédie", "le jeu".
WRITTEN = {"Work", "Product"}
# Who speaks goes on to speak over so many sentences.
GOES_ON = 2
# Which of the things a candidate at a place refers to (its owner's number, or -1, before them), and why.
Decision = Callable[[Candidate, Place, int, Sequence[Referent]], tuple[Referent | None, str]]


def sheet_of(candidate: Candidate) -> str:
    """The score sheet for a candidate: its way of referring; who is described is weighed as who is not."""
    if candidate.pronoun is None:
        return "nominal"
    return "personal" if candidate.pronoun.reference == "described" else candidate.pronoun.reference


@lru_cache(maxsize=1)
def score_sheets() -> Mapping[str, Mapping[str, float]]:
    """The weights by sheet and feature; those of abstaining begin with "none: "."""
    text = (files("kg.entities") / "weights.json").read_text(encoding="utf-8")
    sheets: Mapping[str, Mapping[str, float]] = json.loads(text)
    return sheets


def compatible(candidate: Candidate, place: Place, referent: Referent) -> bool:
    """Whether the candidate could refer to the thing at all: number, gender, type, and no verb's two arguments."""
    number = candidate.number
    if candidate.pronoun is None:
        # « Les Verts … le parti »: a body with a name in the plural is one.
        one = not referent.plural or (referent.named and referent.type == "Organization")
        agrees = referent.plural if number == "Plur" else number != "Sing" or one
        return agrees and _could_be_called(candidate, referent)
    if number == "Plur" and not referent.plural:
        # « La police … ils », but « ces derniers » are several.
        agrees = candidate.pronoun.reference != "demonstrative" and referent.type in ("Organization", "Group")
    elif number == "Sing" and referent.plural:
        agrees = False
    else:
        known = candidate.gender and referent.gender
        agrees = not known or candidate.gender == referent.gender or candidate.gender in referent.genders
    return agrees and not (
        (referent.last.order == place.order and _arguments_of_one_verb(candidate, place, referent))
        or (place.says and place.quoted < 0 <= referent.last.quoted and _only_quoted(referent))
    )


def _only_quoted(referent: Referent) -> bool:
    """« "Le voleur s'est enfui", a-t-il dit »: of whom alone others speak says nothing himself."""
    return all(there.quoted >= 0 for there in referent.places)


def _arguments_of_one_verb(candidate: Candidate, place: Place, referent: Referent) -> bool:
    """ "Il le lui donne", "Anne promet de l'aider": a personal pronoun is no other argument of its verb, said or not.

    Nor is it one of those of a clause that has it for its subject: « Interrogé par Vexa, il refuse ».
    """
    if candidate.pronoun is None or candidate.pronoun.reference == "possessive":
        return False
    return any(
        there.sentence == place.sentence
        and (
            (there.verb == place.verb and there.role != COMPLEMENT)
            or (there.doer == place.word >= 0 and there.role in (OBJECT, OBLIQUE))
            or there.word == place.doer
        )
        for there in referent.places[-4:]
    )


def _could_be_called(candidate: Candidate, referent: Referent) -> bool:
    if candidate.number == "Plur":
        # « les ouvriers en grève » are not the « nombreux ouvriers » spoken of before.
        said = candidate.words - referent.words - referent.name_words
        if not all(word[0].isdigit() for word in said):
            return False
    if _is_another(candidate, referent):
        return False
    if candidate.lemma in referent.heads or candidate.lemma in referent.name_heads:
        return not (referent.type in PEOPLE and candidate.noun.type not in {*PERSON_TYPES, "Group", ""})
    kind_of_thing, kind_of_noun = referent.type, candidate.noun.type
    if kind_of_noun in PERSON_TYPES:
        genders = {candidate.gender, referent.gender} - {""}
        return kind_of_thing in PEOPLE and (len(genders) < 2 or candidate.noun.kind in ANYBODY)
    if not kind_of_noun or kind_of_noun == "Concept":
        return False
    if candidate.noun.kind == SITE and referent.named and SITE not in referent.kinds:
        return False  # « la piste » is no town
    return (
        kind_of_noun == kind_of_thing
        or candidate.noun.kind in referent.kinds
        or (referent.named and {kind_of_noun, kind_of_thing} == WRITTEN)
    )


def _is_another(candidate: Candidate, referent: Referent) -> bool:
    """« le tournoi de Brest » after « le tournoi de Lyon », the second after the first; « le ministre de la Culture » after « le sénateur Paul Roy ».

    « le géant américain » is no firm that was called British.
    """
    if candidate.nations and referent.nations and candidate.nations.isdisjoint(referent.nations):
        return True
    same = candidate.ranks and referent.ranks and candidate.lemma in referent.heads
    if same and candidate.ranks.isdisjoint(referent.ranks):
        return True
    if referent.type in PEOPLE:
        if OPPOSED.get(candidate.noun.kind) in referent.kinds:
            return True  # « la victime » is not « le suspect »
        if candidate.noun.kind in GOVERNING and candidate.determiner == "definite" and referent.offices:
            return candidate.noun.kind not in referent.kinds
        office = candidate.noun.kind == OFFICIAL and candidate.determiner == "definite" and candidate.names
        return bool(office and referent.offices) and candidate.lemma not in referent.offices
    if not _same_year(candidate.words, referent.words):
        return True
    known = frozenset(referent.beside.get(candidate.lemma, ()))
    if candidate.lemma in referent.name_words:
        known = known | referent.name_words
    return bool(candidate.names and known) and candidate.names.isdisjoint(known)


def _same_year(words: frozenset[str], others: Set[str]) -> bool:
    """« l'élection de 2013 » is not that « de 2017 »."""
    years = [word for word in words if _is_year(word)]
    return not years or not others.isdisjoint(years) or not any(_is_year(word) for word in others)


def _is_year(word: str) -> bool:
    return len(word) == YEAR and word.isdigit()


def setting_of(candidate: Candidate, place: Place, owner: int, found: Sequence[Referent]) -> Setting:
    """The candidate among the things that it could refer to."""
    latest = _latest(found) if found else None
    busiest = max([len(referent.places) for referent in found], default=0)
    if candidate.pronoun:
        speaker = _last_speaker(found, place.order - GOES_ON) if place.says else -1
        return Setting(
            candidate, place, owner, latest, busiest, speaker=speaker, latest_subject=_last_subject(found)
        )
    kind, named = candidate.noun.kind, [one.number for one in found if one.named and of_type(candidate, one)]
    only_named = named[0] if len(named) == 1 else -1
    alike = [referent for referent in found if kind in referent.kinds] if kind else []
    if not alike:
        return Setting(candidate, place, owner, latest, busiest, only_named=only_named)
    main = max(alike, key=lambda referent: (len(referent.places), referent.last.start))
    last = _latest(alike)
    only = main.number if len(alike) == 1 else -1
    return Setting(
        candidate, place, owner, latest, busiest, only, main.number, last.number, only_named=only_named
    )


def _latest(found: Sequence[Referent]) -> Referent:
    starts = [referent.last.start for referent in found]
    return found[starts.index(max(starts))]


def _last_speaker(found: Sequence[Referent], since: int) -> int:
    """Who of them was the last to say something from this sentence on, and nobody did anything since; -1 for nobody."""
    speaking = [one for one in found if one.type in SPEAKING and one.last.order >= since]
    said = [
        (there.start, one.number)
        for one in speaking
        for there in one.places[-4:]
        if there.says and there.order >= since
    ]
    start, number = max(said, default=(-1, -1))
    done = [
        there.start > start
        for one in found
        if one.type == "Person" and one.number != number
        for there in one.places[-4:]
        if there.role == SUBJECT and there.quoted < 0
    ]
    return -1 if any(done) else number


def _last_subject(found: Sequence[Referent]) -> int:
    """Which of them was the last to be a subject; -1 for none."""
    subjects = [
        (there.start, one.number) for one in found for there in one.places[-4:] if there.role == SUBJECT
    ]
    return max(subjects, default=(-1, -1))[1]


def choose(
    candidate: Candidate, place: Place, owner: int, referents: Sequence[Referent]
) -> tuple[Referent | None, str]:
    """What the candidate refers to, and the features that decided; None with the reason where nothing is sure."""
    found = [one for one in referents if one.number != owner and compatible(candidate, place, one)]
    if not found:
        return None, "nothing before agrees with it"
    sheet = sheet_of(candidate)
    weights = score_sheets().get(sheet, {})
    setting = setting_of(candidate, place, owner, found)
    best, most, why = found[0], -inf, list[str]()
    for referent in found:
        names = held(setting, referent)
        total = score(weights, names)
        if total > most or (total == most and referent.last.start > best.last.start):
            best, most, why = referent, total, names
    if most <= score(weights, against(setting)):
        return None, "nothing before is surely meant"
    return best, rule_of(sheet, weights, why)


def score(weights: Mapping[str, float], names: Iterable[str]) -> float:
    """The sum of the weights of the features that hold."""
    total = 0.0
    for name in names:
        total += weights.get(name, 0.0)
    return total


def rule_of(sheet: str, weights: Mapping[str, float], names: Iterable[str]) -> str:
    """The sheet and the three features that weighed most."""
    most = sorted([(-weights[name], name) for name in names if weights.get(name, 0.0) > 0])
    return f"{sheet}: " + ", ".join([name.replace("_", " ") for _, name in most[:3]])
