"""Nouns that are known for what they are by the words beside them: « la Lyonnaise », « un des chefs », « un projet de loi »."""

from __future__ import annotations

from collections.abc import Iterable

from kg.entities.lexicon import Lexicon, NounSense, fold, plain
from kg.language.tree import Tree
from kg.model import Token

__all__ = ["NATIVE", "ages", "gender_of", "idiom", "makes", "many", "nations", "native", "ranks"]

# What can be called by its noun and by the bare complement of that.
MADE = frozenset({"Work", "Event"})
# The types of nouns of people.
OF_PEOPLE = ("Person", "Occupation")
# The kind of the nouns for who is from somewhere.
NATIVE = "native"


def native(tree: Tree, token: Token, lexicon: Lexicon) -> bool:
    """« la Lyonnaise », « l'ONG »: whether what a parser takes for a name is a noun."""
    sense = lexicon.nouns.get(plain(token.lemma))
    # « l'IA » is called the same everywhere, while « l'ONG » is the one spoken of.
    individual = sense is not None and token.text.isupper() and sense.type != "Concept"
    noun = sense is not None and (sense.kind == NATIVE or individual)
    return noun and tree.child(token, "det") is not None


def ages(tree: Tree, head: Token, noun: NounSense, lexicon: Lexicon) -> set[int]:
    """« le joueur de 36 ans »: the words that tell somebody's age, which tells nobody apart."""
    if noun.type not in OF_PEOPLE:
        return set()
    told = [one for one in tree.exactly(head, "nmod") if tree.child(one, "nummod")]
    senses = [lexicon.sense(plain(one.lemma), plain(one.text)) for one in told]
    years = [one for one, sense in zip(told, senses, strict=True) if sense and sense.type == "Date"]
    return {token.index for one in years for token in tree.subtree(one)}


def many(tree: Tree, one: Token, lexicon: Lexicon) -> Token | None:
    """« un des chefs du parti »: those of whom one is meant, people or things that can be told apart; or None."""
    found = tree.child(one, "nmod")
    if found is None or found.upos != "NOUN" or found.feature("Number") != "Plur":
        return None
    joined = any(plain(case.text) in lexicon.possessing for case in tree.children(found, "case"))
    sense = lexicon.sense(plain(found.lemma), plain(found.text))
    return found if joined and sense is not None and sense.type not in ("Date", "Concept") else None


def makes(tree: Tree, bare: Token, head: Token, lexicon: Lexicon) -> bool:
    """« un projet de loi »: whether a complement without determiner is of the kind that its noun is, people left aside."""
    below = tree.children(bare)
    if bare.upos != "NOUN" or head.upos != "NOUN" or bare.index != head.index + 2 or len(below) > 1:
        return False
    if any(plain(case.text) in lexicon.contractions for case in below):
        return False
    one, other = (lexicon.sense(plain(item.lemma), plain(item.text)) for item in (bare, head))
    return one is not None and one == other and one.type in MADE


def nations(phrase: Iterable[Token], head: Token, lexicon: Lexicon) -> frozenset[str]:
    """The nations that a phrase tells: « la ministre belge », « les Danois »."""
    lemmas = [token.lemma for token in phrase if token.upos == "ADJ"]
    noun = plain(head.lemma)  # a woman's form is a lemma of its own: « la Française », « une Danoise »
    return lexicon.functions["nation"].intersection([*lemmas, noun, noun[:-1], noun[:-2]])


def ranks(phrase: Iterable[Token], lexicon: Lexicon) -> frozenset[str]:
    """« le premier tour », « le second tour »: the folded words that tell a thing's place in a row."""
    found = lexicon.functions["rank"]
    return frozenset([fold(token.lemma) for token in phrase if plain(token.lemma) in found])


def idiom(tree: Tree, token: Token, lexicon: Lexicon) -> bool:
    """« de son côté »: whether a noun ends a set phrase, and so speaks of nothing."""
    if plain(token.text) not in lexicon.locution_ends:
        return False
    words = [plain(one.text) for one in tree.tokens[max(0, token.index - 2) : token.index + 1]]
    return not lexicon.functions["locution"].isdisjoint((" ".join(words), " ".join(words[-2:])))


def gender_of(tree: Tree, head: Token, noun: NounSense) -> str:
    """« une ancienne ministre »: who is called by a noun that seems masculine has the gender that a word beside it shows."""
    shown = head.feature("Gender")
    if shown != "Masc" or noun.type not in OF_PEOPLE:
        return shown
    return (
        "Fem" if any(one.feature("Gender") == "Fem" for one in tree.children(head, "det", "amod")) else shown
    )
