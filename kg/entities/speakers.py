"""Who speaks in a quotation, as far as the sentences around it tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.entities.lexicon import Lexicon, plain
from kg.entities.quoting import SPEAKERS, signed_by
from kg.entities.referents import Place
from kg.language.tree import Tree
from kg.model import Token

__all__ = ["speaker_of"]

Quotation = tuple[int, int]
NOBODY: Quotation = (-1, -1)
# A quotation goes on with what the one before it says over at most so many characters.
PAUSE = 200


def speaker_of(
    place: Place, quotes: Sequence[Quotation], trees: Sequence[Tree], text: str, lexicon: Lexicon
) -> tuple[int, int] | None:
    """Sentence and token of who says what stands at this place; None where nobody is said to.

    The sentences that a quotation touches are asked, then those beside it, then the quotation before it. Outside
    quotation marks, it is the subject of the verb of speech that the sentence has: « Je refuse, dit-elle. »
    """
    if place.quoted < 0:
        found = _saying(trees[place.sentence], NOBODY, lexicon)
        return (place.sentence, found.index) if found else None
    for number in range(place.quoted, -1, -1):
        speaker = _of_quotation(quotes[number], trees, text, lexicon)
        if speaker is not None:
            return speaker
        if number == 0 or not _goes_on(text[quotes[number - 1][1] : quotes[number][0]]):
            return None
    return None


def _of_quotation(
    quote: Quotation, trees: Sequence[Tree], text: str, lexicon: Lexicon
) -> tuple[int, int] | None:
    start, end = quote
    touching = [i for i, tree in enumerate(trees) if tree.sentence.start < end and start < tree.sentence.end]
    if not touching:
        return None
    inside = list(dict.fromkeys((touching[-1], touching[0])))
    beside = [i for i in (touching[0] - 1, touching[-1] + 1) if 0 <= i < len(trees)]
    for index in inside:
        subject = _saying(trees[index], quote, lexicon) or _source(trees[index], quote, lexicon)
        if subject is not None:
            return index, subject.index
    for index in inside:
        subject = _nearest(_subjects(trees[index], quote), quote)
        if subject is not None:
            return index, subject.index
    for index in beside:
        subject = _saying(trees[index], quote, lexicon)
        behind = text[end : trees[index].sentence.start]
        if subject is not None and not trees[index].sentence.headline and "\n" not in behind:
            return index, subject.index
    signed = signed_by(text, end, trees)
    return (signed[0].sentence.index, signed[1].index) if signed is not None else None


def _goes_on(between: str) -> bool:
    """Whether what stands between two quotations can leave the speaker as he is: a few words of one paragraph."""
    return len(between) <= PAUSE and "\n" not in between.strip(" ")


def _subjects(tree: Tree, quote: Quotation) -> Iterator[Token]:
    """The subjects outside the quotation."""
    for token in tree.tokens:
        if (
            (token.deprel.startswith("nsubj") or token.deprel == "expl:subj")
            and not quote[0] <= token.start < quote[1]
            and token.upos in ("NOUN", "PROPN", "PRON")
        ):
            yield token


def _saying(tree: Tree, quote: Quotation, lexicon: Lexicon) -> Token | None:
    """The subject of the verb of speech that stands nearest to the quotation."""
    found = [
        token
        for token in _subjects(tree, quote)
        if plain(tree.tokens[token.head].lemma) in lexicon.speaking
        and not any(
            way.reference.startswith("speaker") for way in lexicon.pronouns.get(plain(token.text), ())
        )
    ]
    return _nearest(found, quote)


def _source(tree: Tree, quote: Quotation, lexicon: Lexicon) -> Token | None:
    """Who is named as a source: « selon Anne Martin », « d'après lui », « pour Anne Martin, … »."""
    for token in tree.tokens:
        if token.deprel == "case" and _opens(tree, token, lexicon):
            named = tree.tokens[token.head]
            behind = tree.tokens[tree.subtree(named)[-1].index + 1 :]
            if behind and (behind[0].upos == "PUNCT" or tree.child(named, "punct")):
                return named
    for token in tree.tokens:
        if token.deprel == "case" and token.head >= 0 and not quote[0] <= token.start < quote[1]:
            words = " ".join(plain(word.text) for word in tree.subtree(token))
            if words.replace("' ", "'") in lexicon.sources:
                return tree.tokens[token.head]
    return None


def _opens(tree: Tree, token: Token, lexicon: Lexicon) -> bool:
    """Whether somebody's opinion begins with this word: « Pour Anne Martin, … », « À l'inverse, pour elle, … »."""
    if plain(token.text) not in lexicon.opening_sources:
        return False
    before, named = tree.tokens[token.index - 1].text if token.index else ",", tree.tokens[token.head]
    sense = lexicon.sense(plain(named.lemma), plain(named.text)) if named.upos == "NOUN" else None
    somebody = named.text in lexicon.civil_titles or (sense is not None and sense.type in SPEAKERS)
    return before == "," and (named.upos in ("PROPN", "PRON") or somebody)


def _nearest(subjects: Iterator[Token] | Sequence[Token], quote: Quotation) -> Token | None:
    start, end = quote
    return min(subjects, key=lambda token: min(abs(token.start - end), abs(start - token.end)), default=None)
