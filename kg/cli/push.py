"""`kg push`: the graph into a triple store of one's own choice."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.style import examples, graph_option, json_option, note, write_json

__all__ = ["push"]


@click.command(
    epilog=examples(
        "kg push http://127.0.0.1:7878/store                      Oxigraph",
        "kg push http://127.0.0.1:3030/news/data                  Fuseki",
        "kg push http://127.0.0.1:8890/sparql-graph-crud-auth --default-graph urn:news    Virtuoso",
    )
)
@click.argument("url")
@graph_option
@click.option(
    "--default-graph",
    "default",
    metavar="IRI",
    default="",
    help="Put what all articles say together there; ask with kg query --store 'URL?default-graph-uri=IRI'.",
)
@click.option("--again", is_flag=True, help="Write every graph, even what was pushed there before.")
@json_option
def push(url: str, folder: Path, default: str, again: bool, as_json: bool) -> None:
    """Copy the graph into a SPARQL 1.1 store.

    URL is its Graph Store Protocol endpoint. Each article becomes a named graph; only what changed since the last
    push is written. Name and password: KG_STORE_USER, KG_STORE_PASSWORD. Ask the store with kg query --store.
    """
    import kg

    counts = kg.load(folder).push(url, default=default, again=again)
    if as_json:
        write_json(counts)
    else:
        note(", ".join(f"{count:,} {name}" for name, count in counts.items()))
