"""The things an article has spoken of so far, and which of them a new mention could mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.entities.lexicon import fold, plain
from kg.entities.mentions import Candidate
from kg.entities.names import Name
from kg.entities.naming import Named
from kg.entities.referents import ANYBODY, PERSON_TYPES, TOGETHER, Place, Referent
from kg.language.tree import Tree

__all__ = ["Memory", "article_of"]

# A pronoun reaches no further back than this many sentences; learnt chains in gold-train are shorter.
REACH = 6
# Who is named at last was spoken of within so many sentences.
JUST = 3
# What a demonstrative can call by a noun of another kind just after it: "une grève … ce mouvement".
POINTED = ("Event", "Work", "Product")


class Memory:
    """Referents by number, found again by the nouns and names that they were called by."""

    def __init__(self) -> None:
        self.referents: list[Referent] = []
        self._by_word: dict[str, dict[int, None]] = {}
        self._by_type: dict[str, dict[int, None]] = {}
        self._by_kind: dict[str, dict[int, None]] = {}
        self._together: dict[tuple[int, ...], int] = {}

    def add(self, referent: Referent) -> int:
        """Remember a new thing; its number."""
        number = len(self.referents)
        self.referents.append(referent)
        self._index(self._by_type, [referent.type], number)
        self._index(self._by_word, [*referent.name_words, *referent.heads], number)
        self._index(self._by_kind, referent.kinds, number)
        return number

    def add_named(self, named: Named, trees: Sequence[Tree]) -> int:
        """Remember a thing that has names; its number."""
        several = any(article_of(name, trees, "Number") == "Plur" for name in named.names)
        referent = Referent(
            len(self.referents),
            named.type,
            named.gender or _gender(named, trees),
            plural=several and named.type != "Person",
            named=True,
            label=named.label,
            kinds={named.kind} - {""},
            name_words=frozenset(
                word for name in named.names for form in (fold, plain) for word in form(name.text).split()
            )
            | _basic_words(named, trees),
            name_heads=_head_words(named, trees),
            introduced="name",
            headlined=any(trees[name.sentence].sentence.headline for name in named.names),
            rubric=any(_is_rubric(name, trees[name.sentence]) for name in named.names),
        )
        return self.add(referent)

    def together(self, numbers: Iterable[int], label: str) -> int:
        """Those of these numbers as one group, which pronouns alone can mean; its number."""
        key = tuple(sorted(set(numbers)))
        if key not in self._together:
            genders = {self.referents[number].gender for number in key}
            gender = "Masc" if "Masc" in genders else "" if "" in genders else "Fem"
            number = self._together[key] = len(self.referents)
            self.referents.append(
                Referent(number, "Group", gender, plural=True, label=label, introduced=TOGETHER)
            )
        return self._together[key]

    def mention(self, number: int, place: Place) -> None:
        """The thing is mentioned there."""
        self.referents[number].add(place)

    def last_to_say(self) -> int:
        """The person who was the last to say something; -1 for nobody."""
        said = [
            (there.start, one.number)
            for one in self.referents
            if one.type == "Person"
            for there in one.places[-3:]
            if there.says and there.quoted < 0
        ]
        return max(said, default=(-1, -1))[1]

    def tell(self, number: int, candidate: Candidate) -> None:
        """Learn of the thing what this description says of it."""
        referent = self.referents[number]
        heads = [word for word in (candidate.lemma, candidate.made_of) if word]
        referent.heads.update(heads)
        referent.words.update(candidate.words)
        referent.nations |= candidate.nations
        referent.ranks |= candidate.ranks
        if candidate.names:
            referent.beside.setdefault(candidate.lemma, set()).update(candidate.names)
        if candidate.noun.type == "Occupation":
            referent.offices.add(candidate.lemma)
        self._index(self._by_word, heads, number)
        if candidate.noun.kind:
            referent.kinds.add(candidate.noun.kind)
            self._index(self._by_kind, [candidate.noun.kind], number)
        if referent.type != "Person" or candidate.noun.kind in ANYBODY:
            referent.genders.add(candidate.gender)
        if referent.type == "Person" and candidate.noun.type in PERSON_TYPES:
            if not referent.gender:
                referent.gender, referent.presumed = candidate.gender, True
            elif referent.presumed and candidate.gender == "Fem":
                referent.gender = "Fem"  # « le président … la présidente »: only she is called so

    def nameless(self, candidate: Candidate, place: Place, number: int) -> int | None:
        """The one person without a name who was called so just before the named one was first mentioned; or None."""
        named = self.referents[number]
        if not named.named or named.type != "Person" or candidate.determiner == "indefinite":
            return None
        since = named.places[0].order if named.places else place.order
        found = [
            one
            for one in self.could_mean(candidate, place)
            if not one.named
            and candidate.lemma in one.heads
            and one.places[0].order <= since <= one.last.order + JUST
            and one.type == named.type
            and one.plural == named.plural
            and len({one.gender, named.gender, ""}) < 3
            and not (candidate.words - one.words and one.words - candidate.words)
        ]
        return found[0].number if len(found) == 1 else None

    def named_later(self) -> Iterator[tuple[int, int]]:
        """Things without a name and, for each, the one thing that is named only later and called by its noun.

        « Un policier a été poignardé. … L'officier, Paul Durand, policier à Lyon » : where no sentence has both.
        """
        for one in self.referents:
            if one.named or one.plural or not one.places or not one.type or one.owner >= 0:
                continue
            numbers = {number: None for head in sorted(one.heads) for number in self._by_word.get(head, {})}
            found = [self.referents[n] for n in numbers if _named_after(self.referents[n], one)]
            if len(found) == 1:
                yield one.number, found[0].number

    def merge(self, number: int, into: int) -> None:
        """The two are one thing; the first number is free of mentions from here on."""
        old, new = self.referents[number], self.referents[into]
        for word in sorted(old.heads):
            self._index(self._by_word, [word], into)
        self._index(self._by_kind, sorted(old.kinds), into)
        new.heads |= old.heads
        new.genders |= old.genders
        new.words |= old.words
        new.nations |= old.nations
        new.ranks |= old.ranks
        new.offices |= old.offices
        for word, names in old.beside.items():
            new.beside.setdefault(word, set()).update(names)
        new.kinds |= old.kinds
        new.relatives |= old.relatives
        new.places = sorted((*old.places, *new.places), key=lambda place: (place.order, place.start))
        new.last = new.places[-1]
        old.places = []

    def could_mean(self, candidate: Candidate, place: Place) -> list[Referent]:
        """The things to weigh: for a pronoun the recent ones, for a description those of its word, type or kind."""
        if candidate.pronoun:
            return [one for one in self.referents if one.places and one.last.order >= place.order - REACH]
        numbers = dict(self._by_word.get(candidate.lemma, {}))
        if candidate.noun.type in PERSON_TYPES:
            numbers |= self._by_type.get("Group" if candidate.number == "Plur" else "Person", {})
        elif candidate.noun.type == "Organization":
            numbers |= self._by_type.get("Organization", {})
        elif candidate.noun.type not in ("", "Concept"):
            numbers |= self._by_kind.get(candidate.noun.kind, {})
        if candidate.noun.type in ("Place", "Work", "Product", "Event"):
            numbers |= {
                n: None for n in self._by_type.get(candidate.noun.type, {}) if self.referents[n].named
            }
        if candidate.determiner == "demonstrative" and candidate.noun.type in POINTED:
            numbers |= {
                n: None
                for n in self._by_type.get(candidate.noun.type, {})
                if self.referents[n].last.order >= place.order - 1
            }
        return [self.referents[number] for number in numbers if self.referents[number].places]

    def _index(self, index: dict[str, dict[int, None]], words: Iterable[str], number: int) -> None:
        for word in words:
            index.setdefault(word, {})[number] = None


def _named_after(named: Referent, one: Referent) -> bool:
    """Whether this named thing comes after that nameless one, is of its sort and stands in no sentence with it."""
    return (
        named.named
        and bool(named.places)
        and named.type == one.type
        and not named.plural
        and not one.heads.isdisjoint(named.heads | named.name_heads)
        and named.places[0].start > one.places[0].start
        and len({one.gender, named.gender, ""}) < 3
        and {place.sentence for place in named.places}.isdisjoint(place.sentence for place in one.places)
    )


def _is_rubric(name: Name, tree: Tree) -> bool:
    """« Gambie : le président rentre au pays »: a headline says first of what it is."""
    behind = tree.tokens[name.last + 1 : name.last + 2]
    return tree.sentence.headline and name.first == 0 and [token.text for token in behind] == [":"]


def article_of(name: Name, trees: Sequence[Tree], feature: str) -> str:
    """What the article before a name shows of this feature ("Number", "Gender"); empty without an article."""
    tree = trees[name.sentence]
    det = tree.child(tree.tokens[name.head], "det")
    return det.feature(feature) if det else ""


def _basic_words(named: Named, trees: Sequence[Tree]) -> frozenset[str]:
    """The words of a name as the dictionary has them: "européen" in « la Commission européenne »."""
    return frozenset(
        fold(token.lemma)
        for name in named.names
        for token in trees[name.sentence].tokens[name.first : name.last + 1]
        if token.upos in ("ADJ", "NOUN")
    )


def _head_words(named: Named, trees: Sequence[Tree]) -> frozenset[str]:
    """What a thing is by its names: "direction" in « Direction des examens », and no examination."""
    return frozenset(
        word
        for name in named.names
        for index in (name.head, name.first)
        for text in (trees[name.sentence].tokens[index].text, trees[name.sentence].tokens[index].lemma)
        for form in (fold, plain)
        for word in form(text).split()
    )


def _gender(named: Named, trees: Sequence[Tree]) -> str:
    """The gender that the article before a name shows, or its head noun."""
    for name in named.names:
        head = trees[name.sentence].tokens[name.head]
        found = article_of(name, trees, "Gender") or (head.feature("Gender") if head.upos == "NOUN" else "")
        if found:
            return found
    return ""
