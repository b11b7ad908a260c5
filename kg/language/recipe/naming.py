"""The network for names as it learns: PyTorch, needed to train only. `kg.language.names` is the same to read with.

The syntax network stays as it is: what its layers make of each word is computed once for each form of the texts.
"""

# PyTorch is not among what kg installs, and mypy then knows nothing of it.
# mypy: disable-error-code="misc,no-any-return,no-untyped-call"

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from kg.language.features import FormFeatures
from kg.language.network import Network
from kg.language.recipe.corpora import Passage
from kg.language.recipe.learning import Bags, Plan, averaged, bags

__all__ = ["Copy", "NameLearner", "NameSizes", "copy_of", "labels_of", "learn_names", "scale_of"]

Article = Sequence[Passage]
# A tag decides alone, so the forms that a network has seen are hidden from it now and then.
HIDDEN_PIECES, HIDDEN_MARKS, HIDDEN_FORMS = 0.1, 0.1, 0.05


@dataclass(frozen=True, slots=True)
class NameSizes:
    """Widths of the vectors of a form, and of what is known of a word; how many windows."""

    word: int = 48
    piece: int = 64
    mark: int = 64
    width: int = 192
    windows: int = 3


@dataclass(frozen=True, slots=True)
class Copy:
    """The articles with one choice of names, and what the layers of the syntax network make of each of their words."""

    articles: Sequence[Article]
    states: Sequence[NDArray[np.float16]]


@dataclass(slots=True)
class Batch:
    """The words of some articles one after another; `before` and `after` are their neighbours, the count for none."""

    states: Tensor
    word: Tensor
    pieces: Bags
    marks: Bags
    forms: Tensor
    before: Tensor
    after: Tensor
    same: Tensor
    capital: Tensor
    gold: Tensor


def copy_of(articles: Sequence[Article], syntax: Network) -> Copy:
    """The articles with their states, in half precision."""
    states = []
    for article in articles:
        layers = syntax.states([passage.forms for passage in article])
        states.append(np.concatenate(layers, axis=1).astype(np.float16))
    return Copy(articles, states)


class NameLearner(nn.Module):
    """The form and the states of a word, windows over words, and what stands around the same form elsewhere."""

    def __init__(
        self, features: FormFeatures, labels: Sequence[str], sizes: NameSizes, scale: Tensor
    ) -> None:
        super().__init__()
        self.features, self.labels = features, tuple(labels)
        self.word = nn.Embedding(len(features.words) + 1, sizes.word)
        self.piece = nn.EmbeddingBag(features.buckets, sizes.piece, mode="mean")
        self.mark = nn.EmbeddingBag(features.marks, sizes.mark, mode="sum")
        for table, spread in ((self.word, 0.5), (self.piece, 1.5), (self.mark, 0.3)):
            nn.init.normal_(table.weight, std=spread)
        width = sizes.width
        self.own = nn.Linear(sizes.word + sizes.piece + sizes.mark, width, bias=False)
        self.layers = nn.Linear(len(scale), width)
        self.windows = nn.ModuleList(nn.Linear(3 * width, width) for _ in range(sizes.windows))
        self.said = nn.Linear(width, width)
        self.heard = nn.Linear(width, width, bias=False)
        self.out = nn.Linear(width, len(labels))
        self.register_buffer("scale", scale)

    def batch(self, articles: Sequence[Article], states: Sequence[NDArray[np.float16]]) -> Batch:
        """Articles as tensors."""
        lengths = [len(passage.forms) for article in articles for passage in article]
        forms = [form for article in articles for passage in article for form in passage.forms]
        place = {form: index for index, form in enumerate(dict.fromkeys(forms))}
        numbers = [self.features(form) for form in place]
        count = len(forms)
        before, after = np.arange(count) - 1, np.arange(count) + 1
        starts = np.array([*accumulate(lengths[:-1], initial=0)])
        before[starts], after[starts[1:] - 1], after[-1] = count, count, count
        owners = [number for number, article in enumerate(articles) for p in article for _ in p.forms]
        same: dict[tuple[int, str], int] = {}
        labels = {label: index for index, label in enumerate(self.labels)}
        return Batch(
            torch.from_numpy(np.concatenate(states).astype(np.float32)) * self.scale,
            torch.tensor([n.word for n in numbers]),
            bags([n.pieces for n in numbers]),
            bags([n.marks for n in numbers]),
            torch.tensor([place[form] for form in forms]),
            torch.from_numpy(before),
            torch.from_numpy(after),
            torch.tensor([same.setdefault(key, len(same)) for key in zip(owners, forms, strict=True)]),
            torch.tensor([float(form[0].isupper()) for form in forms]),
            torch.tensor([labels[tag] for article in articles for p in article for tag in p.names]),
        )

    def forward(self, batch: Batch, plan: Plan) -> Tensor:
        """Scores of the tags, word by word."""

        def dropped(state: Tensor, share: float = plan.dropout) -> Tensor:
            return functional.dropout(state, share, self.training)

        state = self.layers(dropped(batch.states)) + self._own(batch, plan)[batch.forms]
        state = dropped(functional.relu(state))
        for number, window in enumerate(self.windows):
            beyond = torch.cat([state, torch.zeros(1, state.shape[1])])
            new = window(torch.cat([beyond[batch.before], state, beyond[batch.after]], dim=1))
            if number == 1:
                new = new + self._elsewhere(state, batch)
            state = state + dropped(functional.relu(new))
        return self.out(state)

    def _own(self, batch: Batch, plan: Plan) -> Tensor:
        """What each form says by itself; some are hidden, wholly or in part."""
        word, pieces, marks = batch.word, self.piece(*batch.pieces), self.mark(*batch.marks)
        if self.training:
            word = word.masked_fill(torch.rand(word.shape) < plan.forget, 0)
            pieces = pieces * (torch.rand(len(word), 1) > HIDDEN_PIECES)
            marks = marks * (torch.rand(len(word), 1) > HIDDEN_MARKS)
        form = torch.cat([self.word(word), pieces, marks], dim=1)
        own = self.own(functional.dropout(form, plan.dropout / 2, self.training))
        return own * (torch.rand(len(own), 1) > HIDDEN_FORMS) if self.training else own

    def _elsewhere(self, state: Tensor, batch: Batch) -> Tensor:
        """A mean over the other places of the same capitalised form in its article."""
        said, kinds = self.said(state), int(batch.same.max()) + 1
        total = torch.zeros(kinds, said.shape[1]).index_add(0, batch.same, said)
        counts = torch.zeros(kinds).index_add(0, batch.same, torch.ones(len(batch.same)))[batch.same]
        others = (total[batch.same] - said) / (counts - 1).clamp(min=1)[:, None]
        return self.heard(functional.relu(others) * (batch.capital * (counts > 1))[:, None])

    def weights(self) -> dict[str, NDArray[np.float32]]:
        """The weights as `kg.language.names` wants them, which takes the states as they come."""
        found = {name: value.numpy() for name, value in self.state_dict().items()}
        found["layers.weight"] = found["layers.weight"] * found.pop("scale")
        return found


def learn_names(
    learner: NameLearner,
    plan: Plan,
    copies: Sequence[Copy],
    report: Callable[[int, NameLearner], None],
) -> NameLearner:
    """Train on the copies in turn; what is kept is the moving average of the weights."""
    lengths = [sum(len(passage.forms) for passage in article) for article in copies[0].articles]

    def epoch(number: int, rng: random.Random) -> Iterator[Batch]:
        for group in _groups(lengths, plan.words, rng):
            copy = rng.choice(copies)
            yield learner.batch([copy.articles[i] for i in group], [copy.states[i] for i in group])

    def loss(batch: Batch) -> Tensor:
        return functional.cross_entropy(learner(batch, plan), batch.gold)

    averaged(learner, plan, epoch, loss, lambda number: report(number, learner))
    return learner


def _groups(lengths: Sequence[int], words: int, rng: random.Random) -> Iterator[list[int]]:
    """Articles in random order, about so many words together."""
    group: list[int] = []
    for place in rng.sample(range(len(lengths)), len(lengths)):
        if group and sum(lengths[one] for one in group) + lengths[place] > words:
            yield group
            group = []
        group.append(place)
    yield group


def scale_of(states: Sequence[NDArray[np.float16]]) -> Tensor:
    """What brings each number of the states to one spread."""
    spread = np.concatenate(states).astype(np.float32).std(axis=0)
    return torch.from_numpy((0.5 / (spread + 1e-3)).astype(np.float32))


def labels_of(articles: Sequence[Article]) -> tuple[str, ...]:
    """Every tag in the articles."""
    return tuple(sorted({tag for article in articles for passage in article for tag in passage.names}))
