"""Words in, analysed words out: what the networks' scores mean, with the lexicon's word on lemmas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.language import scripts
from kg.language.agents import shared_out
from kg.language.decoding import best_tree
from kg.language.degrees import counted
from kg.language.features import MOST_FORMS, FormFeatures
from kg.language.insertions import told, without_insertion
from kg.language.lexicon import Lexicon
from kg.language.mending import adverbial, alone, bracketed, joined, led, lifted, mended, personal, quoted
from kg.language.names import Found, Namer
from kg.language.network import Array, Network, Scores
from kg.language.repeated import repeated

__all__ = ["Read", "Reader", "cuts"]

SYNTAX, LEXICON, FORMS = "syntax", "lexicon.bin", "forms.json"
# Parts of speech whose lemmas the lexicon knows better than the network; of the others there are few words.
OPEN = frozenset(("NOUN", "ADJ", "VERB", "ADV"))
# How many of the network's edit scripts are tried before the lexicon decides alone.
TRIED = 12
ROOT = "root"
# Marks that end a sentence, that may close behind them, that may open before the next.
FINAL = frozenset((".", "!", "?", "…", "..."))
CLOSING = frozenset(("»", "”", ")", "]"))
OPENING = frozenset(("«", "“"))
# By how much a word must look more like the start of a sentence than not. Best on Sequoia's development set.
SURE = 0.5
# A passage is not cut into pieces of fewer words.
APART = 8
# Letters whose accent the newer spelling drops.
ACCENTED = {"i": "î", "u": "û"}
# A word's head and relation are doubtful where they are together less likely than two in three. One step and no scale:
# hardly a word stands so near it that another machine's last digit would tell.
DOUBTED = float(np.log(1.5))
# How the network marks a verb of the first person.
SPEAKING = "Number=Sing|Person=1|"
# How the lexicon marks verbs, and futures among them.
VERBS, FUTURES, PARTICIPLES = "VERB.", "VERB.f", "VERB.pp"
# How the features of a past participle end.
PAST = "Tense=Past|VerbForm=Part"
# How the lexicon marks an infinitive.
INFINITIVES = frozenset(("VINF", "VERB.b"))


@dataclass(frozen=True, slots=True)
class Read:
    """A passage as read; each tuple has an entry for each word, but `names`: first word, last word, type, likely types.

    `heads` count within the passage, -1 for a root; `starts` are where sentences begin; `doubtful` are words whose
    head and relation the network is not sure of.
    """

    upos: tuple[str, ...]
    features: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    starts: tuple[bool, ...]
    names: tuple[Found, ...]
    doubtful: tuple[bool, ...]


class Reader:
    """The networks of one language and its lexicon."""

    def __init__(self, syntax: Network, names: Namer, lexicon: Lexicon) -> None:
        self.syntax, self.names, self.lexicon = syntax, names, lexicon
        parts = {part: index for index, part in enumerate(syntax.labels["parts"])}
        self._tags = [tag.partition("|")[::2] for tag in syntax.labels["tags"]]
        self._part_of_tag = np.array([parts[upos] for upos, _ in self._tags])
        self._personal = frozenset(syntax.labels.get("personal", ()))
        self._root = syntax.labels["relations"].index(ROOT)
        self._known = lru_cache(maxsize=MOST_FORMS)(lexicon.lemmas)

    @classmethod
    def load(cls, folder: Path) -> Reader:
        """The reader whose networks and lexicon stand in a folder."""
        lexicon = Lexicon.load(folder / LEXICON)
        features = FormFeatures.load(folder / FORMS, lexicon)
        return cls(Network.load(folder, SYNTAX, features), Namer.load(folder, features), lexicon)

    def read(self, passages: Sequence[Sequence[str]], whole: Sequence[bool] = ()) -> list[Read]:
        """Each passage of a document analysed; one that is marked `whole` is a single sentence."""
        if not passages:
            return []
        marks = whole or [False] * len(passages)
        inner = [[] if mark else cuts(forms) for forms, mark in zip(passages, marks, strict=True)]
        bounds = [list(pairwise([0, *cut, len(forms)])) for forms, cut in zip(passages, inner, strict=True)]
        pieces = [forms[a:b] for forms, places in zip(passages, bounds, strict=True) for a, b in places]
        flags = [mark for mark, places in zip(marks, bounds, strict=True) for _ in places]
        states = self.syntax.states(pieces)
        trees = self.syntax.scores(states[-1], list(map(len, pieces)))
        named = self.names.names(pieces, states)
        del states  # of a long document, as large as what comes next
        starts = [self._starts(*each) for each in zip(trees, named, flags, strict=True)]
        hung = [_heads(*each) for each in zip(trees, starts, strict=True)]
        relations = self.syntax.relations(trees, [heads for heads, _ in hung])
        together = zip(pieces, trees, hung, relations, starts, named, strict=True)
        found = iter([self._read(*each) for each in together])
        return [_joined([next(found) for _ in places]) for places in bounds]

    def _starts(self, scores: Scores, names: Sequence[Found], whole: bool) -> NDArray[np.bool_]:
        """Where sentences begin; none does within a name."""
        likely = _likely_starts(scores.heads["starts"])
        starts = np.zeros_like(likely) if whole else likely
        for first, last, *_ in names:
            starts[first + 1 : last + 1] = False
        starts[0] = True
        return starts

    def _read(
        self,
        forms: Sequence[str],
        scores: Scores,
        hung: tuple[list[int], Array],
        relations: Array,
        starts: NDArray[np.bool_],
        names: Sequence[Found],
    ) -> Read:
        tags = [self._tags[index] for index in self._best_tags(scores.heads)]
        upos = tuple(upos for upos, _ in tags)
        features = tuple(
            self._sure(form, mark) if SPEAKING in mark else mark
            for form, (_, mark) in zip(forms, tags, strict=True)
        )
        lemmas = tuple(map(self._lemma, forms, upos, features, scores.heads["lemmas"]))
        heads, against = hung
        found, unlike = self._relations(relations, heads)
        doubtful = against + unlike > DOUBTED
        heads, found = without_insertion(upos, features, heads, found)
        heads, found = told(upos, heads, found)
        heads, found = joined(upos, features, *bracketed(forms, upos, heads, found))
        heads, found = led(upos, heads, found)
        heads = quoted(forms, upos, lifted(upos, features, heads, found), found)
        heads, found = adverbial(upos, *alone(upos, features, heads, found))
        heads = shared_out(features, heads, found)
        found = repeated(upos, heads, counted(upos, features, heads, found))
        mend = mended(upos, features, heads, found)
        return Read(
            upos=upos,
            features=features,
            lemmas=lemmas,
            heads=tuple(heads),
            relations=tuple(personal(lemmas, heads, mend, self._personal)),
            starts=tuple(starts.tolist()),
            names=tuple(names),
            doubtful=tuple(doubtful.tolist()),
        )

    def _sure(self, form: str, mark: str) -> str:
        """The features of a verb in the first person, which treebanks seldom show: a form that is only a future is one."""
        readings = [tag for tag in self.lexicon.tags_of(form.lower()) if tag.startswith(VERBS)]
        if not readings or not all(tag.startswith(FUTURES) for tag in readings) or "Tense=" not in mark:
            return mark
        return re.sub(r"Tense=\w+", "Tense=Fut", re.sub(r"Mood=\w+", "Mood=Ind", mark))

    def _best_tags(self, heads: Mapping[str, Array]) -> Sequence[int]:
        """The tag that is likeliest as such and by its part of speech together."""
        both = heads["tags"] + heads["parts"][:, self._part_of_tag]
        return list(both.argmax(axis=1))

    def _relations(self, values: Array, heads: Sequence[int]) -> tuple[list[str], Array]:
        """The best relation of each word, and what speaks against it."""
        at_root = np.array(heads) < 0
        values[~at_root, self._root] = -np.inf
        best = np.where(at_root, self._root, values.argmax(axis=1))
        labels = self.syntax.labels["relations"]
        return [labels[int(index)] for index in best], _unlikely(values, best)

    def _lemma(self, form: str, upos: str, mark: str, scores: Array) -> str:
        """The likeliest lemma that the lexicon knows for the form, or else the likeliest.

        « une mesure prise » is taken and not prized: of a past participle, only what has this for one.
        """
        even = form.replace("’", "'").replace("ʼ", "'")
        known = (self._known(even, upos) or self._older(even, upos)) if upos in OPEN else []
        if len(known) > 1 and upos == "VERB" and PAST in mark:
            known = self._known(even, upos, PARTICIPLES) or known
        if len(known) == 1:
            return known[0]
        likely = self._likely(even, scores)
        if known:
            return next((lemma for lemma in likely if lemma in known), known[0])
        if upos == "VERB":
            tried = list(likely)
            likely = iter([lemma for lemma in tried if self._infinitive(lemma)] or tried)
        return next(likely, form)

    def _older(self, form: str, upos: str) -> list[str]:
        """The lemmas of a form that the lexicon knows with an accent only: « reconnait », « cout »."""
        for index, letter in enumerate(form.lower()):
            if letter in ACCENTED:
                known = self._known(form[:index] + ACCENTED[letter] + form[index + 1 :], upos)
                if known:
                    return known
        return []

    def _likely(self, form: str, scores: Array) -> Iterator[str]:
        """Lemmas that the network's edit scripts make of a form, the likeliest first; sorted only when asked for."""
        for rank in range(TRIED):
            if rank < 2:
                order = (
                    [scores.argmax()] if rank == 0 else np.argsort(-scores, kind="stable")[:TRIED].tolist()
                )
            lemma = scripts.apply(form, self.syntax.labels["lemmas"][order[rank]])
            if lemma:
                yield lemma

    def _infinitive(self, lemma: str) -> bool:
        return any(reading.tag in INFINITIVES for reading in self.lexicon.readings(lemma))


def _likely_starts(scores: Array) -> NDArray[np.bool_]:
    """Where a sentence begins, for all the network says of each word alone."""
    return np.asarray(scores[:, 1] - scores[:, 0] > SURE)


def cuts(forms: Sequence[str]) -> list[int]:
    """Where a passage can be read in pieces: behind a final mark, before a capital, some words apart.

    Shorter pieces side by side are read faster. A full stop behind a short capitalised word may belong to an
    abbreviation, and a straight quotation mark may open or close, so there the network decides. Of 4,100 such
    cuts in Sequoia and GSD, 9 are wrong.
    """
    found, last = [], 0
    for index in range(1, len(forms) - 1):
        closes = forms[index] in FINAL or (forms[index] in CLOSING and forms[index - 1] in FINAL)
        if not closes or forms[index + 1] in CLOSING or index + 1 - last < APART:
            continue
        before = forms[index - 1]
        opens = forms[index + 1][0].isupper() or forms[index + 1] in OPENING
        if opens and not (len(before) <= 3 and before[0].isupper()):
            found.append(index + 1)
            last = index + 1
    return found


def _joined(pieces: Sequence[Read]) -> Read:
    """The pieces of a passage as one."""
    if len(pieces) == 1:
        return pieces[0]
    offsets = [0, *accumulate(len(piece.upos) for piece in pieces)]
    heads = [h + o if h >= 0 else -1 for piece, o in zip(pieces, offsets, strict=False) for h in piece.heads]
    names = [
        (a + o, b + o, kind, likely)
        for piece, o in zip(pieces, offsets, strict=False)
        for a, b, kind, likely in piece.names
    ]
    return Read(
        upos=tuple(chain.from_iterable(piece.upos for piece in pieces)),
        features=tuple(chain.from_iterable(piece.features for piece in pieces)),
        lemmas=tuple(chain.from_iterable(piece.lemmas for piece in pieces)),
        heads=tuple(heads),
        relations=tuple(chain.from_iterable(piece.relations for piece in pieces)),
        starts=tuple(chain.from_iterable(piece.starts for piece in pieces)),
        names=tuple(names),
        doubtful=tuple(chain.from_iterable(piece.doubtful for piece in pieces)),
    )


def _heads(scores: Scores, starts: NDArray[np.bool_]) -> tuple[list[int], Array]:
    """A tree for each sentence, and what speaks against each of its arcs; heads count within the passage."""
    bounds = [*(int(index) for index in np.flatnonzero(starts)), len(starts)]
    heads: list[int] = []
    doubts: list[Array] = []
    for first, last in pairwise(bounds):
        arcs = scores.arcs(first, last)
        found = best_tree(arcs)
        heads += [head + first if head >= 0 else -1 for head in found]
        doubts.append(_unlikely(arcs, np.array(found) + 1))
    return heads, np.concatenate(doubts)


def _unlikely(scores: Array, chosen: NDArray[np.intp]) -> Array:
    """How unlikely what was chosen in each row is among the others: the logarithm of its probability, without its sign."""
    most, own = scores.max(axis=1), scores[np.arange(len(chosen)), chosen]
    return np.asarray(np.log(np.exp(scores - most[:, None]).sum(axis=1)) + most - own)
