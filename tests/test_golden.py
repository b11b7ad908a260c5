"""The tutorial in golden/fr.md is what kg really reads: each sentence with the statements it gives.

`python tests/test_golden.py --accept` writes the statements anew, for a person to review before committing.
"""

from __future__ import annotations

import sys
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kg import pipeline
from kg.language import load_analyzer
from kg.model import Document, Statement
from kg.ontology import Ontology

GOLDEN = Path(__file__).parent / "golden" / "fr.md"
# The day on which the sentences of the tutorial were "published".
PUBLISHED = date(2024, 6, 12)


def written(statement: Statement) -> str:
    """A statement in one line: who, what, whom; in brackets what else; how it stands; who says so."""
    parts = [statement.subject.label, statement.lemma]
    if statement.object is not None:
        parts.append(statement.object.label)
    line = " | ".join(parts)
    if statement.qualifiers:
        line += " [" + ", ".join(f"{item.role}: {item.node.label}" for item in statement.qualifiers) + "]"
    status = [word for word in (statement.polarity, statement.modality) if word not in ("affirmed", "actual")]
    if status:
        line += " (" + ", ".join(status) + ")"
    if statement.attribution:
        line += " — " + ", ".join(f"{item.node.label}, {item.cue}" for item in statement.attribution)
    return f"- {line}"


analyzer = cache(load_analyzer)


def sections() -> list[tuple[str, list[str]]]:
    """The sentences of the tutorial with the lines below each."""
    found: list[tuple[str, list[str]]] = []
    for line in GOLDEN.read_text("utf-8").splitlines():
        if line.startswith("> "):
            found.append((line[2:], []))
        elif line.startswith("- ") and found:
            found[-1][1].append(line)
    return found


def read(sentence: str) -> list[str]:
    """What kg reads in a sentence, a line a statement."""
    document = Document("example.txt", sentence, published=PUBLISHED)
    reading = pipeline.read(document, analyzer("fr"), Ontology.load())
    return sorted({written(statement) for statement in reading.statements})


@pytest.mark.parametrize(("sentence", "lines"), sections() if GOLDEN.exists() else [])
def test_a_sentence_gives_what_the_tutorial_shows(sentence: str, lines: list[str]) -> None:
    assert read(sentence) == lines


def accept() -> None:
    """Write the tutorial anew with what is read today."""
    out: list[str] = []
    for line in GOLDEN.read_text("utf-8").splitlines():
        if line.startswith("- "):
            continue
        out.append(line)
        if line.startswith("> "):
            out += ["", *read(line[2:])]
    text = "\n".join(out)
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    GOLDEN.write_text(text.strip() + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__" and "--accept" in sys.argv:
    accept()
