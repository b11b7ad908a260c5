"""What a thing without a name is called: the first of its descriptions, in short, with the name of whose it is."""

from __future__ import annotations

from collections.abc import Sequence

from kg.entities.lexicon import fold, plain
from kg.entities.mentions import Candidate
from kg.entities.names import Name
from kg.entities.naming import Named
from kg.entities.owners import Owners
from kg.entities.phrases import balanced, complement_of, label_tokens
from kg.entities.reading import Reader
from kg.entities.referents import PERSON_TYPES
from kg.language.tree import Tree
from kg.model import Token, ValueMention

__all__ = ["Labels"]

# With the name of whose a thing is, its complement has room in a label up to so many words.
OWNED_WORDS = 8


class Labels:
    """The labels of the things that one article describes."""

    def __init__(self, reader: Reader, values: Sequence[ValueMention]) -> None:
        self._reader = reader
        self._values: dict[int, list[ValueMention]] = {}
        for value in values:
            self._values.setdefault(value.sentence, []).append(value)
        self._owners = Owners(reader.lexicon)
        self._short: dict[tuple[int, int], str] = {}

    def of(self, described: Sequence[Candidate]) -> list[str]:
        """The labels that the descriptions of one thing give it: first what it is called first.

        Where that tells no name and no nation, the first that does beside the same noun: "armée syrienne"; where it is
        a noun and no more, the first that says of what it is: "campagne de dons".
        """
        if len(described) == 1:
            return [self._label(described[0])]
        items = sorted(described, key=lambda item: item.start)
        labels: dict[str, Candidate] = {}
        for item in items:
            labels.setdefault(self._label(item), item)
        first = next(iter(labels))
        if items[0].noun.type not in PERSON_TYPES and not _tells(first, labels[first]):
            same = [label for label, item in labels.items() if item.lemma == items[0].lemma]
            longer = (
                label for label in same if " " not in first and labels[label].complement and " " in label
            )
            first = next((label for label in same if _tells(label, labels[label])), next(longer, first))
        return [first, *(label for label in labels if label != first)]

    def _label(self, item: Candidate) -> str:
        tree = self._reader.trees[item.sentence]
        return self.short(tree, tree.tokens[item.head])

    def short(self, tree: Tree, head: Token) -> str:
        """The phrase in short, its owner by name: "son émission" is "émission de Jean-Marc Morandini"."""
        place = (tree.sentence.index, head.index)
        found = self._short.get(place)
        if found is None:
            found = self._short[place] = balanced(self._said_short(tree, head))
        return found

    def _said_short(self, tree: Tree, head: Token) -> str:
        words = self.before_name(tree, head, self._whole(tree, label_tokens(tree, head)))
        for child in tree.children(head, "nmod", "det"):
            owner = self._owner(tree, child)
            if not owner or (child.index > head.index and child not in words):
                continue
            if child.index > head.index:
                # Something below the complement may be hung from before the noun.
                first = max(head.index + 1, min(token.index for token in tree.subtree(child)))
                return f"{tree.text([token for token in words if token.index < first])} {owner}"
            rest = complement_of(tree, head, words)
            # « toutes ses usines »
            kept = tree.text([word for word in words[: len(words) - len(rest)] if word.index > child.index])
            # « sa rencontre avec le maire »: whose it is stands before with whom
            fits = rest and len(rest) + len(owner.split()) <= OWNED_WORDS
            if not fits:
                return f"{kept} {owner}"
            if plain(rest[0].text) not in self._reader.lexicon.possessing:
                return f"{kept} {owner} {tree.text(rest)}"
            # « son studio de jeux »: of which kind it is, is said first; whose else, « sa part du marché », is left out
            bare = len(rest) > 1 and rest[1].upos == "NOUN"
            kind = bare and plain(rest[0].text) not in self._reader.lexicon.determiners
            return f"{kept} {tree.text(rest)} {owner}" if kind else f"{kept} {owner}"
        return tree.text(words)

    def _whole(self, tree: Tree, words: list[Token]) -> list[Token]:
        """« les attentats du 13 [mai 2015] », « le vote à la Chambre [des communes] »: no date and no name is cut through."""
        last = words[-1]
        name = self._reader.name_at(tree.sentence.index, last.index)
        if name is not None:
            return [*words, *tree.tokens[last.index + 1 : name.last + 1]]
        for value in self._values.get(tree.sentence.index, ()):
            if value.start <= last.start and last.end < value.end and words[0].start < value.start:
                return [*words, *(token for token in tree.tokens[last.index + 1 :] if token.end <= value.end)]
        return words

    def before_name(self, tree: Tree, head: Token, words: list[Token]) -> list[Token]:
        """« l'État » of « le chef de l'État Anne Roux »: the phrase without a name hung from it that names whom its noun describes."""
        for child in tree.children(head, "nmod", "appos", "flat"):
            if child.upos != "PROPN" or child.index < head.index or tree.child(child, "case"):
                continue
            name = self._reader.name_at(tree.sentence.index, child.index)
            if name is not None and self._is_above(tree, head, self._reader.number_of(name)):
                return [token for token in words if token.index < name.first] or [head]
        return words

    def _is_above(self, tree: Tree, head: Token, referent: int) -> bool:
        """Whether a noun that this one complements describes that thing."""
        places = ((tree.sentence.index, above.index) for above in tree.ancestors(head))
        found = (
            self._reader.resolved[self._reader.by_token[p]] for p in places if p in self._reader.by_token
        )
        return any(one.referent == referent and isinstance(one.item, Candidate) for one in found)

    def _owner(self, tree: Tree, child: Token) -> str:
        """Whose the thing is, by name: of a possessive, or of a description that means somebody named."""
        possessive = child.upos == "DET"
        if not possessive and not any(
            plain(case.text) in self._reader.lexicon.possessing for case in tree.children(child, "case")
        ):
            return ""
        at = self._reader.by_token.get((tree.sentence.index, child.index))
        resolved = self._reader.resolved[at] if at is not None else None
        if resolved is None or isinstance(resolved.item, Name):
            return ""
        named = self._reader.named(resolved.referent)
        if named is None:
            return ""
        if named.type == "Person":
            return self._owners.plainly(named.label)
        return self._owners.of(named.label, self._article(named))

    def _article(self, named: Named) -> str:
        """The word before a name, maybe its article, where it is first written as its thing is called."""
        for name in named.names:
            before = self._reader.trees[name.sentence].tokens[name.first - 1] if name.first else None
            alike = fold(name.text)[:1] == fold(named.label)[:1]
            if alike and before is not None and before.upos in ("DET", "ADP"):
                return before.text
        return ""


def _tells(label: str, item: Candidate) -> bool:
    """Whether a label says by name whose the thing is, or its nation."""
    return bool(item.nations) or any(word[0].isupper() for word in label.replace("'", " ").split()[1:])
