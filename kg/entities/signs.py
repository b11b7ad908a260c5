"""What the words around a name and its own words say of what it names: signs, each a plain phrase.

`naming.py` weighs them over all the places where a name stands. A sign that holds a word of the text ("does announce")
counts where the score sheet knows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.entities.lexicon import Lexicon, fold, plain
from kg.model import Token

__all__ = ["given_gender", "signs"]

# "L'administration Reagan" is named after a person.
NAMED_AFTER = "government"
# How many words may stand between a noun and the name that it calls so: "jeu vidéo", "réseaux sociaux".
BETWEEN = 2
OPENING = frozenset(("«", "“", '"'))


def signs(tokens: Sequence[Token], first: int, last: int, head: int, lexicon: Lexicon) -> frozenset[str]:
    """The signs of a name that stands from the first to the last of these words of its sentence."""
    found = {*_own(tokens[first : last + 1], lexicon)}
    found.update(_before(tokens, first, lexicon))
    found.update(_called(tokens, first, tokens[head], lexicon))
    found.update(_role(tokens, tokens[head], first, last, lexicon))
    return frozenset(found)


def _own(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[str]:
    """What a name says by itself."""
    text = " ".join([token.text for token in tokens])
    if len(tokens) == 1:
        yield "one word"
        if sum(map(str.isalpha, text)) > 1 and all(map(str.isupper, filter(str.isalpha, text))):
            yield "capitals"
        elif "-" not in text and any(map(str.isupper, text[1:])):
            yield "capital inside"
    elif False not in [token.text[0].isupper() for token in tokens]:
        yield "capitals throughout"
    if any(map(str.isdigit, text)):
        yield "figures"
        if text[-1].isdigit() and len(tokens) > 1:
            yield "figures last"
    if len(tokens) > 1:
        yield from [f"word {fold(token.text)}" for token in tokens if token.text[0].isupper()]
    if "&" in text or "+" in text:
        yield "sign inside"
    if given_gender(tokens[0].text, lexicon):
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
        own = tokens[place].feature("Poss") == "Yes"
        yield "possessive" if own else f"article {plain(tokens[place].text)}"
        place -= 1
    elif place >= 0 and tokens[place].upos == "NUM":
        yield "number before"
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
            return _type(token, lexicon, tokens, called=True)
        if plain(token.text) in lexicon.naming and token.head >= 0:
            return _type(tokens[token.head], lexicon, tokens, called=True)
        if token.upos != "ADJ" and token.text not in OPENING:
            break
    return ""


def _type(token: Token, lexicon: Lexicon, tokens: Sequence[Token], *, called: bool = False) -> str:
    """The type of what a noun denotes among the words beside it: "réseau social" is no organization."""
    if token.upos != "NOUN":
        return ""
    lemma = plain(token.lemma)
    words = frozenset[str]()
    if lemma in lexicon.phrases:
        words = frozenset(fold(one.text) for one in tokens[max(0, token.index - 1) : token.index + 3])
    sense = lexicon.sense(lemma, plain(token.text), words)
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
            yield from _deeds(tokens, above, lexicon, passive=passive)
        elif any(token.head == above.index and token.deprel == "cop" for token in tokens):
            yield f"is {_type(above, lexicon, tokens) or 'something'}"
    elif above is not None and relation == "obj":
        yield from _deed("undergoes", above, lexicon)
    elif above is not None and head.deprel == "obl:agent":
        yield from _deed("does", above, lexicon)
    elif above is not None and relation == "nmod" and above.upos == "NOUN":
        yield f"of {_type(above, lexicon, tokens) or 'something'}"
        yield f"of {above.lemma}"
        if above.lemma in lexicon.deed_nouns:
            yield f"of the {lexicon.deed_nouns[above.lemma]}"
    elif above is not None and relation == "appos" and above.upos == "NOUN":
        yield f"names {_type(above, lexicon, tokens) or 'something'}"
    for token in tokens[last + 1 :]:
        if token.head == head.index and token.deprel == "appos" and token.upos == "NOUN":
            yield f"explained as {_type(token, lexicon, tokens) or 'something'}"
        elif token.head == head.index and token.deprel == "acl:relcl" and token.upos == "VERB":
            yield from _related(tokens, token, lexicon)
    if last + 1 < len(tokens) and tokens[last + 1].text == "(":
        yield "bracket behind"


def _deed(way: str, verb: Token, lexicon: Lexicon) -> Iterator[str]:
    yield f"{way} {verb.lemma}"
    if verb.lemma in lexicon.deeds:
        yield f"{way} the {lexicon.deeds[verb.lemma]}"
    if way == "does" and verb.lemma in lexicon.speaking:
        yield "speaks"


def _deeds(tokens: Sequence[Token], verb: Token, lexicon: Lexicon, *, passive: bool) -> Iterator[str]:
    """What a subject does or undergoes: by its verb, what that governs, and what is told beside it."""
    yield from _deed("undergoes" if passive else "does", verb, lexicon)
    if passive:
        return
    for token in tokens[verb.index + 1 :]:
        if token.head != verb.index or token.upos != "VERB":
            continue
        own = any(one.head == token.index and one.deprel.startswith("nsubj") for one in tokens)
        if token.deprel == "xcomp" or (token.deprel == "conj" and not own):
            yield from _deed("does", token, lexicon)


def _related(tokens: Sequence[Token], verb: Token, lexicon: Lexicon) -> Iterator[str]:
    """What a relative clause says of what it hangs from: "X, qui fabrique …", "X, que … a racheté"."""
    for token in tokens[: verb.index]:
        if token.head == verb.index and token.feature("PronType") == "Rel":
            if token.deprel == "nsubj":
                yield from _deed("does", verb, lexicon)
            elif token.deprel in ("obj", "nsubj:pass"):
                yield from _deed("undergoes", verb, lexicon)


def given_gender(name: str, lexicon: Lexicon) -> str:
    """The gender that the given name tells with which a name begins, or the first of two that a hyphen joins; or the empty string."""
    names, given = lexicon.given_names, fold(name.split()[0])
    return names.get(given) or names.get(given.partition(" ")[0], "")
