"""How likely a statement is to hold: a logistic model over what is known of how it was read.

The weights were learnt on annotated articles (see `kg.statements.calibration`) and ship beside this module. A statement under the model's threshold is refused, and the refusal is kept.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path

from kg.language.tree import Tree
from kg.model import Node, Token, record
from kg.statements.events import Proposal

__all__ = ["Confidence", "Signs", "signs_of"]

# The sentences that say most: title and lead.
LEAD = 2
# A first word of more letters is no determiner.
SHORT = 5
# What the signs are called.
BOTH = ("lemma", "modality", "subject-begins", "before", "hung")
COMMON = (
    "rule", "property", "subject", "qualifiers", "subject-words", "headline", "siblings", "others", "object-words",
    "resolved", "pronoun", "polarity", "claimed", "object-begins", "doubtful", "case",
)  # fmt: skip
OWN = ("lead", "subject-named", "subject-word", "named", "object-word", "object")
# Small numbers as they are written.
COUNTS = tuple(map(str, range(9)))
HERE = Path(__file__).parent


@record
class Signs:
    """What is known of a statement before it is believed; a sign that does not arise is None.

    `both` tells for all rules and for its own rule besides, `common` for all rules, `own` for its rule alone: in the order
    of their names. `how` are the rule's own words, each with its name or as it stands.
    """

    rule: str
    both: tuple[str | None, ...]
    common: tuple[str | None, ...]
    own: tuple[str | None, ...]
    how: tuple[str, ...]

    @property
    def features(self) -> tuple[str, ...]:
        """As the model calls them: the rule's own with its name before them, each once."""
        own = [*self.how, *_written(BOTH, self.both), *_written(OWN, self.own)]
        shared = (*_written(BOTH, self.both), *_written(COMMON, self.common))
        return tuple(dict.fromkeys([*shared, *[f"{self.rule}:{sign}" for sign in own]]))


def _written(names: Sequence[str], values: Sequence[str | None]) -> list[str]:
    return [f"{name}={value}" for name, value in zip(names, values, strict=True) if value is not None]


@record
class Sheet:
    """The weights of some features: a table for each of the names, by the sign's value, and those of whole features."""

    tables: list[dict[str | None, float]]
    whole: dict[str, float]

    @classmethod
    def of(cls, weights: Mapping[str, float], names: Sequence[str]) -> Sheet:
        """The weights of features that are written by these names."""
        tables: dict[str, dict[str | None, float]] = {name: {} for name in names}
        for feature, weight in weights.items():
            name, written, value = feature.partition("=")
            if written and name in tables:  # « before » alone is a word of a rule, and no sign of that name
                tables[name][value] = weight
        return cls(list(tables.values()), dict(weights))


# The weights of a rule of which nothing was learnt.
UNKNOWN = Sheet.of({}, BOTH + OWN)


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
            chain(
                map(dict.get, self._common.tables, signs.both + signs.common),
                map(dict.get, own.tables, signs.both + signs.own),
                map(own.whole.get, signs.how),
            )
        )

    def _chance(self, weights: Iterable[float | None]) -> float:
        total = self.intercept + sum(filter(None, weights))
        return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total)))), 3)

    @cached_property
    def _common(self) -> Sheet:
        return Sheet.of(self.weights, BOTH + COMMON)

    @cached_property
    def _own(self) -> dict[str, Sheet]:
        """By rule, the weights of the features that bear its name."""
        found: dict[str, dict[str, float]] = {}
        for feature, weight in self.weights.items():
            rule, colon, sign = feature.partition(":")
            if colon:
                found.setdefault(rule, {})[sign] = weight
        return {rule: Sheet.of(weights, BOTH + OWN) for rule, weights in found.items()}


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
    subject, thing, how, status = proposal.subject, proposal.object, proposal.how, proposal.status
    mention, called, others = subject.mention, named(subject), len(beside)
    words, kind = len(mention.split()), thing.type if thing is not None else "none"
    begins = length = object_word = first = hung = case = None
    names = str(called)
    if thing is not None:
        names = f"{called}+{named(thing)}"
        begins, length = _opening(thing.mention), str(min(len(thing.mention.split()), 12) // 2)
        object_word = _first(thing.label)
        first = _first(thing.mention) if proposal.rule == "copula" else None
    if proposal.words:
        hung, case = _place(proposal.tree, proposal.words[0])
    both = (
        proposal.lemma,
        status.modality,
        _opening(mention),
        _before(proposal.tree, proposal.head),
        hung,
    )
    common = (
        proposal.rule,
        proposal.predicate,
        subject.type,
        COUNTS[min(len(proposal.qualifiers), 3)],
        COUNTS[min(words, 8)],
        str(proposal.tree.sentence.headline),
        COUNTS[min(others, 4)],
        "+".join(sorted({*beside} - {proposal.rule})) if others > 1 else "",
        length,
        str(words == 1) if subject.label != mention else None,
        mention if mention.islower() and " " not in mention else None,
        status.polarity,
        COUNTS[min(claims, 2)],
        begins,
        COUNTS[min(_doubtful(proposal), 3)],
        case,
    )
    own = (
        str(proposal.tree.sentence.index < LEAD),
        str(called),
        _first(subject.label),
        names,
        object_word,
        first,
    )
    told = "+".join(how[:2])
    whole = [*how, f"{told}+{subject.type}" if how else subject.type, f"{subject.type}>{kind}"]
    if thing is not None and first is None:
        whole.append("objects")
    return Signs(proposal.rule, both, common, own, tuple(dict.fromkeys(whole)))


def _before(tree: Tree, head: Token) -> str:
    """The word before the one that bears the relation: « pour vendre », « une mesure visant », « , vend »."""
    return tree.tokens[head.index - 1].lemma.lower() if head.index else ""


def _place(tree: Tree, word: Token) -> tuple[str, str]:
    """What the phrase that a word heads is in its sentence, and behind which preposition."""
    case = tree.child(word, "case")
    return word.deprel, case.lemma if case is not None else ""


def _doubtful(proposal: Proposal) -> int:
    """Of how many of the words that bear the relation and its participants the parser was not sure."""
    head = proposal.head
    return head.doubtful + sum([word.doubtful for word in proposal.words if word is not head])


def _first(text: str) -> str:
    return text.partition(" ")[0].lower()


def _opening(mention: str) -> str:
    """The determiner or pronoun that a phrase begins with."""
    first = _first(mention).replace("\u2019", "'").partition("'")[0]
    return first if len(first) <= SHORT else ""
