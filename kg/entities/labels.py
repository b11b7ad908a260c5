"""What a thing without a name is called: the first of its descriptions, in short, with the name of whose it is."""

from __future__ import annotations

from collections.abc import Sequence

from kg.entities.lexicon import Lexicon, fold, plain
from kg.entities.mentions import Candidate
from kg.entities.names import Name
from kg.entities.phrases import balanced, label_tokens
from kg.entities.reading import Reader
from kg.entities.referents import PERSON_TYPES
from kg.language.tree import Tree
from kg.model import Token

__all__ = ["Labels"]


VOWELS = frozenset("aeiou")


class Labels:
    """The labels of the things that one article describes."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
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
        words = self.before_name(tree, head, label_tokens(tree, head))
        for child in tree.children(head, "nmod", "det"):
            owner = self._owner(tree, child)
            if not owner or (child.index > head.index and child not in words):
                continue
            first = (
                min(token.index for token in tree.subtree(child))
                if child.index > head.index
                else words[-1].index + 1
            )
            kept = [token for token in words if token.index < max(first, head.index + 1)]
            return f"{tree.text(kept)} {owner}"
        return tree.text(words)

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
        """ "d'Anne", "du Monde": whose the thing is by name, for a possessive or a description of somebody named."""
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
        return _of(self._reader.lexicon, named.label, contracts=named.type != "Person")


def _of(lexicon: Lexicon, label: str, *, contracts: bool) -> str:
    """A label as the owner of something: "de Paul", "d'Anne", "du Monde" where its article contracts."""
    article, _, rest = label.partition(" ")
    if contracts and rest and article in lexicon.possessions:
        return f"{lexicon.possessions[article][0]} {rest}"
    form, elided = lexicon.possessions.get("", ("", ""))
    return elided + label if elided and fold(label)[:1] in VOWELS else f"{form} {label}"


def _tells(label: str, item: Candidate) -> bool:
    """Whether a label says by name whose the thing is, or its nation."""
    return bool(item.nations) or any(word[0].isupper() for word in label.replace("'", " ").split()[1:])
