"""What stands between a noun and what is hung from it: « la présidente élue Anne Roux », « un élu hostile à la taxe »."""

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
    > Un élu hostile à la taxe a voté.          taxe ─obl:arg─► hostile
    """
    tokens = sentence.tokens
    found: dict[int, Token] = {}
    for participle in tokens:
        if participle.deprel == "nmod":
            adjective = _wanting(tokens, participle, lexicon)
            if adjective is not None:
                found[participle.index] = replace(participle, head=adjective.index, deprel="obl:arg")
            continue
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


def _wanting(tokens: tuple[Token, ...], complement: Token, lexicon: Lexicon) -> Token | None:
    """The adjective straight before the complement of its noun that wants such a complement."""
    first = complement.index
    while first > 0 and tokens[first - 1].head == complement.index:
        first -= 1
    if first < 2 or first == complement.index:
        return None
    adjective = tokens[first - 1]
    if adjective.upos != "ADJ" or adjective.deprel != "amod" or adjective.head != complement.head:
        return None
    opens = tokens[first].text.lower() in lexicon.wanted.get(plain(adjective.lemma), ())
    return adjective if opens and adjective.head < adjective.index else None
