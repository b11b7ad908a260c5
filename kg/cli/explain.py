"""`kg explain`: why something is in the graph."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.style import examples, graph_option, json_option, plain, write_json

__all__ = ["explain"]


@click.command(
    epilog=examples(
        "kg explain id:netflix                    an entity: its names, and what is said of it",
        "kg explain id:statement-3f9a02c41d7e     a statement: its sentence, its rule, who says it",
        "kg explain 'SAG-AFTRA' --json",
    )
)
@click.argument("iri")
@graph_option
@json_option
def explain(iri: str, folder: Path, as_json: bool) -> None:
    """Tell why something is in the graph.

    The sentence, the rule, who says it, and what was refused there. IRI is a statement, an entity or an article, as a full IRI, a prefixed name, or an id; an entity may be called by its name.
    """
    import kg

    found = kg.load(folder).explain(iri)
    if as_json:
        write_json(found.json())
    else:
        click.echo("\n".join(plain(line) for line in str(found).splitlines()))
