"""Which names are one name: full and short, acronym and long form, with a title and without.

A short name joins a longer one only where exactly one longer one fits; two people of one name stay two. What type of
thing they name, a score sheet decides over all places where they stand.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from kg.entities.acronyms import initials, is_acronym, may_stand_for
from kg.entities.lexicon import Known, Lexicon, fold, plain
from kg.entities.names import MADE, NAME_TYPES, Name
from kg.entities.signs import given_gender

__all__ = ["Named", "best_type", "evidence", "group_names", "score_sheet"]

# Firms can be spoken of as the platforms they run: "sur Twitter".
PLATFORM = "company"
# The kind of a place without article that one is « à », as towns are: « à Brest », but « en Bretagne », « dans le Var ».
CITY = "city"
# What has names by which its products or its parts can be called.
FIRMS = ("Organization", "Product")


@dataclass(slots=True)
class Named:
    """One thing with its names in this article; `names` in text order, `evidence` what speaks for its type."""

    names: list[Name] = field(default_factory=list)
    label: str = ""
    type: str = ""
    kind: str = ""
    gender: str = ""
    known: Known | None = None
    evidence: Mapping[str, float] = field(default_factory=dict)

    @property
    def aliases(self) -> tuple[str, ...]:
        """The other texts by which the article calls it, sorted."""
        return tuple(sorted({name.text for name in self.names} - {self.label}))


def group_names(names: Sequence[Name], lexicon: Lexicon) -> list[Named]:
    """The names of an article as things, in the order in which they first appear."""
    groups: dict[tuple[object, ...], list[Name]] = {}
    for name in names:
        groups.setdefault((name.words, _civil_gender(name, lexicon)), []).append(name)
    merged = _Merging(list(groups.values()), lexicon)
    merged.join_known()
    merged.join_civil()
    merged.join_acronyms()
    merged.join_short()
    things = merged.result()
    firms = {name.words for group in things for name in group if name.type in FIRMS}
    found = [_named(group, lexicon, firms) for group in things]
    return sorted(found, key=lambda one: one.names[0].start)


def _civil_gender(name: Name, lexicon: Lexicon) -> str:
    return lexicon.civil_titles.get(name.title, "") or lexicon.civil_titles.get(plain(name.title), "")


class _Merging:
    """Groups of names that are joined step by step; a step joins only where there is one way to."""

    def __init__(self, groups: list[list[Name]], lexicon: Lexicon) -> None:
        self._groups = groups
        self._lexicon = lexicon
        self._into = list(range(len(groups)))

    def result(self) -> list[list[Name]]:
        """The names of each group, in text order."""
        found: dict[int, list[Name]] = {}
        for index, group in enumerate(self._groups):
            found.setdefault(self._root(index), []).extend(group)
        return [sorted(group, key=lambda name: name.start) for group in found.values()]

    def join_known(self) -> None:
        """ "Myanmar" is "Birmanie": the authority file has both for one thing."""
        first: dict[str, int] = {}
        for index, group in enumerate(self._groups):
            known = _known(group, self._lexicon)
            if known is not None and first.setdefault(known.id, index) != index:
                self._join(index, [first[known.id]])

    def join_civil(self) -> None:
        """ "Martin" is "Mme Martin" where there is no "M. Martin"."""
        alike: dict[tuple[str, ...], list[int]] = {}
        for index, group in enumerate(self._groups):
            alike.setdefault(group[0].words, []).append(index)
        for index, group in enumerate(self._groups):
            same = [i for i in alike[group[0].words] if i != index]
            if same and not self._gender(index):
                self._join(index, same)

    def join_acronyms(self) -> None:
        """An acronym joins the one long form that has its initials; where none has, the one beside it in brackets."""
        for index, group in enumerate(self._groups):
            if is_acronym(group[0].text):
                letters = "".join(group[0].words)
                spelt = [i for i, other in enumerate(self._groups) if self._spells(other, letters)]
                self._join(
                    index, spelt or [i for i in range(len(self._groups)) if self._in_brackets(index, i)]
                )

    def join_short(self) -> None:
        """A short name joins the longer one that contains it as short names are made."""
        order = sorted(range(len(self._groups)), key=lambda i: -len(self._groups[i][0].words))
        texts = [fold(group[0].text) for group in self._groups]
        for index in order:
            last = self._groups[index][0].words[-1]
            # However a name is shortened, its last word stays.
            longer = [i for i in order if last in texts[i] and i != index and self._shortens(index, i)]
            self._join(index, longer)

    def _spells(self, group: Iterable[Name], letters: str) -> bool:
        return any(
            len(name.words) > 1 and letters in initials(name.text, self._lexicon.particles) for name in group
        )

    def _in_brackets(self, acronym: int, long: int) -> bool:
        """ "Parti de la justice (AKP)", "AKP (Parti de la justice)": whether one stands beside the other so."""
        return any(
            _opens_bracket(one, other) or _opens_bracket(other, one)
            for one in self._groups[long]
            if may_stand_for(self._groups[acronym][0].text, one.text, one.type, self._lexicon)
            for other in self._groups[acronym]
        )

    def _root(self, index: int) -> int:
        while self._into[index] != index:
            index = self._into[index]
        return index

    def _join(self, index: int, candidates: Sequence[int]) -> None:
        if not candidates:
            return
        roots = sorted({self._root(candidate) for candidate in candidates} - {self._root(index)})
        fitting = [root for root in roots if self._compatible(index, root)]
        if len(fitting) == 1:
            self._into[self._root(index)] = fitting[0]

    def _gender(self, index: int) -> str:
        root = self._root(index)
        members = [group for i, group in enumerate(self._groups) if self._root(i) == root]
        for group in members:
            for name in group:
                gender = _civil_gender(name, self._lexicon)
                if gender:
                    return gender
        for group in members:
            if group[0].type == "Person" and len(group[0].words) > 1:
                return given_gender(group[0].text, self._lexicon)
        return ""

    def _compatible(self, one: int, other: int) -> bool:
        genders = {self._gender(one), self._gender(other)} - {""}
        return len(genders) < 2

    def _shortens(self, short: int, long: int) -> bool:
        one, other = self._groups[short][0], self._groups[long][0]
        if len(one.words) >= len(other.words):
            return _initialled(one.words, other.words)
        types = {name.type for name in self._groups[short]}, {name.type for name in self._groups[long]}
        if "Person" in types[1] and types[0] & {"Person"}:
            return _inner(one.words, other.words) or _initialled(one.words, other.words)
        if not types[0] & types[1] or "Person" in types[0] | types[1] or self._earlier(short, long):
            return False
        return _begins(one.words, other.words) or (_inside(one, other) and "Place" not in types[0])

    def _earlier(self, short: int, long: int) -> bool:
        """Whether the text has the short name before it has the long one: then that is something else, as products are.

        The title, which is read first and says in short what follows, does not count.
        """
        firsts = [
            next((name.start for name in self._groups[one] if name.sentence > 0), -1) for one in (short, long)
        ]
        return -1 < firsts[0] < firsts[1]


def _opens_bracket(before: Name, inside: Name) -> bool:
    """Whether the second name opens, but for its article, what stands in brackets behind the first."""
    near = before.sentence == inside.sentence and inside.first - before.last in (2, 3)
    return near and "bracket behind" in before.signs


def _begins(short: Sequence[str], long: Sequence[str]) -> bool:
    return tuple(long[: len(short)]) == tuple(short)


def _inner(short: Sequence[str], long: Sequence[str]) -> bool:
    size = len(short)
    return any(tuple(long[i : i + size]) == tuple(short) for i in range(len(long) - size + 1))


def _initialled(short: Sequence[str], long: Sequence[str]) -> bool:
    """ "E. Macron" for "Emmanuel Macron"."""
    return (
        len(short) == len(long) > 1
        and short[1:] == long[1:]
        and len(short[0]) == 1
        and len(long[0]) > 1
        and short[0] == long[0][0]
    )


def _inside(short: Name, long: Name) -> bool:
    """Whether the short one stands in the long one as a word of its own: "Disney", not the "Paris" of "mairie de Paris"."""
    before, found, _ = fold(long.text).partition(fold(short.text))
    last = before.split()[-1:] or [""]
    return bool(found) and len(short.text) > 3 and (not before or before.endswith(" ")) and len(last[0]) > 3


def _named(names: list[Name], lexicon: Lexicon, firms: Set[tuple[str, ...]]) -> Named:
    known = _known(names, lexicon)
    said = evidence(names, known)
    if _goes_on(names, firms):
        said["another name and more"] = 1.0
    # A civil title says all, or the noun with which a name was made.
    sure = next((name.type for name in names if name.source == MADE), "")
    type_name = "Person" if any(name.title for name in names) else sure or best_type(said, score_sheet())
    fullest = max(names, key=lambda name: (len(name.words), len(name.text), -name.start))
    sense = lexicon.folded_nouns.get(fullest.words[0])
    kind = known.kind if known else sense.kind if sense and type_name != "Person" else ""
    if type_name != "Person":
        kind = next((place for name in names if (place := lexicon.places.get(fold(name.text)))), kind)
    if type_name == "Place" and not kind and "article" not in said:
        kind = CITY if any(f"after {word}" in said for word in lexicon.functions["in a town"]) else ""
    gender = next((g for name in names if (g := _civil_gender(name, lexicon))), "")
    if not gender and type_name == "Person":
        gender = given_gender(fullest.text, lexicon)
    label = known.label if known else fullest.text
    return Named(names, label, type_name, kind, gender, known, said)


def _known(names: Iterable[Name], lexicon: Lexicon) -> Known | None:
    """The thing of the authority file that goes by one of these names."""
    return next((found for name in names if (found := lexicon.known.get(fold(name.text)))), None)


def _goes_on(names: Sequence[Name], firms: Set[tuple[str, ...]]) -> bool:
    """Whether a thing is called as another is, and more: "Arvo Mini" beside "Arvo" is what Arvo makes, or a part of it."""
    own = {name.words for name in names}
    others = firms - own
    return any(words[:size] in others for words in own if len(words) > 1 for size in range(1, len(words)))


def evidence(names: Sequence[Name], known: Known | None = None) -> dict[str, float]:
    """What speaks for the type of a thing: the signs of its names, how likely the model finds what in the mean, and
    what the authority file knows.
    """
    found = dict.fromkeys(sorted(frozenset().union(*(name.signs for name in names))), 1.0)
    said = [name for name in names if name.source != "repeat"] or list(names)
    for name in said:
        for kind, share in name.likely or ((name.type, 1.0),):
            if kind in NAME_TYPES:
                found[f"tagged {kind}"] = found.get(f"tagged {kind}", 0.0) + share / len(said)
    if known is not None and known.type:
        medium = known.kind == PLATFORM and "medium" in found and "subject" not in found
        found[f"known as {'Product' if medium else known.type}"] = 1.0
        if known.type == "Place":
            found[f"known {known.kind}"] = 1.0
    return found


@lru_cache(maxsize=1)
def score_sheet() -> Mapping[str, Mapping[str, float]]:
    """The weights by sign and type, learnt by `tests/benchmarks/learn_types.py`."""
    text = (files("kg.entities") / "types.json").read_text(encoding="utf-8")
    sheet: Mapping[str, Mapping[str, float]] = json.loads(text)
    return sheet


def best_type(found: Mapping[str, float], sheet: Mapping[str, Mapping[str, float]]) -> str:
    """The type for which the signs speak most."""
    sums = dict.fromkeys(NAME_TYPES, 0.0)
    for sign, value in found.items():
        for type_name, weight in sheet.get(sign, {}).items():
            sums[type_name] += value * weight
    return max(NAME_TYPES, key=lambda one: sums[one])
