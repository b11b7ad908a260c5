"""How likely a statement is to hold: a logistic model over what is known of how it was read.

The weights were learnt on annotated articles (see `kg.statements.calibration`) and ship beside this module. A statement under the model's threshold is refused, and the refusal is kept.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.model import Node, Statement
from kg.statements.events import Proposal

__all__ = ["Confidence", "features_of"]

# The sentences that say most: title and lead.
LEAD = 2
# A first word of more letters is no determiner.
SHORT = 5
HERE = Path(__file__).parent


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
        weights = self.weights
        total = self.intercept + math.fsum([weights[feature] for feature in features if feature in weights])
        return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total)))), 3)


@lru_cache(maxsize=4)
def _load(path: Path) -> Confidence:
    if not path.is_file():
        return Confidence({})
    data = json.loads(path.read_text("utf-8"))
    return Confidence(data["weights"], data["intercept"], data["threshold"])


def features_of(
    proposal: Proposal, statement: Statement, beside: Sequence[str], named: Callable[[Node], bool]
) -> tuple[str, ...]:
    """What is known of a statement before it is believed, as named features, each once.

    `beside` are the rules that propose something of the same word, `named` tells whether an entity has a name.
    """
    subject, object_ = statement.subject, statement.object
    rule, kind = proposal.rule, object_.type if object_ is not None else "none"
    words = len(subject.mention.split())
    found = [
        f"rule={rule}",
        *[f"{rule}:{item}" for item in proposal.how],
        f"{rule}:{'+'.join(proposal.how[:2])}",
        f"{rule}:{'+'.join((*proposal.how[:2], subject.type))}",
        f"subject={subject.type}",
        f"object={kind}",
        f"{rule}:{subject.type}>{kind}",
        f"lemma={statement.lemma}",
        f"modality={statement.modality}",
        f"polarity={statement.polarity}",
        f"claimed={min(len(statement.attribution), 2)}",
        f"qualifiers={min(len(statement.qualifiers), 3)}",
        f"subject-words={min(words, 8)}",
        f"headline={proposal.tree.sentence.headline}",
    ]
    if object_ is not None:
        found.append(f"object-words={min(len(object_.mention.split()), 12) // 2}")
        found.append(
            f"{rule}:object={object_.mention.split(' ')[0].lower()}"
            if rule == "copula"
            else f"{rule}:objects"
        )
    found += _of_nodes(rule, subject, object_, named)
    others = "+".join(sorted({*beside} - {rule}))
    found += [
        f"siblings={min(len(beside), 4)}",
        f"{rule}:siblings={min(len(beside), 3)}",
        f"others={others}",
        f"{rule}:lemma={statement.lemma}",
        f"property={statement.predicate}",
        f"{rule}:claimed={min(len(statement.attribution), 2)}",
        f"{rule}:modality={statement.modality}",
        f"{rule}:polarity={statement.polarity}",
        f"{rule}:lead={proposal.tree.sentence.index < LEAD}",
    ]
    if subject.label != subject.mention:
        found.append(f"resolved={words == 1}")
    if subject.mention.islower() and " " not in subject.mention:
        found.append(f"pronoun={subject.mention}")
    return tuple(dict.fromkeys(found))


def _of_nodes(rule: str, subject: Node, object_: Node | None, named: Callable[[Node], bool]) -> list[str]:
    """How the two ends are worded: whether they have names, with which word they begin."""
    ends = [("subject", subject), *([("object", object_)] if object_ is not None else [])]
    found = [f"{rule}:named={'+'.join(str(named(node)) for _, node in ends)}"]
    for end, node in ends:
        opening = _opening(node)
        found += [
            f"{rule}:{end}-named={named(node)}",
            f"{end}-begins={opening}",
            f"{rule}:{end}-begins={opening}",
            f"{rule}:{end}-word={node.label.split(' ')[0].lower()}",
        ]
    return found


def _opening(node: Node) -> str:
    """The determiner or pronoun that a phrase begins with."""
    first = node.mention.split(" ")[0].lower().replace("\u2019", "'").split("'")[0]
    return first if len(first) <= SHORT else ""
