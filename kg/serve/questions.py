"""The named questions of `ontology/queries/`: SPARQL files whose first comment says what they ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.ontology import ontology_folder
from kg.serve.pages import Question

__all__ = ["named_questions"]

COMMENT = re.compile(r"#+\s*(?:(?P<language>[a-z]{2})\s*:\s*|@(?P<tag>[a-z]{2})\s+)?(?P<text>\S.*)")
ANY = ""


def named_questions(folder: Path | None = None) -> list[Question]:
    """The questions of a folder, by file name.

    The first comment line is the label; a line that begins with a language ("en: Who hires?") is the label in it.
    """
    place = folder or ontology_folder() / "queries"
    return [read(path) for path in sorted(place.glob("*.rq"))]


def read(path: Path) -> Question:
    """A question from its file."""
    text = path.read_text(encoding="utf-8")
    labels: dict[str, str] = {}
    for language, label in comments(text):
        if language or not labels:
            labels.setdefault(language, label)
    return Question(path.stem, labels or {ANY: path.stem}, text)


def comments(text: str) -> Iterator[tuple[str, str]]:
    """The comment lines before the query, each with its language where it names one."""
    for line in text.splitlines():
        found = COMMENT.match(line.strip())
        if found:
            yield found["language"] or found["tag"] or ANY, found["text"]
        elif line.strip():
            return
