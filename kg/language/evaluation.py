"""How well an analyzer reads, as the shared tasks on Universal Dependencies count it.

A predicted word is right only where it covers the same characters as a gold word; every score is an F1 over
words (or sentences), so that a slip of the tokenizer costs in all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.language.analyzer import Analyzer
from kg.language.conllu import TreebankSentence
from kg.model import Analysis, Document

__all__ = ["Score", "Text", "names_score", "syntax_score", "texts"]

# Sentences of a treebank that are read as one text, joined by a space.
TOGETHER = 10
# Features that say how a word is spelt, not what it is.
LEFT_OUT = frozenset(("Typo",))


@dataclass(slots=True)
class Score:
    """Counts of what there is, what was found, what of it is right; F1 is in percent."""

    gold: int = 0
    found: int = 0
    right: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in percent.

        >>> Score(gold=8, found=12, right=6).f1
        60.0
        """
        return 200 * self.right / (self.gold + self.found) if self.gold + self.found else 0.0

    def add(self, gold: int, found: int, right: int) -> None:
        """Count some more."""
        self.gold, self.found, self.right = self.gold + gold, self.found + found, self.right + right


@dataclass(frozen=True, slots=True)
class Text:
    """Sentences of a treebank as one document, with the place of each."""

    document: Document
    sentences: tuple[tuple[int, TreebankSentence], ...] = field(default=())


def texts(sentences: Sequence[TreebankSentence], together: int = TOGETHER) -> Iterator[Text]:
    """The sentences of a treebank joined by spaces, some at a time."""
    for first in range(0, len(sentences), together):
        group = sentences[first : first + together]
        places, end = [], 0
        for sentence in group:
            places.append((end, sentence))
            end += len(sentence.text) + 1
        text = " ".join(sentence.text for sentence in group)
        yield Text(Document(f"{first}", text), tuple(places))


def syntax_score(analyzer: Analyzer, sentences: Sequence[TreebankSentence]) -> dict[str, Score]:
    """Scores of words, sentences, UPOS, features, lemmas, UAS and LAS (with subtypes) on a treebank."""
    scores = {name: Score() for name in ("words", "sentences", "UPOS", "features", "lemmas", "UAS", "LAS")}
    for text in texts(sentences):
        _compare(text, analyzer.analyze(text.document), scores)
    return scores


def _compare(text: Text, analysis: Analysis, scores: Mapping[str, Score]) -> None:
    gold = {
        (at + word.start, at + word.end): (at, sentence, word)
        for at, sentence in text.sentences
        for word in sentence.words
    }
    tokens = {(t.start, t.end): (sentence, t) for sentence in analysis.sentences for t in sentence.tokens}
    right: Counter[str] = Counter()
    for span in gold.keys() & tokens.keys():
        at, sentence, word = gold[span]
        found, token = tokens[span]
        right["words"] += 1
        right["UPOS"] += token.upos == word.upos
        right["features"] += _kept(token.features) == _kept(word.features)
        right["lemmas"] += token.lemma == word.lemma
        up = sentence.words[word.head] if word.head >= 0 else None
        over = found.tokens[token.head] if token.head >= 0 else None
        same = (up and (at + up.start, at + up.end)) == (over and (over.start, over.end))
        right["UAS"] += same
        right["LAS"] += same and word.deprel == token.deprel
    for name, score in scores.items():
        if name != "sentences":
            score.add(len(gold), len(tokens), right[name])
    bounds = {(at + s.words[0].start, at + s.words[-1].end) for at, s in text.sentences}
    cut = {(s.start, s.end) for s in analysis.sentences}
    scores["sentences"].add(len(bounds), len(cut), len(bounds & cut))


def _kept(features: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [pair for pair in features if pair[0] not in LEFT_OUT]


def names_score(
    analyzer: Analyzer, texts: Iterable[tuple[str, Sequence[tuple[int, int, str]]]]
) -> dict[str, Score]:
    """Scores of names, exact ends and type, over all types ("all") and for each."""
    scores: dict[str, Score] = {"all": Score()}
    for text, spans in texts:
        gold = {(start, end, kind) for start, end, kind in spans}
        found = {(name.start, name.end, name.type) for name in analyzer.analyze(Document("-", text)).names}
        for kind in sorted({span[2] for span in gold | found}):
            of_gold, of_found = ({span for span in some if span[2] == kind} for some in (gold, found))
            for name in ("all", kind):
                scores.setdefault(name, Score()).add(len(of_gold), len(of_found), len(of_gold & of_found))
    return scores
