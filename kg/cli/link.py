"""`kg link`: look the names of the graph up in Wikidata, or in a list of one's own; a person decides."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.style import examples, graph_option, json_option, note, write_json

__all__ = ["link"]


@click.command(
    epilog=examples(
        "kg link --service https://wikidata.reconci.link/fr/api",
        "kg link --service http://127.0.0.1:5000/reconcile --limit 1",
        "kg link --service http://127.0.0.1:5000/reconcile && kg review",
    )
)
@click.option(
    "--service",
    metavar="URL",
    required=True,
    help="A Reconciliation Service API endpoint to send the names to.",
)
@graph_option
@click.option(
    "--limit", type=click.IntRange(1, 20), default=3, show_default=True, help="Candidates for each name."
)
@click.option("--again", is_flag=True, help="Ask for every name, even those that were asked for before.")
@json_option
def link(service: str, folder: Path, limit: int, again: bool, as_json: bool) -> None:
    """Look names up elsewhere.

    The names of the graph, and nothing else, are sent to URL. What it knows under them is kept in links.json beside
    the graph; kg review asks which of it is meant. Builds need no network: they apply what was decided.
    """
    import kg

    counts = kg.load(folder).link(service, limit=limit, again=again)
    if as_json:
        write_json(counts)
    else:
        note(f"{counts['asked']:,} names asked for, {counts['candidates']:,} candidates. Decide: kg review")
