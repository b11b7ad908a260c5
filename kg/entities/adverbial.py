"""Times without a preposition say when something is done, whatever noun the parser hangs them from."""

from __future__ import annotations

from dataclasses import replace

from kg.entities.lexicon import Lexicon, plain
from kg.model import Sentence, Token

__all__ = ["adverbial"]

# What a noun is to the verb that it follows.
ARGUMENTS = frozenset({"obj", "obl", "xcomp", "iobj"})
ADVERBIAL = "obl:mod"


def adverbial(sentence: Sentence, lexicon: Lexicon) -> Sentence:
    """The sentence with its bare times hung from the verb, not from the noun before them that is no event.

    > Les infirmiers ont repris le travail vendredi.      vendredi ─obl:mod─► repris
    > Le maire a annoncé une grève mardi.                 mardi ─nmod─► grève
    """
    tokens = sentence.tokens
    bare = [token for token in tokens if token.deprel == "nmod" and token.upos == "NOUN"]
    found = {token.index: verb for token in bare if (verb := _verb(tokens, token, lexicon)) >= 0}
    if not found:
        return sentence
    moved = tuple(
        replace(token, head=found[token.index], deprel=ADVERBIAL) if token.index in found else token
        for token in tokens
    )
    return replace(sentence, tokens=moved)


def _verb(tokens: tuple[Token, ...], token: Token, lexicon: Lexicon) -> int:
    """The verb whose time this word is, where it hangs from a noun behind that verb; -1 for all other words."""
    if _type(token, lexicon) != "Date":
        return -1
    noun = tokens[token.head]
    if noun.index > token.index or noun.upos == "VERB" or _type(noun, lexicon) in ("Event", "Date"):
        return -1
    if any(other.head == token.index and other.deprel in ("case", "punct") for other in tokens):
        return -1
    while noun.deprel == "nmod" and noun.head >= 0:
        noun = tokens[noun.head]
    verb = noun.head
    fits = noun.deprel.partition(":")[0] in ARGUMENTS and verb >= 0 and tokens[verb].upos == "VERB"
    return verb if fits and verb < noun.index else -1


def _type(token: Token, lexicon: Lexicon) -> str:
    sense = lexicon.sense(plain(token.lemma), plain(token.text))
    return sense.type if sense else ""
