"""Participles between a noun and a name: « la présidente élue Anne Roux », « le maire sortant Jean Roy »."""

from __future__ import annotations

from dataclasses import replace

from kg.entities.lexicon import Lexicon, plain
from kg.model import Sentence, Token

__all__ = ["unburdened"]

# How a parser hangs the name from a participle that has no object.
HUNG = frozenset({"obj", "xcomp"})


def unburdened(sentence: Sentence, lexicon: Lexicon) -> Sentence:
    """The sentence with such names hung from the noun, and participles that tell no deed turned into adjectives.

    > La présidente élue Anne Roux a voté.      Anne ─nmod─► présidente, but « un virus appelé Vexa »
    > Le maire sortant a perdu.                 sortant ─amod─► maire
    """
    tokens = sentence.tokens
    found: dict[int, Token] = {}
    for participle in tokens:
        if participle.deprel != "acl" or participle.head != participle.index - 1:
            continue
        noun, idle = tokens[participle.head], plain(participle.text) in lexicon.idle
        if noun.upos != "NOUN" or participle.feature("VerbForm") != "Part":
            continue
        if idle:
            found[participle.index] = replace(participle, upos="ADJ", deprel="amod")
        name = tokens[participle.index + 1] if participle.index + 1 < len(tokens) else participle
        if name.upos == "PROPN" and name.head == participle.index and name.deprel in HUNG:
            past = participle.feature("Tense") == "Past" and not (
                plain(participle.text) in lexicon.naming or plain(participle.lemma) in lexicon.copular
            )
            if past or idle:
                found[name.index] = replace(name, head=noun.index, deprel="nmod")
    if not found:
        return sentence
    return replace(sentence, tokens=tuple(found.get(token.index, token) for token in tokens))
