"""How likely a statement is to hold: a logistic model over what is known of how it was read.

The weights were learnt on annotated articles (see `kg.statements.calibration`) and ship beside this module. A statement under the model's threshold is refused, and the refusal is kept.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path

from kg.model import Node, record
from kg.statements.events import Proposal

__all__ = ["Confidence", "Signs", "signs_of"]

# The sentences that say most: title and lead.
LEAD = 2
# A first word of more letters is no determiner.
SHORT = 5
# The weights of a rule of which nothing was learnt.
UNKNOWN: Mapping[str, float] = {}
HERE = Path(__file__).parent


@record
class Signs:
    """What is known of a statement before it is believed: what tells the same of every rule, and what of its own alone."""

    rule: str
    common: list[str]
    own: list[str]

    @property
    def features(self) -> tuple[str, ...]:
        """As the model calls them: the rule's own with its name before them, each once."""
        return tuple(dict.fromkeys([*self.common, *[f"{self.rule}:{sign}" for sign in self.own]]))


@dataclass(frozen=True)
class Confidence:
    """Weights by feature, an intercept, and the probability under which a statement is not made."""

    weights: Mapping[str, float]
    intercept: float = 0.0
    threshold: float = 0.0

    @classmethod
    def load(cls, language: str) -> Confidence:
        """The model of a language; one that believes everything where none ships."""
        return _load(HERE / f"confidence-{language}.json")

    def of(self, features: tuple[str, ...]) -> float:
        """The probability, rounded so that it prints the same everywhere.

        >>> Confidence({"a": 2.0}, -1.0).of(("a", "unknown"))
        0.731
        """
        return self._chance(map(self.weights.get, features))

    def believes(self, signs: Signs) -> float:
        """The probability of what these signs speak for."""
        own = self._own.get(signs.rule, UNKNOWN)
        return self._chance(
            chain(map(self.weights.get, signs.common), map(own.get, dict.fromkeys(signs.own)))
        )

    def _chance(self, weights: Iterable[float | None]) -> float:
        total = self.intercept + math.fsum(filter(None, weights))
        return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total)))), 3)

    @cached_property
    def _own(self) -> dict[str, dict[str, float]]:
        """By rule, the weights of the features that bear its name."""
        found: dict[str, dict[str, float]] = {}
        for feature, weight in self.weights.items():
            rule, colon, sign = feature.partition(":")
            if colon:
                found.setdefault(rule, {})[sign] = weight
        return found


@lru_cache(maxsize=4)
def _load(path: Path) -> Confidence:
    if not path.is_file():
        return Confidence({})
    data = json.loads(path.read_text("utf-8"))
    return Confidence(data["weights"], data["intercept"], data["threshold"])


def signs_of(
    proposal: Proposal, claims: int, beside: Collection[str], named: Callable[[Node], bool]
) -> Signs:
    """What is known of a proposal, by name; `claims` is how many sources it has.

    `beside` are the rules that propose something of the same word, `named` tells whether an entity has a name.
    """
    subject, thing, rule, sentence = proposal.subject, proposal.object, proposal.rule, proposal.tree.sentence
    how, kind = proposal.how, thing.type if thing is not None else "none"
    mention, called = subject.mention, named(subject)
    words = len(mention.split())
    both = [
        f"lemma={proposal.lemma}",
        f"modality={proposal.status.modality}",
        f"polarity={proposal.status.polarity}",
        f"claimed={min(claims, 2)}",
        f"subject-begins={_opening(mention)}",
    ]
    common = [
        f"rule={rule}",
        f"property={proposal.predicate}",
        f"subject={subject.type}",
        f"object={kind}",
        f"qualifiers={min(len(proposal.qualifiers), 3)}",
        f"subject-words={min(words, 8)}",
        f"headline={sentence.headline}",
        f"siblings={min(len(beside), 4)}",
        f"others={'+'.join(sorted({*beside} - {rule})) if len(beside) > 1 else ''}",
    ]
    own = [
        *how,
        "+".join(how[:2]),
        "+".join((*how[:2], subject.type)),
        f"{subject.type}>{kind}",
        f"siblings={min(len(beside), 3)}",
        f"lead={sentence.index < LEAD}",
        f"subject-named={called}",
        f"subject-word={_first(subject.label)}",
    ]
    if thing is None:
        own.append(f"named={called}")
    else:
        also = named(thing)
        both.append(f"object-begins={_opening(thing.mention)}")
        common.append(f"object-words={min(len(thing.mention.split()), 12) // 2}")
        own += (
            f"named={called}+{also}",
            f"object-named={also}",
            f"object-word={_first(thing.label)}",
            f"object={_first(thing.mention)}" if rule == "copula" else "objects",
        )
    if subject.label != mention:
        common.append(f"resolved={words == 1}")
    if mention.islower() and " " not in mention:
        common.append(f"pronoun={mention}")
    return Signs(rule, common + both, own + both)


def _first(text: str) -> str:
    return text.partition(" ")[0].lower()


def _opening(mention: str) -> str:
    """The determiner or pronoun that a phrase begins with."""
    first = _first(mention).replace("\u2019", "'").partition("'")[0]
    return first if len(first) <= SHORT else ""
