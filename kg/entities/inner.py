"""Names inside other names: the "Népal" of "la Chambre des représentants du Népal", the "Fabius" of "le gouvernement Fabius".

They are mentions of what they name, and no participants of what is said: the longer name is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.entities.lexicon import Lexicon, fold, plain
from kg.entities.names import MADE, Name, name_words
from kg.entities.naming import Named, group_names
from kg.entities.signs import NAMED_AFTER, given_gender
from kg.model import Sentence, Token

__all__ = ["INNER", "INSIDE", "grouped_inner", "inner_names"]

# Where such a name comes from, and what decided on it: it is a mention, but no participant.
INNER, INSIDE = "inner", "name: inside another"
# What a name ends in is looked at no further than so many words.
LONGEST = 4


def inner_names(names: Sequence[Name], sentences: Sequence[Sentence], lexicon: Lexicon) -> Iterator[Name]:
    """The names that stand inside others, in text order, one at most in each.

    Either the article names the same elsewhere, or the lexicon knows it as a place, or it is the place in which the
    longer name ends ("le tribunal de Tarbes"), or the person after whom a government is called.
    """
    types = {name.text: name.type for name in names}
    for name in names:
        tokens = sentences[name.sentence].tokens[name.first : name.last + 1]
        if len(tokens) > 1 and (
            name.source == MADE or name.type not in ("Person", "Place", "Work", "Product")
        ):
            yield from _inside(name, tokens, sentences[name.sentence], types, lexicon)


def grouped_inner(inner: Sequence[Name], groups: list[Named], lexicon: Lexicon) -> dict[int, int]:
    """Which group each of these names is of, by its identity: what the article names so elsewhere, or a new one behind."""
    places = {name.words: place for place, group in enumerate(groups) for name in group.names}
    new = group_names([name for name in inner if name.words not in places], lexicon)
    found = {id(name): places[name.words] for name in inner if name.words in places}
    for place, group in enumerate(new, start=len(groups)):
        found |= {id(name): place for name in group.names}
    groups += new
    return found


def _inside(
    name: Name, tokens: Sequence[Token], sentence: Sentence, types: dict[str, str], lexicon: Lexicon
) -> Iterator[Name]:
    for first, last in _stretches(tokens):
        words = tokens[first : last + 1]
        start, end = words[0].start, words[-1].end
        text = sentence.text[start - sentence.start : end - sentence.start]
        kind = types.get(text) or _type(tokens, first, last, text, lexicon)
        if kind and kind not in ("Product", "Work", "Event"):
            head = _head(words)
            yield replace(
                name, start=start, end=end, text=text, type=kind, first=words[0].index, last=words[-1].index,
                head=head.index, words=name_words(text, lexicon), title="", source=INNER, signs=frozenset(), likely=(),
            )  # fmt: skip
            return


def _stretches(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Capitalised stretches behind a preposition, an article or a noun, the longest first; never a whole name."""
    for size in range(min(LONGEST, len(tokens) - 1), 0, -1):
        for first in range(1, len(tokens) - size + 1):
            last = first + size - 1
            if (
                tokens[first].text[0].isupper()
                and tokens[last].text[0].isupper()
                and (tokens[first - 1].upos in ("ADP", "DET") or _common(tokens[first - 1]))
                and not (last + 1 < len(tokens) and tokens[last + 1].upos == "PROPN")
            ):
                yield first, last


def _common(token: Token) -> bool:
    return token.upos == "NOUN" and token.text[0].islower()


def _type(tokens: Sequence[Token], first: int, last: int, text: str, lexicon: Lexicon) -> str:
    """What a stretch names that the article names nowhere else."""
    known = lexicon.known.get(fold(text))
    if fold(text) in lexicon.places or (known is not None and known.type == "Place"):
        return "Place"
    before = tokens[first - 1]
    if any(token.upos != "PROPN" for token in tokens[first : last + 1]):
        return ""
    sense = lexicon.nouns.get(plain(before.lemma)) if _common(before) else None
    if sense is not None:
        return "Person" if sense.kind == NAMED_AFTER else ""
    opening = lexicon.nouns.get(plain(tokens[0].lemma))
    if last < len(tokens) - 1 or plain(before.text) not in lexicon.possessing or opening is None:
        return ""
    return "" if given_gender(tokens[first].text, lexicon) or last - first > 1 else "Place"


def _head(tokens: Sequence[Token]) -> Token:
    inside = {token.index for token in tokens}
    return next((token for token in tokens if token.head not in inside), tokens[0])
