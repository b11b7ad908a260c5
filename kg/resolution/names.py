"""Names beside each other: which words count, what one may be shortened to, how else it may be spelt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from kg.ontology import Ontology
from kg.resolution.profiles import fold

__all__ = [
    "given_names",
    "initials",
    "is_full",
    "is_shared",
    "letter_apart",
    "loose",
    "other_given_names",
    "shortens",
    "skeleton",
    "spellings",
]

# The class of the names that every country has: they are one only where what stands beside them says so.
SHARED = "SharedNames"
# The classes of the small words of names, and of the names given at birth.
SMALL, GIVEN = "NameParticles", "GivenNames"
YEAR = re.compile(r"( d)?( de)? [12]\d{3}$")
SHORTEST_ACRONYM, LONGEST_ACRONYM = 2, 8
# Acronyms may leave out words as short as this.
SHORT = 3
# Names of fewer letters, or consonants, are too easily alike.
LETTERS, CONSONANTS = 10, 5
# The letters at the beginning or the end that are the same where one in the middle is not.
FEW = 5
# Letters that stand for one sound in one language or another, the longest first.
SOUNDS = (
    ("tsch", "s"), ("tch", "s"), ("sch", "s"), ("sh", "s"), ("ch", "s"), ("cz", "s"), ("kh", "k"), ("ph", "f"),
    ("ck", "k"), ("qu", "k"), ("q", "k"), ("x", "ks"), ("z", "s"), ("w", "v"),
)  # fmt: skip
SOFT = re.compile(r"c(?=[eiy])")
SILENT = re.compile(r"[aeiouyjh]")
TWICE = re.compile(r"(\w)\1+")
NUMERAL = re.compile(r"[ivx]+|.*\d.*")


def is_full(name: str) -> bool:
    """Whether a name has several words; a hyphen makes none, and a particle is none.

    >>> is_full("Jean-Jacques"), is_full("Rui Costa"), is_full("Le Pen")
    (False, True, False)
    """
    return sum(fold(word) not in forms(SMALL) for word in name.split()) > 1


def loose(name: str) -> str:
    """A name without its small words, the article before it first of all, and without spaces: some write it so.

    >>> loose("Le Canard enchaîné"), loose("BFM TV"), loose("gare de l'Est")
    ('canardenchaine', 'bfmtv', 'gareest')
    """
    words = fold(name).split()
    rest = [word for word in words if word not in forms(SMALL)]
    return "".join(rest or words)


def initials(name: str) -> set[str]:
    """What a folded name of several words may be shortened to: all first letters, or those of the longer words.

    >>> sorted(initials("confederation generale du travail"))
    ['cgdt', 'cgt']
    """
    parts = name.split()
    if len(parts) < SHORTEST_ACRONYM:
        return set()
    found = {"".join(part[0] for part in parts), "".join(part[0] for part in parts if len(part) > SHORT)}
    return {form for form in found if SHORTEST_ACRONYM < len(form) <= LONGEST_ACRONYM}


def shortens(name: str, whole: str) -> bool:
    """Whether a name is a whole one with a letter for the given name.

    >>> shortens("e macron", "emmanuel macron")
    True
    """
    initial, _, rest = name.partition(" ")
    given, _, last = whole.partition(" ")
    return len(initial) == 1 and len(given) > 1 and given[0] == initial and last == rest


@lru_cache(maxsize=1 << 16)
def skeleton(name: str) -> str:
    """A folded name by its consonants, those of one sound by one letter; "" where these are few.

    It is what is left of a name that was brought over from another script in several ways.

    >>> skeleton("bachar el assad") == skeleton("bashar al assad") != ""
    True
    >>> skeleton("george h w bush") == skeleton("george w bush")
    False
    """
    sounds = name
    for letters, sound in SOUNDS:
        sounds = sounds.replace(letters, sound)
    soft = SOFT.sub("s", sounds).replace("c", "k")
    # An initial is no sound: it is all that tells some people apart.
    found = " ".join(
        TWICE.sub(r"\1", SILENT.sub("", word)) if len(word) > 1 else word for word in soft.split()
    )
    return found if len(found.replace(" ", "")) >= CONSONANTS else ""


def spellings(name: str) -> set[str]:
    """Keys of which a folded name shares one at least with what it may be spelt like."""
    ends = {f"{name[:FEW]}…", f"…{name[-FEW:]}"} if len(name) >= LETTERS else set()
    return ends | ({f"~{skeleton(name)}"} if skeleton(name) else set())


def letter_apart(one: str, other: str) -> bool:
    """Whether long folded names differ in one letter that is there or not, or is another; in no number.

    >>> letter_apart("jodie simpson", "jodie stimpson"), letter_apart("grand prix 2017", "grand prix 2018")
    (True, False)
    """
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1 or len(short) < LETTERS or one == other:
        return False
    at = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    if short[at + (len(short) == len(long)) :] != long[at + 1 :]:
        return False
    return not any(map(NUMERAL.fullmatch, set(one.split()) ^ set(other.split())))


def other_given_names(one: str, other: str) -> bool:
    """Whether two folded names begin with names given to a boy and to a girl, which differ in little.

    >>> other_given_names("paul durand", "paule durand"), other_given_names("katie durand", "katia durand")
    (True, False)
    """
    mine, theirs = (given_names().get(name.partition(" ")[0], set()) for name in (one, other))
    return bool(mine and theirs) and not mine & theirs


def is_shared(name: str) -> bool:
    """Whether every country has one of this name, be it with a year."""
    return YEAR.sub("", fold(name)) in _shared_names()


@lru_cache(maxsize=1)
def given_names() -> Mapping[str, set[str]]:
    """The names, folded, that many were given at birth, with the genders of those who were."""
    found: dict[str, set[str]] = {}
    for term in Ontology.load().terms(GIVEN):
        for name in term.text("names").split():
            found.setdefault(fold(name), set()).add(term.text("gender"))
    return found


@lru_cache(maxsize=1)
def _shared_names() -> frozenset[str]:
    lists = (term.text("names") for term in Ontology.load().terms(SHARED))
    return frozenset(name for names in lists for name in names.strip().split("\n"))


@lru_cache(maxsize=4)
def forms(of_class: str) -> frozenset[str]:
    """The folded words of a class of the lexicon."""
    return frozenset(fold(form) for term in Ontology.load().terms(of_class) for form in term.texts("form"))
