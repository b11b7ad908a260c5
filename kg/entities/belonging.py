"""Words hung from the wrong one of two: what is counted, what stands behind a time or a list's pronoun, what only people do."""

from __future__ import annotations

from collections.abc import Iterator

from kg.entities.lexicon import Lexicon, plain
from kg.model import Token

__all__ = ["HEARERS", "Place", "counted", "listed", "of_somebody", "wanted", "words_above"]

# Who can be asked to do something.
HEARERS = ("Person", "Organization", "Group", "Occupation")
# Where a word hangs from, and how.
Place = tuple[int, str]


def counted(tokens: tuple[Token, ...], adverb: Token, preposition: Token) -> Iterator[tuple[int, Place]]:
    """« plus de dix personnes »: what is counted takes part, and the adverb only tells how exactly it is."""
    noun = tokens[preposition.head]
    if noun.head != adverb.index or noun.upos != "NOUN" or noun.index < preposition.index:
        return
    below = [token for token in tokens if token.head == noun.index and token.deprel in ("det", "nummod")]
    if below and adverb.deprel.partition(":")[0] in ("obj", "nsubj"):
        yield noun.index, (adverb.head, adverb.deprel)
        yield adverb.index, (noun.index, "advmod")
        yield preposition.index, (adverb.index, "fixed")
        for token in tokens:
            if token.head == adverb.index and token not in (noun, preposition):
                yield token.index, (noun.index, token.deprel)


def wanted(tokens: tuple[Token, ...], noun: Token, lexicon: Lexicon) -> Iterator[tuple[int, Place]]:
    """« bénéficie depuis dix ans d'une aide »: what stands behind so long a time belongs to the verb before that."""
    time = tokens[noun.head]
    verb = tokens[time.head]
    sense = lexicon.sense(plain(time.lemma), plain(time.text))
    if verb.upos != "VERB" or verb.index > time.index or sense is None or sense.type != "Date":
        return
    below = [token for token in tokens if token.head == time.index]
    counted = any(token.deprel == "nummod" or token.feature("Number") == "Plur" for token in below)
    lasts = any(token.deprel == "case" and token.lemma in lexicon.functions["since"] for token in below)
    own = [token for token in tokens if token.head == noun.index]
    of = any(token.deprel == "case" and token.lemma in lexicon.functions["of"] for token in own)
    told = noun.feature("Number") == "Plur" or any(token.deprel == "det" for token in own)
    if counted and lasts and of and told:
        yield noun.index, (verb.index, "obl:arg")


def listed(tokens: tuple[Token, ...], pronoun: Token, lexicon: Lexicon) -> Iterator[tuple[int, Place]]:
    """« des villes, parmi lesquelles Lima »: what stands behind the pronoun, as behind « comme », is one of those before the comma."""
    comma, preposition = tokens[max(pronoun.index - 2, 0)], tokens[pronoun.index - 1]
    if comma.text != "," or plain(preposition.text) not in lexicon.functions["among"]:
        return
    behind = (token for token in tokens[pronoun.index + 1 :] if token.upos not in ("DET", "ADJ", "NUM"))
    member = next(behind, pronoun)
    before = tokens[comma.index - 1]
    around = [before, *words_above(tokens, before)]
    verb = next((token for token in around if token.upos == "VERB"), None)
    around = around[: around.index(verb)] if verb is not None else around
    subjects = [token for token in tokens[: comma.index] if verb is not None and token.head == verb.index]
    fits = [
        token
        for token in (*around, *reversed(subjects))
        if token.upos == "NOUN" and token.index < comma.index and token.feature("Number") == "Plur"
    ]
    plural = [token for token in fits if token in around][-1:] or fits[:1]
    does = member.deprel.startswith("nsubj") and member.head > member.index
    if not plural or member.upos not in ("NOUN", "PROPN") or does:
        return
    if any(token is member for token in words_above(tokens, plural[0])):
        return
    yield member.index, (plural[0].index, "nmod")
    yield preposition.index, (member.index, "case")
    yield pronoun.index, (preposition.index, "fixed")
    for token in tokens:
        if token.head == pronoun.index and token not in (member, preposition):
            yield token.index, (member.index, token.deprel)


def of_somebody(tokens: tuple[Token, ...], verb: Token, lexicon: Lexicon) -> Iterator[tuple[int, Place]]:
    """« un élu hostile à la loi qui a crié »: what only people do is said of the nearest of these, where a thing stands between."""
    subjects = [token for token in tokens if token.head == verb.index and token.deprel.startswith("nsubj")]
    thing = tokens[verb.head]
    sense = lexicon.sense(plain(thing.lemma), plain(thing.text))
    if sense is None or sense.type in HEARERS or not any(t.feature("PronType") == "Rel" for t in subjects):
        return
    for host in words_above(tokens, thing):
        known = lexicon.sense(plain(host.lemma), plain(host.text)) if host.upos == "NOUN" else None
        if host.index < thing.index and known is not None and known.type in HEARERS:
            yield verb.index, (host.index, verb.deprel)
            return


def words_above(tokens: tuple[Token, ...], token: Token) -> Iterator[Token]:
    """The words that this one hangs from, nearest first."""
    while token.head >= 0:
        token = tokens[token.head]
        yield token
