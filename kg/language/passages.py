"""From what was read of a paragraph to the sentences and names of its document, every offset exact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kg.language.conllu import Features
from kg.language.conllu import features as parsed
from kg.language.names import Found
from kg.language.paragraphs import Paragraph
from kg.language.reader import Read
from kg.model import Analysis, Mention, Sentence, Token

__all__ = ["Passage", "analysis_of", "is_one_sentence", "level", "prose"]

# Marks that a model reads alike: curly apostrophes count as straight ones. One sign for one, so that no
# offset moves.
SAME = str.maketrans({"’": "'", "ʼ": "'", "‘": "'"})
STOPS = frozenset((".", "?", "!", "…", "..."))


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph as it was read: where each of its words stands in the document, and what was read of them."""

    paragraph: Paragraph
    words: Sequence[tuple[int, int]]
    read: Read


def level(text: str) -> str:
    """The text as models read it, sign for sign."""
    return text.translate(SAME)


def prose(text: str, place: Paragraph) -> str:
    """A paragraph as the model reads it: a title gets the full stop that sentences of treebanks have."""
    words = text[place.start : place.end]
    return words + "." if place.headline and words[-1:].isalnum() else words


def is_one_sentence(place: Paragraph, forms: Sequence[str]) -> bool:
    """Whether a paragraph is a title in one sentence: no final mark stands before its last word but one."""
    return place.headline and STOPS.isdisjoint(forms[:-2])


def analysis_of(text: str, passages: Sequence[Passage]) -> Analysis:
    """The sentences and names of a document, from its paragraphs in text order."""
    sentences: list[Sentence] = []
    names: list[Mention] = []
    for passage in passages:
        starts = [index for index, begins in enumerate(passage.read.starts) if begins]
        kept = iter(passage.read.names)
        name = next(kept, None)
        for first, end in pairwise([*starts, len(passage.words)]):
            tokens = _tokens(text, passage, first, end)
            inside = []
            while name is not None and name[0] < end:
                inside.append(name)
                name = next(kept, None)
            if tokens:
                sentence = _sentence(text, tokens, len(sentences), headline=passage.paragraph.headline)
                sentences.append(sentence)
                names += _names(
                    sentence, [(a - first, b - first, kind, likely) for a, b, kind, likely in inside]
                )
    return Analysis(tuple(sentences), tuple(names))


def _tokens(text: str, passage: Passage, first: int, end: int) -> list[Token]:
    """The words of a sentence, without the full stop that a title was given.

    Where a sentence has several roots, the later ones hang from the first as parataxis.
    """
    read, limit = passage.read, passage.paragraph.end
    while end > first and passage.words[end - 1][0] >= limit:
        end -= 1
    tokens: list[Token] = []
    root = -1
    for index in range(first, end):
        start, stop = passage.words[index]
        stop = min(stop, limit)
        form = text[start:stop]
        head, relation = read.heads[index], read.relations[index]
        if first <= head < end:
            head -= first
        elif root < 0:
            root, head, relation = index - first, -1, "root"
        else:
            head, relation = root, "parataxis"
        tokens.append(
            Token(
                index - first, start, stop, form, read.lemmas[index] or form, read.upos[index],
                _features(read.features[index]), head, relation, read.doubtful[index],
            )
        )  # fmt: skip
    return tokens


@lru_cache(maxsize=4096)
def _features(column: str) -> Features:
    return parsed(column) if column else ()


def _sentence(text: str, tokens: Sequence[Token], number: int, *, headline: bool) -> Sentence:
    start, end = tokens[0].start, tokens[-1].end
    return Sentence(number, start, end, text[start:end], tuple(tokens), headline)


def _names(sentence: Sentence, found: Sequence[Found]) -> Iterator[Mention]:
    """The names of a sentence as mentions, each with the word that heads it."""
    for first, last, kind, likely in found:
        words = sentence.tokens[first : last + 1]
        if words:
            head = next((word for word in words if not first <= word.head <= last), words[0])
            start, end = words[0].start, words[-1].end
            text = sentence.text[start - sentence.start : end - sentence.start]
            yield Mention(start, end, text, "name", kind, sentence.index, head.index, likely=likely)
