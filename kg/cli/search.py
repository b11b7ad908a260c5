"""`kg search`: words in names, quotes and sentences."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.style import examples, graph_option, json_option, note, table, write_json

__all__ = ["search"]


@click.command(
    epilog=examples(
        "kg search 'Netflix dollars'              both words; accents and case do not count",
        "kg search '\"Deep Fake Love\"'             the phrase",
        "kg search 'Holly*' --json                beginnings of words",
    )
)
@click.argument("words", nargs=-1, required=True)
@graph_option
@click.option(
    "-n", "--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="At most so many."
)
@json_option
def search(words: tuple[str, ...], folder: Path, limit: int, as_json: bool) -> None:
    """Find names, quotes and sentences by their words.

    All WORDS must be there. Exits with 1 if nothing is found.
    """
    import kg
    from kg.ontology import shorten

    hits = kg.load(folder).search(" ".join(words), limit)
    if as_json:
        write_json([hit._asdict() for hit in hits])
    else:
        table(("kind", "id", "text"), [(hit.kind, shorten(hit.iri), hit.text) for hit in hits])
        note(f"{len(hits)} found")
    sys.exit(0 if hits else 1)
