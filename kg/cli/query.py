"""`kg query`: SPARQL of one's own, from a file, or a question that comes with kg."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from kg.cli.answering import FORMATS, parameter, write
from kg.cli.style import examples, graph_option, table

if TYPE_CHECKING:
    from kg.api import Graph, Remote

__all__ = ["query"]


@click.command(
    epilog=examples(
        "kg query 'SELECT ?who ?what WHERE { ?who kg:recruits ?what }'",
        "kg query --list                          the questions that come with kg",
        "kg query --saved about --set entity=id:netflix --format csv > netflix.csv",
    )
)
@click.argument("sparql", required=False)
@graph_option
@click.option(
    "-f",
    "--file",
    "file",
    type=click.File(encoding="utf-8-sig"),  # some editors begin a file with a mark
    help='Read the query from a file; "-" is stdin.',
)
@click.option("--saved", metavar="NAME", help="Ask a question that comes with kg.")
@click.option("--list", "listed", is_flag=True, help="List the questions that come with kg.")
@click.option(
    "--set",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="Give a variable of the query a value; id:netflix or an IRI is a node, other words are text.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="How to write the answer; by default a table, or ttl.",
)
@click.option("--no-inferred", is_flag=True, help="Leave out what rules infer: only what was read.")
@click.option("--store", metavar="URL", help="Ask the SPARQL endpoint of a store, not the graph in DIR.")
@click.option(
    "-v", "--verbose", is_flag=True, help="Of an error in the query, tell what the engine says too."
)
def query(
    sparql: str | None,
    folder: Path,
    file: IO[str] | None,
    saved: str | None,
    listed: bool,
    form: str | None,
    no_inferred: bool,
    parameters: tuple[str, ...],
    store: str | None,
    verbose: bool,
) -> None:
    """Ask the graph a question in SPARQL.

    SPARQL 1.1; prefixes are known, and nothing is changed.
    An ASK prints true or false and exits with 0 or 1.
    """
    import kg

    if listed:
        rows = [
            (item.name, item.help, ", ".join(name for name, _ in item.parameters)) for item in kg.questions()
        ]
        table(("name", "question", "--set"), rows)
        return
    asked = _asked(sparql, file, saved)
    bindings = dict(_parameter(text) for text in parameters)
    if store is not None and (bindings or no_inferred):
        raise click.UsageError("--set and --no-inferred are for a graph in a folder, not for --store.")
    graph: Graph | Remote = kg.connect(store) if store is not None else kg.load(folder)
    how = {} if store is not None else {"inferred": not no_inferred, "base": None, **bindings}
    try:
        answer = graph.query(asked, **how)
    except kg.QueryError as error:
        if verbose:  # the engine's own words are a note of the error
            raise kg.QueryError("\n".join([str(error), *getattr(error, "__notes__", ())])) from error
        raise
    sys.exit(write(graph, asked, answer, form))


def _asked(sparql: str | None, file: IO[str] | None, saved: str | None) -> str:
    if sum(text is not None for text in (sparql, file, saved)) != 1:
        raise click.UsageError(
            "Give one query: as text, with -f FILE, or with --saved NAME (--list shows them)."
        )
    if saved is not None:
        import kg

        return kg.question(saved).sparql
    if file is None:
        return sparql or ""
    try:
        return file.read()
    except UnicodeDecodeError as error:
        raise click.UsageError(
            f"{file.name}: not UTF-8 at byte {error.start}. Save the query as UTF-8."
        ) from error


def _parameter(text: str) -> tuple[str, str]:
    pair = parameter(text)
    if pair is None:
        raise click.BadParameter(f"{text!r} is not NAME=VALUE, as in entity=id:netflix.", param_hint="--set")
    return pair
