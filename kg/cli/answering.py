"""The answer of a query on standard output; how many rows, and why there may be none, on standard error.

This module is on the way of every `kg query`: it imports next to nothing.
"""

from __future__ import annotations

import sys

from kg.api import Rows
from kg.cli.output import note, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.api import Answer, Graph, Remote

__all__ = ["FORMATS", "parameter", "write"]

# What Graph.query calls its own options: no variable can be given a value under these names.
RESERVED = ("inferred", "base", "sparql", "self")
FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl")


def parameter(text: str) -> tuple[str, str] | None:
    """Name and value of "NAME=VALUE"; None where it is something else."""
    name, equals, value = text.partition("=")
    return (name, value) if equals and name.isidentifier() and name not in RESERVED else None


def write(graph: Graph | Remote, asked: str, answer: Answer, form: str | None) -> int:
    """Write the answer in a format of its kind, by default a table, or Turtle; the exit code."""
    if isinstance(answer, bool):
        say(_yes_or_no(answer, form))
        return 0 if answer else 1
    if isinstance(answer, Rows):
        _write_rows(graph, asked, answer, form or "table")
    else:
        say(answer.serialize(form or "ttl"))
    return 0


def _write_rows(graph: Graph | Remote, asked: str, rows: Rows, form: str) -> None:
    if form == "table":
        say(graph.table(rows, width=_width()))
        note(f"{len(rows)} rows" if len(rows) != 1 else "1 row")
    else:
        say(rows.serialize(form))
    if not len(rows):
        for line in graph.advice(asked):
            note(f"kg: {line}")


def _width() -> int | None:
    """How many characters a line of the terminal has; a pipe or a file has no right edge."""
    if not sys.stdout.isatty():
        return None
    from shutil import get_terminal_size

    return get_terminal_size().columns


def _yes_or_no(answer: bool, form: str | None) -> str:
    """What the W3C's JSON and XML say of a boolean, or the word."""
    word = str(answer).lower()
    documents = {
        "json": f'{{"head":{{}},"boolean":{word}}}',
        "xml": f'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
        f"<head></head><boolean>{word}</boolean></sparql>",
    }
    return documents.get(form or "", word) + "\n"
