"""`kg query`: SPARQL of one's own, from a file, or a question that comes with kg."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from kg.cli.style import examples, graph_option, note, table

if TYPE_CHECKING:
    from kg.api import Graph, Remote, Rows

__all__ = ["query"]

# What Graph.query calls its own options: no variable can be given a value under these names.
RESERVED = ("inferred", "base", "sparql", "self")
FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl")


@click.command(
    epilog=examples(
        "kg query 'SELECT ?who ?what WHERE { ?who kg:recruits ?what }'",
        "kg query --list                          the questions that come with kg",
        "kg query --saved about --param entity=id:netflix --format csv > netflix.csv",
    )
)
@click.argument("sparql", required=False)
@graph_option
@click.option(
    "-f",
    "--file",
    "file",
    type=click.File(encoding="utf-8"),
    help='Read the query from a file; "-" is stdin.',
)
@click.option("--saved", metavar="NAME", help="Ask a question that comes with kg.")
@click.option("--list", "listed", is_flag=True, help="List the questions that come with kg.")
@click.option(
    "--param",
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
) -> None:
    """Ask the graph a question in SPARQL.

    SPARQL 1.1; prefixes are known, and nothing is changed.
    An ASK prints true or false and exits with 0 or 1.
    """
    import kg
    from kg.api import Rows

    if listed:
        rows = [
            (item.name, item.help, ", ".join(name for name, _ in item.parameters)) for item in kg.questions()
        ]
        table(("name", "question", "--param"), rows)
        return
    asked = _asked(sparql, file, saved)
    bindings = dict(_parameter(text) for text in parameters)
    if store is not None:
        if bindings or no_inferred:
            raise click.UsageError("--param and --no-inferred are for a graph in a folder, not for --store.")
        graph: Graph | Remote = kg.connect(store)
        answer = graph.query(asked)
    else:
        graph = kg.load(folder)
        answer = graph.query(asked, inferred=not no_inferred, base=None, **bindings)
    if isinstance(answer, bool):
        _write_yes_or_no(answer, form)
    elif isinstance(answer, Rows):
        _write_rows(graph, asked, answer, form or "table")
    else:
        click.echo(answer.serialize(form or "ttl"), nl=False)


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
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier() or name in RESERVED:
        raise click.BadParameter(
            f"{text!r} is not NAME=VALUE, as in entity=id:netflix.", param_hint="--param"
        )
    return name, value


def _write_rows(graph: Graph | Remote, asked: str, rows: Rows, form: str) -> None:
    """The rows on standard output; how many, and why there may be none, on standard error."""
    if form == "table":
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        click.echo(graph.table(rows, width=width), nl=False)
        note(f"{len(rows)} rows" if len(rows) != 1 else "1 row")
    else:
        click.echo(rows.serialize(form), nl=False)
    if not len(rows):
        for line in graph.advice(asked):
            note(f"kg: {line}")


def _write_yes_or_no(answer: bool, form: str | None) -> None:
    """What the W3C's JSON and XML say of a boolean, or the word; the exit code says it too."""
    word = str(answer).lower()
    documents = {
        "json": f'{{"head":{{}},"boolean":{word}}}',
        "xml": f'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
        f"<head></head><boolean>{word}</boolean></sparql>",
    }
    click.echo(documents.get(form or "", word))
    sys.exit(0 if answer else 1)
