"""The network as it learns: PyTorch, needed to train only. `kg.language.network` is the same to read with."""

# PyTorch is not among what kg installs, and mypy then knows nothing of it.
# mypy: disable-error-code="misc,no-any-return,no-untyped-call"

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.language.features import FormFeatures
from kg.language.network import DISTANCES, distances
from kg.language.recipe.corpora import UNSURE as UNKNOWN
from kg.language.recipe.corpora import Passage

__all__ = ["Bags", "Batch", "Labels", "Learner", "Plan", "Sizes", "averaged", "bags", "batches", "learn"]

Bags = tuple[Tensor, Tensor]


@dataclass(frozen=True, slots=True)
class Labels:
    """What the network tells apart, each list in the order of its outputs.

    `personal` is no output: the verbs that `kg.language.mending` knows to have a subject of their own.
    """

    tags: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sizes:
    """Widths of the layers."""

    word: int = 64
    piece: int = 96
    mark: int = 48
    style: int = 8
    hidden: int = 224
    layers: int = 3
    arc: int = 160
    relation: int = 96
    head: int = 192


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to learn; `words` a batch, `rate` the highest step."""

    epochs: int = 20
    words: int = 900
    rate: float = 2e-3
    dropout: float = 0.33
    forget: float = 0.2
    decay: float = 0.998
    seed: int = 1
    minutes: float = math.inf


@dataclass(slots=True)
class Batch:
    """Passages side by side, padded; `forms` index the distinct forms whose numbers come first."""

    word: Tensor
    pieces: Bags
    marks: Bags
    forms: Tensor
    lengths: Tensor
    style: Tensor
    gold: dict[str, Tensor] = field(default_factory=dict)
    sentence: Tensor | None = None


def bags(rows: Sequence[Sequence[int]]) -> Bags:
    """Rows of numbers of any length, as PyTorch wants them: all numbers, and where each row begins."""
    offsets: list[int] = []
    flat: list[int] = []
    for row in rows:
        offsets.append(len(flat))
        flat += row
    return torch.tensor(flat, dtype=torch.long), torch.tensor(offsets, dtype=torch.long)


class Encoder(nn.Module):
    """Batches of passages as they enter the network."""

    def __init__(self, features: FormFeatures, labels: Labels) -> None:
        super().__init__()
        self.features = features
        self.index = {
            "tags": {label: i for i, label in enumerate(labels.tags)},
            "parts": {label: i for i, label in enumerate(labels.parts)},
            "lemmas": {label: i for i, label in enumerate(labels.lemmas)},
            "relations": {label: i for i, label in enumerate(labels.relations)},
            "names": {label: i for i, label in enumerate(labels.names)},
        }

    def batch(self, passages: Sequence[Passage]) -> Batch:
        """The passages as tensors; what is unknown of a word is -100, which no loss counts."""
        distinct = sorted({form for passage in passages for form in passage.forms})
        place = {form: index for index, form in enumerate(distinct)}
        numbers = [self.features(form) for form in distinct]
        width = max(len(passage.forms) for passage in passages)
        forms = torch.zeros(len(passages), width, dtype=torch.long)
        for row, passage in enumerate(passages):
            forms[row, : len(passage.forms)] = torch.tensor([place[form] for form in passage.forms])
        batch = Batch(
            torch.tensor([n.word for n in numbers]),
            bags([n.pieces for n in numbers]),
            bags([n.marks for n in numbers]),
            forms,
            torch.tensor([len(passage.forms) for passage in passages]),
            torch.tensor([passage.style for passage in passages]),
        )
        self._add_gold(batch, passages, width)
        return batch

    def _add_gold(self, batch: Batch, passages: Sequence[Passage], width: int) -> None:
        for name in ("tags", "lemmas", "relations", "names"):
            known = self.index[name]
            rows = [[known.get(label, UNKNOWN) for label in getattr(p, name)] for p in passages]
            batch.gold[name] = _padded(rows, width)
        parts = self.index["parts"]
        rows = [[parts.get(tag.split("|")[0], UNKNOWN) for tag in p.tags] for p in passages]
        batch.gold["parts"] = _padded(rows, width)
        batch.gold["heads"] = _padded(
            [[head if head == UNKNOWN else head + 1 for head in p.heads] for p in passages], width
        )
        batch.gold["starts"] = _padded([[int(start) for start in p.starts] for p in passages], width)
        counts = [[sum(p.starts[: i + 1]) for i in range(len(p.starts))] for p in passages]
        batch.sentence = _padded(counts, width)


def _padded(rows: Sequence[Sequence[int]], width: int) -> Tensor:
    out = torch.full((len(rows), width), UNKNOWN, dtype=torch.long)
    for index, row in enumerate(rows):
        if row:
            out[index, : len(row)] = torch.tensor(row)
    return out


class Learner(nn.Module):
    """Embeddings, bidirectional LSTM layers, and a head for each thing to be learnt."""

    def __init__(self, features: FormFeatures, labels: Labels, sizes: Sizes, styles: int) -> None:
        super().__init__()
        self.labels, self.sizes = labels, sizes
        self.encoder = Encoder(features, labels)
        self.word = nn.Embedding(len(features.words) + 1, sizes.word)
        self.piece = nn.EmbeddingBag(features.buckets, sizes.piece, mode="mean")
        self.mark = nn.EmbeddingBag(features.marks, sizes.mark, mode="sum")
        self.style = nn.Embedding(styles, sizes.style)
        for table, scale in ((self.word, 0.5), (self.piece, 1.5), (self.mark, 0.3), (self.style, 0.3)):
            nn.init.normal_(table.weight, std=scale)
        widths = [sizes.word + sizes.piece + sizes.mark + sizes.style] + [2 * sizes.hidden] * (
            sizes.layers - 1
        )
        self.onward = nn.ModuleList(nn.LSTM(w, sizes.hidden, batch_first=True) for w in widths)
        self.backward_ = nn.ModuleList(nn.LSTM(w, sizes.hidden, batch_first=True) for w in widths)
        out = 2 * sizes.hidden
        self.heads = nn.ModuleDict()
        for name in ("tags", "parts", "lemmas", "names"):
            count = len(getattr(labels, name))
            if count:
                self.heads[name] = nn.ModuleList([nn.Linear(out, sizes.head), nn.Linear(sizes.head, count)])
        if labels.relations:
            self.heads["starts"] = nn.ModuleList([nn.Linear(out, 64), nn.Linear(64, 2)])
            self.arcs = nn.ModuleList([nn.Linear(out, sizes.arc), nn.Linear(out, sizes.arc)])
            self.arc = nn.Parameter(torch.zeros(sizes.arc + 1, sizes.arc))
            self.ends = nn.ModuleList([nn.Linear(out, sizes.relation), nn.Linear(out, sizes.relation)])
            self.relation = nn.Parameter(
                torch.zeros(len(labels.relations), sizes.relation + 1, sizes.relation + 1)
            )
            self.far = nn.Linear(out, DISTANCES)
            nn.init.zeros_(self.far.weight)
            nn.init.zeros_(self.far.bias)
            self.root = nn.Parameter(torch.randn(out) * 0.1)

    def embed(self, batch: Batch, plan: Plan) -> Tensor:
        """The words of a batch as vectors."""
        word = batch.word
        if self.training:
            word = word.masked_fill(torch.rand(word.shape) < plan.forget, 0)
        mark = self.mark(*batch.marks)
        if self.training:
            mark = mark * (torch.rand(len(mark), 1) > plan.forget / 2)
        form = torch.cat([self.word(word), self.piece(*batch.pieces), mark], dim=1)
        width = batch.forms.shape[1]
        style = self.style(batch.style)[:, None].expand(-1, width, -1)
        return torch.cat([form[batch.forms], style], dim=2)

    def encode(self, batch: Batch, plan: Plan) -> Tensor:
        """Each word in its context: [passages, words, 2 × hidden]."""
        state = self.embed(batch, plan)
        steps = torch.arange(state.shape[1])[None]
        back = torch.where(steps < batch.lengths[:, None], batch.lengths[:, None] - 1 - steps, steps)[
            ..., None
        ]
        for onward, backward in zip(self.onward, self.backward_, strict=True):
            state = self._shared_dropout(state, plan.dropout)
            mirrored = state.gather(1, back.expand(-1, -1, state.shape[2]))
            left, _ = onward(state)
            right, _ = backward(mirrored)
            both = torch.cat([left, right.gather(1, back.expand(-1, -1, right.shape[2]))], dim=2)
            state = both + state if both.shape == state.shape else both
        return self._shared_dropout(state, plan.dropout)

    def _shared_dropout(self, state: Tensor, share: float) -> Tensor:
        """The same outputs are dropped for all words of a passage."""
        if not self.training:
            return state
        keep = (torch.rand(state.shape[0], 1, state.shape[2]) > share).float() / (1 - share)
        return state * keep

    def forward(self, batch: Batch, plan: Plan) -> dict[str, Tensor]:
        """Scores for each head; "heads" are [passages, words, words + 1], the root first."""
        state = self.encode(batch, plan)
        drop = plan.dropout if self.training else 0.0
        out: dict[str, Tensor] = {}
        for name, (inner, outer) in self.heads.items():
            out[name] = outer(functional.dropout(functional.relu(inner(state)), drop))
        if self.labels.relations:
            rooted = torch.cat([self.root.expand(len(state), 1, -1), state], dim=1)
            down = self._shared_dropout(functional.leaky_relu(self.arcs[0](state), 0.1), plan.dropout)
            up = self._shared_dropout(functional.leaky_relu(self.arcs[1](rooted), 0.1), plan.dropout)
            ones = torch.ones(*down.shape[:2], 1)
            gaps = torch.from_numpy(distances(state.shape[1]))[None].expand(len(state), -1, -1)
            far = functional.pad(self.far(state).gather(2, gaps), (1, 0))
            out["heads"] = (torch.cat([down, ones], 2) @ self.arc) @ up.transpose(1, 2) + far
            out["child"] = self._shared_dropout(functional.leaky_relu(self.ends[0](state), 0.1), plan.dropout)
            out["parent"] = self._shared_dropout(
                functional.leaky_relu(self.ends[1](rooted), 0.1), plan.dropout
            )
        return out

    def relations(self, out: Mapping[str, Tensor], heads: Tensor) -> Tensor:
        """Scores of the relations of chosen arcs; `heads` as in the gold, 0 the root: [n, relations]."""
        rows, words = (heads >= 0).nonzero(as_tuple=True)
        child = out["child"][rows, words]
        parent = out["parent"][rows, heads[rows, words]]
        ones = torch.ones(len(child), 1)
        child, parent = torch.cat([child, ones], 1), torch.cat([parent, ones], 1)
        mixed = (child @ self.relation.transpose(0, 1).flatten(1)).view(len(child), len(self.relation), -1)
        return torch.einsum("nlw,nw->nl", mixed, parent)

    def loss(self, batch: Batch, plan: Plan) -> Tensor:
        """How far from the gold, summed over the heads, a mean over words."""
        out, total = self(batch, plan), torch.zeros(())
        for name in self.heads:
            gold = batch.gold[name]
            if (gold >= 0).any():
                total = total + functional.cross_entropy(
                    out[name].flatten(0, 1), gold.flatten(), ignore_index=UNKNOWN
                )
        heads = batch.gold["heads"]
        if self.labels.relations and (heads >= 0).any():
            scores = out["heads"].masked_fill(~self.within(batch), -1e9)
            total = total + functional.cross_entropy(
                scores.flatten(0, 1), heads.flatten(), ignore_index=UNKNOWN
            )
            gold = batch.gold["relations"][heads >= 0]
            total = total + functional.cross_entropy(self.relations(out, heads), gold, ignore_index=UNKNOWN)
        return total

    def within(self, batch: Batch) -> Tensor:
        """Which heads a word may have: those of its sentence, and the root."""
        sentence = batch.sentence
        assert sentence is not None
        same = sentence[:, :, None] == sentence[:, None, :]
        same = same & (sentence >= 0)[:, :, None]
        return torch.cat([torch.ones(*same.shape[:2], 1, dtype=torch.bool), same], dim=2)


def batches(encoder: Encoder, passages: Sequence[Passage], words: int, rng: random.Random) -> Iterator[Batch]:
    """Passages of about one length together, about `words` words a batch, in random order."""
    order = sorted(passages, key=lambda passage: (len(passage.forms), rng.random()))
    groups: list[list[Passage]] = [[]]
    for passage in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(passage.forms) > words:
            groups.append([])
        groups[-1].append(passage)
    rng.shuffle(groups)
    for group in groups:
        yield encoder.batch(group)


def learn(
    learner: Learner,
    plan: Plan,
    epoch: Callable[[int, random.Random], Iterable[Passage]],
    report: Callable[[int, Learner], None],
) -> Learner:
    """Train on the passages of each epoch; `report` is called after each with the learner."""

    def drawn(number: int, rng: random.Random) -> Iterator[Batch]:
        yield from batches(learner.encoder, list(epoch(number, rng)), plan.words, rng)

    averaged(learner, plan, drawn, lambda batch: learner.loss(batch, plan), lambda n: report(n, learner))
    return learner


def averaged(
    learner: nn.Module,
    plan: Plan,
    epoch: Callable[[int, random.Random], Iterable[Any]],
    loss: Callable[[Any], Tensor],
    report: Callable[[int], None],
) -> None:
    """Train; what is kept is the moving average of the weights. `report` is called after each epoch."""
    torch.manual_seed(plan.seed)
    rng = random.Random(plan.seed)
    kept = {name: value.detach().clone() for name, value in learner.state_dict().items()}
    optimizer = torch.optim.Adam(learner.parameters(), lr=plan.rate, betas=(0.9, 0.95), eps=1e-8)
    began, step = time.monotonic(), 0
    for number in range(plan.epochs):
        learner.train()
        for batch in epoch(number, rng):
            share = max(number / plan.epochs, (time.monotonic() - began) / (60 * plan.minutes))
            for group in optimizer.param_groups:
                group["lr"] = plan.rate * min(1.0, (step + 1) / 100) * max(0.03, 1 - share)
            optimizer.zero_grad(set_to_none=True)
            loss(batch).backward()
            nn.utils.clip_grad_norm_(learner.parameters(), 5.0)
            optimizer.step()
            step += 1
            decay = min(plan.decay, (1 + step) / (10 + step))
            with torch.no_grad():
                for name, value in learner.state_dict().items():
                    kept[name].mul_(decay).add_(value, alpha=1 - decay)
        current = {name: value.clone() for name, value in learner.state_dict().items()}
        learner.load_state_dict(kept)
        learner.eval()
        report(number)
        if (time.monotonic() - began) / 60 >= plan.minutes or number == plan.epochs - 1:
            break
        learner.load_state_dict(current)
