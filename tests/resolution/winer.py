"""The articles of WiNER-fr as profiles: their hand-made name spans, as a reader without mistakes would give them.

The texts stay outside the project, in the folder `shared` beside it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from kg.resolution.names import is_full
from kg.resolution.profiles import ArticleProfile, Named, fold, words

FILE = Path(__file__).parents[2] / ".." / "shared" / "data" / "winer-fr" / "winer-fr.train-dev.jsonl"
TYPES = {
    "Location": "Place",
    "Person": "Person",
    "Organization": "Organization",
    "Product": "Product",
    "Event": "Event",
}


def articles() -> list[ArticleProfile]:
    lines = FILE.read_text("utf-8").splitlines()
    return [article(json.loads(line)) for line in lines]


def article(record: dict) -> ArticleProfile:
    """What an article names; within it, the last name of somebody named in full is that somebody."""
    text = record["text"]
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for start, end, label in record["outer"]:
        if label in TYPES and fold(text[start:end]):
            found[fold(text[start:end]), TYPES[label]].add(text[start:end].strip())
    named = []
    people = [name for name, kind in found if kind == "Person" and " " in name]
    for (name, kind), surfaces in sorted(found.items()):
        whole = [full for full in people if full.endswith(f" {name}")] if _is_last(name, kind) else []
        if whole:
            continue
        label = min(surfaces)
        aliases = surfaces - {label}
        if kind == "Person":
            for other, other_kind in found:
                if _is_last(other, other_kind) and name.endswith(f" {other}"):
                    aliases |= found[other, kind]
        named.append(Named(name.replace(" ", "-"), label, kind, tuple(sorted(aliases))))
    return ArticleProfile(record["id"], record["id"], tuple(named), words(text), text)


def _is_last(name: str, kind: str) -> bool:
    return kind == "Person" and not is_full(name)
