"""What the words around a name and its own words say of what it names: signs, each a plain phrase.

`naming.py` weighs them over all the places where a name stands. A sign that holds a word of the text ("does announce")
counts where the score sheet knows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.entities.lexicon import Lexicon, fold, plain
from kg.model import Token

__all__ = ["signs"]

# "L'administration Reagan" is named after a person.
NAMED_AFTER = "government"
# How many words may stand between a noun and the name that it calls so: "jeu vidéo", "réseaux sociaux".
BETWEEN = 2
OPENING = frozenset(("«", "“", '"'))


def signs(tokens: Sequence[Token], first: int, last: int, head: int, lexicon: Lexicon) -> Iterator[str]:
    """The signs of a name that stands from the first to the last of these words of its sentence."""
    yield from _own(tokens[first : last + 1], lexicon)
    yield from _before(tokens, first, lexicon)
    yield from _called(tokens, first, tokens[head], lexicon)
    yield from _role(tokens, tokens[head], first, last, lexicon)


def _own(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[str]:
    """What a name says by itself."""
    text = " ".join(token.text for token in tokens)
    if len(tokens) == 1:
        yield "one word"
        letters = [char for char in text if char.isalpha()]
        if len(letters) > 1 and all(char.isupper() for char in letters):
            yield "capitals"
        elif any(char.isupper() for char in text[1:]) and "-" not in text:
            yield "capital inside"
    elif all(token.text[0].isupper() for token in tokens):
        yield "capitals throughout"
    if any(char.isdigit() for char in text):
        yield "figures"
    if "&" in text or "+" in text:
        yield "sign inside"
    given = plain(tokens[0].text)
    if given in lexicon.given_names or given.split("-")[0] in lexicon.given_names:
        yield "given name" if len(tokens) > 1 else "given name alone"
    if fold(text) in lexicon.places:
        yield "place in the lexicon"
    sense = lexicon.folded_nouns.get(fold(tokens[0].text).partition(" ")[0])
    if sense and sense.type:
        yield f"begins as {sense.type}"


def _before(tokens: Sequence[Token], first: int, lexicon: Lexicon) -> Iterator[str]:
    """What stands before a name: nothing, an article, a preposition, a quotation mark."""
    place = first - 1
    if place >= 0 and tokens[place].text in OPENING:
        yield "quoted"
        place -= 1
    if place >= 0 and tokens[place].upos == "DET":
        yield "article"
        place -= 1
    if place < 0 or tokens[place].upos == "PUNCT":
        yield "nothing before"
    elif tokens[place].upos == "ADP":
        if plain(tokens[place].text) in lexicon.mediums:
            yield "medium"
        yield f"after {plain(tokens[place].text).rstrip(chr(39))}"


def _called(tokens: Sequence[Token], first: int, head: Token, lexicon: Lexicon) -> Iterator[str]:
    """The type of the noun that stands right before a name, or before one beside it: "l'application X (Y)"."""
    beside = -1
    if head.deprel == "conj" and head.head >= 0 and tokens[head.head].upos == "PROPN":
        beside = head.head
    elif first > 1 and tokens[first - 1].text == "(":
        beside = first - 2
    if beside >= 0 and tokens[beside].upos == "PROPN":
        while beside > 0 and tokens[beside - 1].upos == "PROPN":
            beside -= 1
        found = _noun_before(tokens, beside, lexicon)
        if found:
            yield f"beside one called {found}"
    found = _noun_before(tokens, first, lexicon)
    if found:
        yield f"called {found}"


def _noun_before(tokens: Sequence[Token], first: int, lexicon: Lexicon) -> str:
    for token in reversed(tokens[max(0, first - 1 - BETWEEN) : first]):
        if token.upos == "NOUN":
            return _type(token, lexicon, called=True)
        if plain(token.text) in lexicon.naming and token.head >= 0:
            return _type(tokens[token.head], lexicon, called=True)
        if token.upos != "ADJ" and token.text not in OPENING:
            break
    return ""


def _type(token: Token, lexicon: Lexicon, *, called: bool = False) -> str:
    sense = lexicon.sense(plain(token.lemma), plain(token.text)) if token.upos == "NOUN" else None
    if sense is None:
        return ""
    return "government" if called and sense.kind == NAMED_AFTER else sense.type


def _role(tokens: Sequence[Token], head: Token, first: int, last: int, lexicon: Lexicon) -> Iterator[str]:
    """What a name is in its sentence, and what the sentence says that it is."""
    above = tokens[head.head] if head.head >= 0 else None
    relation = head.deprel.partition(":")[0]
    if above is not None and relation == "nsubj":
        if above.upos == "VERB":
            passive = head.deprel == "nsubj:pass"
            yield "subject"
            yield f"{'undergoes' if passive else 'does'} {above.lemma}"
        elif any(token.head == above.index and token.deprel == "cop" for token in tokens):
            yield f"is {_type(above, lexicon) or 'something'}"
    elif above is not None and relation == "obj":
        yield f"undergoes {above.lemma}"
    elif above is not None and relation == "nmod" and above.upos == "NOUN":
        yield f"of {_type(above, lexicon) or 'something'}"
        yield f"of {above.lemma}"
    elif above is not None and relation == "appos" and above.upos == "NOUN":
        yield f"names {_type(above, lexicon) or 'something'}"
    for token in tokens[last + 1 :]:
        if token.head == head.index and token.deprel == "appos" and token.upos == "NOUN":
            yield f"explained as {_type(token, lexicon) or 'something'}"
    if last + 1 < len(tokens) and tokens[last + 1].text == "(":
        yield "bracket behind"
