"""Times say when something is done, not what: whatever noun the parser hangs them from, were it as an object."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from kg.entities.lexicon import Lexicon, plain
from kg.model import Sentence, Token

__all__ = ["adverbial"]

# What a noun is to the verb that it follows.
ARGUMENTS = frozenset({"obj", "obl", "xcomp", "iobj"})
ADVERBIAL = "obl:mod"
# How a time may be hung that says when the verb's deed is done.
HUNG = frozenset({"nmod", "obj"})
# What lasts, and has no times.
LASTING = frozenset({"Person", "Occupation", "Organization", "Group", "Place", "Product", "Work"})


def adverbial(sentence: Sentence, lexicon: Lexicon) -> Sentence:
    """The sentence with times hung from the verb, not from the noun before them that is no event.

    > Les infirmiers ont repris le travail vendredi.      vendredi ─obl:mod─► repris
    > Le maire a annoncé une grève mardi.                 mardi ─nmod─► grève
    > La rue a été fermée par la police à 8 heures.       heures ─obl:mod─► fermée
    > La radio émet toutes les deux heures.               heures ─obl:mod─► émet, and no object
    """
    tokens = sentence.tokens
    hung = [token for token in tokens if token.deprel in HUNG and token.upos == "NOUN"]
    found = {token.index: verb for token in hung if (verb := _verb(tokens, token, lexicon)) >= 0}
    if not found:
        return sentence
    moved = tuple(
        replace(token, head=found[token.index], deprel=ADVERBIAL) if token.index in found else token
        for token in tokens
    )
    return replace(sentence, tokens=moved)


def _verb(tokens: tuple[Token, ...], token: Token, lexicon: Lexicon) -> int:
    """The verb whose time this noun is, where it hangs from a noun behind that verb or as its object; -1 for all others."""
    if _type(token, lexicon) != "Date":
        return -1
    below = [other for other in tokens if other.head == token.index]
    noun = tokens[token.head]
    if token.deprel == "obj":
        return noun.index if _recurs(below, lexicon) else -1
    if noun.index > token.index or noun.upos == "VERB" or _type(noun, lexicon) in ("Event", "Date"):
        return -1
    cases = [other for other in below if other.deprel in ("case", "punct")]
    if cases and (_owns(cases, lexicon) or not _lasts(noun, lexicon)):
        return -1
    while noun.deprel == "nmod" and noun.head >= 0:
        noun = tokens[noun.head]
    verb = noun.head
    fits = noun.deprel.partition(":")[0] in ARGUMENTS and verb >= 0 and tokens[verb].upos == "VERB"
    return verb if fits and verb < noun.index else -1


def _lasts(noun: Token, lexicon: Lexicon) -> bool:
    """Whether the noun has no times of its own: « par la police à 8 heures », but « les ventes en mai »."""
    return noun.upos == "PROPN" or _type(noun, lexicon) in LASTING


def _owns(cases: list[Token], lexicon: Lexicon) -> bool:
    """Whether the preposition makes the time the noun's own, « le gouvernement de mai », or a comma tells more of it."""
    return any(plain(other.text) in lexicon.possessing or other.deprel == "punct" for other in cases)


def _recurs(below: list[Token], lexicon: Lexicon) -> bool:
    """« toutes les deux heures »: how often."""
    words = [lexicon.determiners.get(plain(other.text)) for other in below if other.deprel in ("amod", "det")]
    return ("indefinite", "definite") in pairwise(words)


def _type(token: Token, lexicon: Lexicon) -> str:
    sense = lexicon.sense(plain(token.lemma), plain(token.text))
    return sense.type if sense else ""
