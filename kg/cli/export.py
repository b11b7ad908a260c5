"""`kg export`: the graph in other formats, by suffix."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.style import examples, graph_option

__all__ = ["export"]


@click.command(
    epilog=examples(
        "kg export graph.ttl",
        "kg export network.graphml                for Gephi, Cytoscape, yEd",
        "kg export facts.csv --as statements",
    )
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@graph_option
@click.option(
    "--as",
    "as_",
    type=click.Choice(("statements", "mentions", "entities")),
    help="Which table, for .jsonl .csv .parquet.",
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Only statements at least this sure, in their table.",
)
def export(file: Path, folder: Path, as_: str | None, min_confidence: float) -> None:
    """Write the graph in another format.

    Prints where it is. The suffix says the format: .ttl .trig .nt .nq .jsonld .rdf for RDF; .graphml .gexf for networks;
    .jsonl .csv .parquet for tables.
    """
    import kg

    click.echo(kg.load(folder).export(file, as_=as_, min_confidence=min_confidence))
