"""The recipe of the French pipeline, step by step: lexicon, vocabulary, names, syntax, windows for names over it."""

# mypy: disable-error-code="no-any-return,no-untyped-call"

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from kg.language.conllu import TreebankSentence
from kg.language.features import FormFeatures, normal
from kg.language.lexicon import Lexicon
from kg.language.lexicon import write as write_lexicon
from kg.language.names import NAMES, WINDOWS
from kg.language.network import Network
from kg.language.reader import FORMS, LEXICON, SYNTAX, Reader
from kg.language.recipe import corpora, silver, sources
from kg.language.recipe.corpora import GSD, RHAPSODIE, SEQUOIA, Passage
from kg.language.recipe.learning import Labels, Learner, Plan, Sizes, learn
from kg.language.recipe.naming import NameLearner, NameSizes, copy_of, labels_of, learn_names, scale_of
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

NAME_SIZES = Sizes(piece=64, mark=64, hidden=128, layers=2, head=128)
# How often the articles are learnt from with other names each time, the first time with their own.
COPIES = 4
AGAIN = 6
# Articles of WiNER whose statements are annotated elsewhere: names found in them tell how well unseen texts are read.
LEFT_OUT = Path(__file__).with_name("left-out.txt")
NEWS = Path(__file__).with_name("news-fr.txt")


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

    def learn_names(self, plan: Plan, report: Callable[[int, Learner], None]) -> Learner:
        """A network for names that reads by itself, from WiNER's training part, names changing from epoch to epoch."""
        articles, swapped = self._articles(), self._swaps()
        labels = Labels(names=labels_of(articles))

        def epoch(number: int, rng: random.Random) -> Iterable[Passage]:
            return [
                corpora.augmented(passage, rng) for article in articles for passage in swapped(article, rng)
            ]

        torch.manual_seed(plan.seed)
        learner = Learner(self.features, labels, NAME_SIZES, STYLES)
        return self._kept(learn(learner, plan, epoch, report), NAMES)

    def learn_windows(self, plan: Plan, report: Callable[[int, NameLearner], None]) -> NameLearner:
        """Windows over the network for syntax, from the same articles and some of our own, in copies with other names."""
        articles, swapped = self._articles(), self._swaps()
        own = list(corpora.invented(NEWS, self.tokenizer))
        articles += own
        # What is our own is short and stands in each copy several times, each time with other names.
        more = [article for _ in range(AGAIN - 1) for article in own]
        syntax = Network.load(self.work, SYNTAX, self.features)
        copies = []
        for number in range(COPIES):
            rng = random.Random(number)
            first = [swapped(article, rng) for article in articles] if number else articles
            copies.append(copy_of([*first, *(swapped(article, rng) for article in more)], syntax))
        torch.manual_seed(plan.seed)
        scale = scale_of(copies[0].states)
        learner = NameLearner(self.features, labels_of(articles), NameSizes(), scale)
        learn_names(learner, plan, copies, report)
        _write(self.work / WINDOWS, learner.weights())
        return learner

    def _articles(self) -> list[list[Passage]]:
        left_out = frozenset(LEFT_OUT.read_text(encoding="utf-8").split())
        return list(corpora.articles(self.winer, "train", self.tokenizer, left_out))

    def _swaps(self) -> Swaps:
        lists = self.data / "lexicons-fr" / "sem" / "NER-directory"
        return Swaps(self._articles(), self.data / "gazetteers", lists, self.tokenizer)

    def learn_syntax(
        self, plans: Sequence[Plan], names: Callable[[], None], report: Callable[[int, Learner], None]
    ) -> Learner:
        """A network for tags, lemmas, trees and sentences: from the treebanks, then from news that it has read itself.

        Each plan is a round, which goes on from the weights of the one before and has that one's reading of the news.
        A reader needs names as well: `names` learns the windows for them in between.
        """
        torch.manual_seed(plans[0].seed)
        learner = Learner(self.features, self.treebanks.labels(), Sizes(), STYLES)
        news: list[list[Passage]] = []

        def epoch(number: int, rng: random.Random) -> Iterable[Passage]:
            annotated = self.treebanks.passages(rng)
            words = sum(len(passage.forms) for passage in annotated) if news else 0
            read = silver.drawn(news, int(SILVER * words), rng)
            return [*annotated, *(corpora.augmented(passage, rng) for passage in read)]

        for number, plan in enumerate(plans):
            if number:
                names()
                before = self.work / f"round-{number}"
                self.assemble(before)
                news[:] = silver.neighbours(Reader.load(before), self.tokenizer, self.raw())
            self._kept(learn(learner, plan, epoch, report), SYNTAX)
        return learner

    def _kept(self, learner: Learner, name: str) -> Learner:
        self.save(learner, self.work, name)
        return learner

    def save(self, learner: Learner, folder: Path, name: str) -> None:
        """Write a network where `Network.load` finds it."""
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / f"{name}.npz", {key: value.numpy() for key, value in learner.state_dict().items()})
        labels = {key: list(values) for key, values in asdict(learner.labels).items() if values}
        text = json.dumps(labels, ensure_ascii=False, indent=0)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8", newline="\n")

    def assemble(self, folder: Path) -> None:
        """Put the networks and the lexicon into a folder, where `Reader.load` finds them."""
        folder.mkdir(parents=True, exist_ok=True)
        self.features.save(folder / FORMS)
        for name in (f"{SYNTAX}.npz", f"{SYNTAX}.json", f"{NAMES}.npz", f"{NAMES}.json", WINDOWS, LEXICON):
            (folder / name).write_bytes((self.work / name).read_bytes())


def _write(path: Path, weights: Mapping[str, NDArray[np.float32]]) -> None:
    """Weights in half precision."""
    np.savez_compressed(path, allow_pickle=False, **{key: _rounded(value) for key, value in weights.items()})


def _rounded(values: NDArray[np.float32]) -> NDArray[np.float16]:
    """Half precision with eight significant bits: what is cut off does not change a score, but packs badly."""
    bits = values.astype(np.float16).view(np.uint16)
    return ((bits + 4) & 0xFFF8).astype(np.uint16).view(np.float16)
