"""Raw news read by the model itself, to learn from once more: what it is unsure of is left unknown.

Treebanks hold few sentences and little news. The model's own reading of news, mended by grammar and lexicon where these
know better, teaches it the rest, as it must find the same answers with a third of its inputs dropped.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from kg.language import scripts
from kg.language.network import Scores
from kg.language.paragraphs import paragraphs
from kg.language.reader import OPEN, Read, Reader, cuts
from kg.language.recipe.corpora import UNSURE, Passage
from kg.language.tokenizer import Tokenizer

__all__ = ["drawn", "neighbours"]

# How likely an answer must be to be learnt from.
SURE = 0.8
# Neighbouring pieces of text that are kept together, how many of them make a passage, and what size that has.
TOGETHER, SIZES, WORDS = 6, (1, 1, 2, 3), range(3, 121)

Likelihood = NDArray[np.float32]


def neighbours(reader: Reader, tokenizer: Tokenizer, texts: Iterable[str]) -> Iterator[list[Passage]]:
    """The sentences of raw texts as the reader understands them, some neighbours at a time."""
    for text in texts:
        for place in paragraphs(text):
            own = text[place.start : place.end]
            forms = [own[start:end] for start, end in tokenizer.cut(own)]
            bounds = list(pairwise([0, *([] if place.headline else cuts(forms)), len(forms)]))
            for first in range(0, len(bounds), TOGETHER):
                pieces = [forms[a:b] for a, b in bounds[first : first + TOGETHER]]
                reads = reader.read(pieces, [place.headline] * len(pieces))
                scores = reader.syntax.scores(reader.syntax.states(pieces)[-1], list(map(len, pieces)))
                yield [_passage(reader, *each) for each in zip(pieces, scores, reads, strict=True)]


def drawn(groups: Sequence[Sequence[Passage]], words: int, rng: random.Random) -> Iterator[Passage]:
    """Passages of neighbours, so many words of them, drawn anew each time."""
    while words > 0:
        group, size = rng.choice(groups), rng.choice(SIZES)
        start = rng.randrange(len(group))
        passage = _joined(group[start : start + size])
        if len(passage.forms) in WORDS:
            words -= len(passage.forms)
            yield passage


def _passage(reader: Reader, forms: Sequence[str], scores: Scores, read: Read) -> Passage:
    tags, lemmas = (_likelihood(scores.heads[name]).max(axis=1) for name in ("tags", "lemmas"))
    (values,) = reader.syntax.relations([scores], [read.heads])
    labels = [reader.syntax.labels["relations"][index] for index in values.argmax(axis=1)]
    related = _likelihood(values).max(axis=1)
    arcs = _arcs(scores, read)
    whole = ["|".join(filter(None, tag)) for tag in zip(read.upos, read.features, strict=True)]
    edits = [scripts.script(form, lemma) for form, lemma in zip(forms, read.lemmas, strict=True)]
    known = [part in OPEN for part in read.upos]
    # What grammar or the tree has changed is surer than what was changed.
    better = [own != label for own, label in zip(read.relations, labels, strict=True)]
    return Passage(
        forms=tuple(forms),
        tags=_kept(whole, tags >= SURE),
        lemmas=_kept(edits, (lemmas >= SURE) | known),
        heads=tuple(np.where(arcs >= SURE, read.heads, UNSURE).tolist()),
        relations=_kept(read.relations, (arcs >= SURE) & ((related >= SURE) | better)),
        starts=read.starts,
    )


def _kept(labels: Sequence[str], sure: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(label if keep else "" for label, keep in zip(labels, sure, strict=True))


def _likelihood(scores: NDArray[np.float32]) -> Likelihood:
    """Scores as likelihoods, row by row."""
    likely = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(likely / likely.sum(axis=1, keepdims=True))


def _arcs(scores: Scores, read: Read) -> Likelihood:
    """How likely the head of each word is, among the words of its sentence."""
    bounds = [*(index for index, start in enumerate(read.starts) if start), len(read.starts)]
    found = []
    for first, last in pairwise(bounds):
        place = [head - first + 1 if head >= 0 else 0 for head in read.heads[first:last]]
        found.append(_likelihood(scores.arcs(first, last))[range(last - first), place])
    return np.concatenate(found)


def _joined(passages: Sequence[Passage]) -> Passage:
    offsets = accumulate((len(passage.forms) for passage in passages), initial=0)
    return Passage(
        forms=tuple(form for passage in passages for form in passage.forms),
        tags=tuple(tag for passage in passages for tag in passage.tags),
        lemmas=tuple(lemma for passage in passages for lemma in passage.lemmas),
        heads=tuple(
            head + offset if head >= 0 else head
            for passage, offset in zip(passages, offsets, strict=False)
            for head in passage.heads
        ),
        relations=tuple(relation for passage in passages for relation in passage.relations),
        starts=tuple(start for passage in passages for start in passage.starts),
    )
