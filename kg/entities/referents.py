"""What is known of a thing while an article is read, where its mentions stand, and what a candidate sees of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.entities.mentions import Candidate
from kg.model import record

__all__ = [
    "ANYBODY",
    "GOVERNING",
    "KIN",
    "OPPOSED",
    "PEOPLE",
    "PERSON_TYPES",
    "TOGETHER",
    "Place",
    "Referent",
    "Setting",
]

PERSON_TYPES = frozenset({"Person", "Occupation"})
# The kinds of nouns for who governs, one at a time: he speaks for a government or a country, and is no other minister.
GOVERNING = ("head-of-state", "head-of-government")
# The kind of nouns that say whose relative somebody is.
KIN = "kin"
# The kinds of nouns whose gender is no one's own, "la victime", and those of them that are opposed to one another.
ANYBODY = frozenset({"person", "sufferer", "wrongdoer"})
OPPOSED = {"sufferer": "wrongdoer", "wrongdoer": "sufferer"}
PEOPLE = frozenset({"Person", "Group"})
# How a group is introduced that is nothing but those named side by side.
TOGETHER = "together"


@record
class Place:
    """Where a mention stands, for distance and role: sentence in reading order, character, role, governing word.

    `clause` is the word that heads its clause, `above` the one that heads the clause around it; `word` is its own
    head, `doer` the word for who does what its clause says, be it said there or not; -1 where there is none.
    `says` is whether it is the subject of a verb of speech; `around` is the subject of the nearest clause around its
    own that has one, or -1; `coming` is the subject behind it that it may point ahead to, or -1.
    """

    order: int
    start: int
    role: str
    sentence: int
    verb: int
    kind: str
    quoted: int
    clause: int = -1
    above: int = -1
    word: int = -1
    doer: int = -1
    headline: bool = False
    says: bool = False
    around: int = -1
    coming: int = -1
    paragraph: int = 0


NOWHERE = Place(-99, -1, "", -1, -1, "", -1)


@dataclass(slots=True)
class Referent:
    """One thing as known so far: what its mentions told of it, and where they stand.

    `gender` is its own, `genders` are those of the nouns it was called by: a firm is "elle" after "la compagnie". A
    gender is `presumed` where a noun alone tells it: « le ministre » may be a woman.
    """

    number: int
    type: str = ""
    gender: str = ""
    genders: set[str] = field(default_factory=set)
    presumed: bool = False
    plural: bool = False
    named: bool = False
    label: str = ""
    kinds: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    nations: frozenset[str] = frozenset()
    ranks: frozenset[str] = frozenset()
    beside: dict[str, set[str]] = field(default_factory=dict)
    name_words: frozenset[str] = frozenset()
    name_heads: frozenset[str] = frozenset()
    places: list[Place] = field(default_factory=list)
    owner: int = -1
    relatives: set[int] = field(default_factory=set)
    introduced: str = ""
    headlined: bool = False
    rubric: bool = False
    last: Place = NOWHERE

    def add(self, place: Place) -> None:
        """Mention it there."""
        self.places.append(place)
        self.headlined = self.headlined or place.headline
        self.last = place


@record
class Setting:
    """A candidate where it stands, and what stands around it."""

    candidate: Candidate
    place: Place
    owner: int
    nearest: Referent | None
    busiest: int
    only_of_kind: int = -1
    main_of_kind: int = -1
    latest_of_kind: int = -1
    speaker: int = -1
    latest_subject: int = -1
    only_named: int = -1
