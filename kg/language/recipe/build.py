"""The recipe of the French pipeline, step by step: lexicon, vocabulary, names, syntax."""

# mypy: disable-error-code="no-any-return,no-untyped-call"

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from kg.language.conllu import TreebankSentence
from kg.language.features import FormFeatures, normal
from kg.language.lexicon import Lexicon
from kg.language.lexicon import write as write_lexicon
from kg.language.reader import FORMS, LEXICON, NAMES, SYNTAX, Reader
from kg.language.recipe import corpora, silver, sources
from kg.language.recipe.corpora import GSD, RHAPSODIE, SEQUOIA, Passage
from kg.language.recipe.learning import Labels, Learner, Plan, Sizes, learn
from kg.language.recipe.swaps import Swaps
from kg.language.tokenizer import Tokenizer

__all__ = ["Recipe"]

STYLES = 3
BUCKETS = 12288
# A word of the training texts gets a vector of its own when it is seen so often.
SEEN = 3
# Spoken passages of Rhapsodie in an epoch: few, as speech is not news.
SPOKEN = 150
# Words of raw news for each word of the treebanks.
SILVER = 0.35

SYNTAX_SIZES = Sizes()
NAME_SIZES = Sizes(piece=64, mark=64, hidden=128, layers=2, head=128)

Report = Callable[[int, Learner], None]


@dataclass(frozen=True, slots=True)
class Treebanks:
    """The annotated sentences; the lemmas and features of closed classes in FQB are made those of Sequoia."""

    sequoia: list[TreebankSentence]
    gsd: list[TreebankSentence]
    fqb: list[TreebankSentence]
    rhapsodie: list[TreebankSentence]

    @classmethod
    def load(cls, folder: Path) -> Treebanks:
        """The treebanks in a folder of CoNLL-U files; the development set of Sequoia is not among them."""
        sequoia = corpora.treebank(folder / "fr_sequoia-ud-train.conllu")
        return cls(
            sequoia,
            corpora.treebank(folder / "fr_gsd-ud-dev.conllu"),
            corpora.treebank(folder / "fr_fqb-ud.conllu", sequoia),
            corpora.treebank(folder / "fr_rhapsodie-ud-train.conllu"),
        )

    def passages(self, rng: random.Random) -> list[Passage]:
        """One epoch: all sentences, grouped anew."""
        groups = (
            (self.sequoia, SEQUOIA, (1, 1, 2, 3, 5, 8)),
            (self.gsd, GSD, (1, 2, 3, 5)),
            (self.fqb, SEQUOIA, (1, 1, 2, 4)),
        )
        found: list[Passage] = []
        for sentences, style, sizes in groups:
            order = corpora.shuffled(sentences, rng) if rng.random() < 0.5 else sentences
            found += corpora.passages(order, style, sizes, rng)
        spoken = list(corpora.passages(self.rhapsodie, RHAPSODIE, (1, 2, 3), rng))
        found += rng.sample(spoken, min(SPOKEN, len(spoken)))
        return [corpora.augmented(passage, rng) for passage in found]

    def labels(self) -> Labels:
        """Every label in the treebanks; an edit script seen once is left out."""
        everything = [*self.sequoia, *self.gsd, *self.fqb, *self.rhapsodie]
        found = list(corpora.passages(everything, SEQUOIA, (1,), random.Random(0)))
        tags = {tag for passage in found for tag in passage.tags}
        lemmas = Counter(lemma for passage in found for lemma in passage.lemmas)
        return Labels(
            tags=tuple(sorted(tags)),
            parts=tuple(sorted({tag.partition("|")[0] for tag in tags})),
            lemmas=tuple(sorted(lemma for lemma, count in lemmas.items() if count > 1)),
            relations=tuple(sorted({relation for passage in found for relation in passage.relations})),
            personal=corpora.personal(everything),
        )


class Recipe:
    """Data in a folder, a model in another; `work` keeps what the steps leave behind."""

    def __init__(self, data: Path, out: Path, work: Path, tokens: Path) -> None:
        self.data, self.out, self.work = data, out, work
        self.tokenizer = Tokenizer.load(tokens)
        work.mkdir(parents=True, exist_ok=True)
        if not (work / LEXICON).exists():
            write_lexicon(work / LEXICON, sources.entries(data))
        self.lexicon = Lexicon.load(work / LEXICON)
        self.treebanks = Treebanks.load(data / "ud-fr")
        self.features = FormFeatures(self._vocabulary(), BUCKETS, self.lexicon)

    @property
    def winer(self) -> Path:
        """The names corpus."""
        return self.data / "winer-fr" / "winer-fr.train-dev.jsonl"

    def raw(self) -> Iterator[str]:
        """Raw texts: the articles of WiNER's training part, and the web sentences of GSD."""
        with self.winer.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if record["split"] == "train":
                    yield corpora.tidied(record["text"], ())[0]
        wrapped = (self.data / "gsd-train-text-fr" / "fr_gsd-ud-train.txt").read_text(encoding="utf-8")
        yield wrapped.replace("\n", " ")

    def _vocabulary(self) -> dict[str, int]:
        counts: Counter[str] = Counter()
        banks = self.treebanks
        for sentence in (*banks.sequoia, *banks.gsd, *banks.fqb):
            counts.update(normal(word.text).lower() for word in sentence.words)
        for text in self.raw():
            counts.update(normal(text[start:end]).lower() for start, end in self.tokenizer.cut(text))
        words = sorted(word for word, count in counts.items() if count >= SEEN)
        return {word: index for index, word in enumerate(words, start=1)}

    def learn_names(self, plan: Plan, report: Report) -> Learner:
        """A network for names, from WiNER's training part, with names put in the place of others."""
        passages = list(corpora.names(self.winer, "train", self.tokenizer))
        labels = Labels(names=tuple(sorted({tag for passage in passages for tag in passage.names})))
        lists = self.data / "lexicons-fr" / "sem" / "NER-directory"
        swapped = Swaps(passages, self.data / "gazetteers", lists, self.tokenizer)

        def epoch(number: int, rng: random.Random) -> Iterable[Passage]:
            return [corpora.augmented(swapped(passage, rng), rng) for passage in passages]

        return self._kept(learn(self._learner(labels, NAME_SIZES, plan), plan, epoch, report), NAMES)

    def learn_syntax(self, first: Plan, second: Plan, report: Report) -> Learner:
        """A network for tags, lemmas, trees and sentences: from the treebanks, then from its own reading of news too."""

        def treebanks(number: int, rng: random.Random) -> Iterable[Passage]:
            return self.treebanks.passages(rng)

        def both(number: int, rng: random.Random) -> Iterable[Passage]:
            annotated = self.treebanks.passages(rng)
            words = sum(len(passage.forms) for passage in annotated)
            read = silver.drawn(news, int(SILVER * words), rng)
            return [*annotated, *(corpora.augmented(passage, rng) for passage in read)]

        learner = self._learner(self.treebanks.labels(), SYNTAX_SIZES, first)
        self._kept(learn(learner, first, treebanks, report), SYNTAX)
        self.assemble(self.work / "first")
        reader = Reader.load(self.work / "first")
        news = list(silver.neighbours(reader, self.tokenizer, self.raw()))
        return self._kept(learn(learner, second, both, report), SYNTAX)

    def _learner(self, labels: Labels, sizes: Sizes, plan: Plan) -> Learner:
        torch.manual_seed(plan.seed)
        return Learner(self.features, labels, sizes, STYLES)

    def _kept(self, learner: Learner, name: str) -> Learner:
        self.save(learner, self.work, name)
        return learner

    def save(self, learner: Learner, folder: Path, name: str) -> None:
        """Write a network where `Network.load` finds it; weights in half precision."""
        folder.mkdir(parents=True, exist_ok=True)
        weights = {key: _rounded(value.numpy()) for key, value in learner.state_dict().items()}
        np.savez_compressed(folder / f"{name}.npz", allow_pickle=False, **weights)
        labels = {key: list(values) for key, values in asdict(learner.labels).items() if values}
        text = json.dumps(labels, ensure_ascii=False, indent=0)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8", newline="\n")

    def assemble(self, folder: Path) -> None:
        """Put the networks and the lexicon into a folder, where `Reader.load` finds them."""
        folder.mkdir(parents=True, exist_ok=True)
        self.features.save(folder / FORMS)
        for name in (f"{SYNTAX}.npz", f"{SYNTAX}.json", f"{NAMES}.npz", f"{NAMES}.json", LEXICON):
            (folder / name).write_bytes((self.work / name).read_bytes())


def _rounded(values: NDArray[np.float32]) -> NDArray[np.float16]:
    """Half precision with eight significant bits: what is cut off does not change a score, but packs badly."""
    bits = values.astype(np.float16).view(np.uint16)
    return ((bits + 4) & 0xFFF8).astype(np.uint16).view(np.float16)
