"""What a reconciliation service knows under the names of the graph: kept beside the graph, decided by people.

    links.json    the candidates of each name, by service; so that no build and no review needs the network

An accepted candidate is a decision like any other: "same", about a thing of the graph and an IRI elsewhere.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.resolution.decisions import Decision

__all__ = ["FILE", "Candidate", "accepted", "read", "write"]

FILE = "links.json"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a service found for a name: its IRI, its own name there, how sure the service is, what it says of it."""

    iri: str
    name: str
    score: float = 0.0
    description: str = ""


# The candidates of each name, for each service.
Found = dict[str, dict[str, list[Candidate]]]


def read(folder: Path | None) -> Found:
    """What was found so far; nothing where no service was asked."""
    path = None if folder is None else folder / FILE
    if path is None or not path.exists():
        return {}
    known = json.loads(path.read_text("utf-8"))
    return {
        service: {name: [Candidate(**one) for one in found] for name, found in names.items()}
        for service, names in known.items()
    }


def write(folder: Path, found: Found) -> None:
    """Keep what was found, whole or not at all."""
    plain = {
        service: {name: [asdict(one) for one in candidates] for name, candidates in names.items()}
        for service, names in found.items()
    }
    part = folder / f"{FILE}.part"
    with part.open("w", encoding="utf-8", newline="\n") as file:
        json.dump(plain, file, ensure_ascii=False, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / FILE)


def accepted(decisions: Iterable[Decision]) -> Mapping[str, tuple[str, ...]]:
    """The IRIs elsewhere of each thing of the graph, as people decided."""
    found: dict[str, set[str]] = {}
    for one in decisions:
        elsewhere = {name for name in one.about if "://" in name}
        if one.answer == "same" and len(elsewhere) == 1:
            for name in one.about - elsewhere:
                found.setdefault(name, set()).update(elsewhere)
    return {name: tuple(sorted(iris)) for name, iris in found.items()}
