"""`kg stats`: how much there is in a graph."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.style import examples, graph_option, json_option, table, write_json

__all__ = ["stats"]


@click.command(
    epilog=examples(
        "kg stats",
        "kg stats -g affair --json",
        "kg stats --json | jq .statements",
    )
)
@graph_option
@json_option
def stats(folder: Path, as_json: bool) -> None:
    """Count what is in the graph.

    Articles, sentences, entities, statements, and the sentences that gave nothing.
    """
    import kg

    counts = kg.load(folder).stats()
    if as_json:
        write_json(counts)
    else:
        table(
            ("what", "n"), [(name.replace("_", " "), f"{n:,}") for name, n in counts.items()], numbers=("n",)
        )
