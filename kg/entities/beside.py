"""What stands beside a name and is the same thing: titles before it, appositions after it, by the order of words.

    le président des États-Unis Donald Trump        title: the nearest fitting noun before the name
    Le président américain, Donald Trump, a …       a phrase, a comma, the name, a comma
    François Fillon, le candidat de la droite, …    the name, a comma, a phrase that ends at a mark

Trees know this too, but parsers err where names stand in rows; words in order err elsewhere. Either may find it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.entities.lexicon import Lexicon, plain
from kg.entities.mentions import Candidate, determiner_of
from kg.entities.names import Name
from kg.entities.referents import PERSON_TYPES
from kg.language.tree import Tree
from kg.model import Token

__all__ = ["Beside", "beside", "nearer", "reading_order"]

# A headline is read after this many sentences of the text, which say in full what it says in short.
HEADLINE_AFTER = 2

# A title reaches from its noun to the name over at most this many words ("ministre de l'Éducation nationale …").
TITLE_REACH = 9
# What stands in brackets behind a name is at most so long: "Lyon (Rhône), grande ville de l'Est, …".
ASIDE = 6
NAMELIKE = frozenset({"ADJ", "NOUN", "PROPN", "ADP", "DET", "NUM", "X"})
OPENING = frozenset({",", "(", "–", "—"})
CLOSING = frozenset({",", ")", ".", ";", ":", "–", "—", "»", "!", "?"})

QUOTED = frozenset({"«", "“", '"'})

# Sentence-wide: token of the noun → (the name, whether a mark stands between, whether a participle says it is the name).
Beside = dict[int, list[tuple[Name, bool, bool]]]


def beside(tree: Tree, nouns: Sequence[Candidate], names: Sequence[Name], lexicon: Lexicon) -> Beside:
    """For each noun phrase, by its head, the names that words in order put beside it."""
    found: Beside = {}
    at = {noun.head: noun for noun in nouns}
    for name in names:
        called = _called(tree, name, lexicon)
        if called in at:
            found.setdefault(called, []).append((name, True, True))
        for head, apart in (*_before(tree, at, name, lexicon), *_after(tree, at, name, lexicon)):
            found.setdefault(head, []).append((name, apart, False))
    return found


def _called(tree: Tree, name: Name, lexicon: Lexicon) -> int:
    """ "un logiciel appelé Vexa", "un bar nommé « la Rotonde »": the noun that the participle hangs from, or -1."""
    index = name.first - 1
    while index > 0 and (tree.tokens[index].text in QUOTED or tree.tokens[index].upos == "DET"):
        index -= 1
    word = tree.tokens[max(index, 0)]
    return word.head if word.deprel == "acl" and plain(word.text) in lexicon.naming else -1


def _before(
    tree: Tree, at: Mapping[int, Candidate], name: Name, lexicon: Lexicon
) -> Iterator[tuple[int, bool]]:
    index = name.first - 1
    if index >= 0 and tree.tokens[index].text in lexicon.civil_titles:
        index -= 1
    if index > 1 and tree.tokens[index].upos == "DET" and tree.tokens[index - 1].text == ",":
        index -= 1  # « son parti, le Mouvement démocrate, … »
    apart = index > 0 and tree.tokens[index].text == ","
    if apart and not _closed(tree, name.last + 1) and not _opens(tree, at, index):
        return
    index -= apart
    if index < 0 or (not apart and tree.tokens[index].upos in ("ADP", "DET", "CCONJ", "PUNCT", "VERB")):
        return
    for token in _leftwards(tree, index):
        if token.index in at and not _modifies(tree, at[token.index]):
            yield token.index, apart


def _modifies(tree: Tree, noun: Candidate) -> bool:
    """ "le groupe automobile Vexa": a noun straight behind another says of what kind that is."""
    before = tree.tokens[noun.head - 1] if noun.head else None
    return not noun.determiner and before is not None and before.upos == "NOUN"


def _opens(tree: Tree, at: Mapping[int, Candidate], comma: int) -> bool:
    """ "Ancien fidèle de Laurent Fabius, Bernard Cazeneuve …", "L'ex-ministre, Anne Roy a …": it opens the sentence."""
    first = next((token.index for token in tree.tokens[:comma] if token.index in at), -1)
    return 0 <= first <= 1 and at[first].determiner in ("", "definite")


def _leftwards(tree: Tree, index: int) -> Iterator[Token]:
    """The words of a stretch that can be one noun phrase, from its end; it ends where its first determiner stands."""
    last = max(-1, index - TITLE_REACH)
    while index > last:
        token = tree.tokens[index]
        if token.upos not in NAMELIKE:
            if token.upos == "PRON":
                yield token  # « un des chefs du parti, … »
            return
        yield token
        index -= 1


def _after(
    tree: Tree, at: Mapping[int, Candidate], name: Name, lexicon: Lexicon
) -> Iterator[tuple[int, bool]]:
    index = name.last + 1
    if index >= len(tree.tokens):
        return
    if tree.tokens[index].text not in OPENING:
        if index in at and at[index].determiner == "":
            yield index, True
        return
    if tree.tokens[index].text == "(":
        yield from _behind(tree, at, index)
        index = next(
            (i for i in range(index, min(index + ASIDE, len(tree.tokens))) if tree.tokens[i].text == ")"), -1
        )
        index = index + 1 if 0 <= index < len(tree.tokens) - 1 and tree.tokens[index + 1].text == "," else -1
    if index >= 0:
        yield from _behind(tree, at, index)


def _behind(tree: Tree, at: Mapping[int, Candidate], index: int) -> Iterator[tuple[int, bool]]:
    """The phrase behind this mark, where it is set apart."""
    for token in tree.tokens[index + 1 : index + 6]:
        if token.index in at:
            noun = at[token.index]
            end = max((t.index for t in tree.tokens if t.start < noun.end), default=token.index)
            if _closed(tree, end + 1) or tree.tokens[index].text == "(" or noun.determiner == "":
                yield token.index, True
            return
        if token.upos not in ("DET", "ADJ", "ADV", "NUM"):
            return


def _closed(tree: Tree, index: int) -> bool:
    """Whether the stretch ends at a mark, a relative clause or the end: it is no member of an enumeration."""
    if index >= len(tree.tokens):
        return True
    token = tree.tokens[index]
    return token.text in CLOSING or token.text in OPENING or token.feature("PronType") == "Rel"


def nearer(tree: Tree, candidate: Candidate, name: Name, lexicon: Lexicon) -> bool:
    """Whether another phrase that fits stands between this noun and the name: "ministre du président Trump".

    A noun without determiner is none: « le fournisseur de services Alma », « la présidente d'Avocats sans frontières, … ».
    """
    head = tree.tokens[candidate.head]
    many = tree.child(head, "nmod") if head.upos == "PRON" else None
    between = tree.tokens[(many or head).index + 1 : name.first]
    people = candidate.noun.type in PERSON_TYPES
    senses = [
        lexicon.sense(plain(token.lemma), plain(token.text))
        for token in between
        if token.upos == "NOUN" and determiner_of(tree, token, lexicon)
    ]
    fitting = [
        s
        for s in senses
        if s and ((s.type in PERSON_TYPES) if people else s.type in (candidate.noun.type, name.type))
    ]
    return bool(fitting)


def reading_order(trees: Sequence[Tree]) -> list[Tree]:
    """The sentences as they are best understood: a headline after the first ones of the text."""
    body = [tree for tree in trees if not tree.sentence.headline]
    headlines = [tree for tree in trees if tree.sentence.headline]
    return body[:HEADLINE_AFTER] + headlines + body[HEADLINE_AFTER:]
