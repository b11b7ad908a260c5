"""What every command shares: where the graph is, how a table and a line look."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from kg.cli.output import note, plain

__all__ = ["examples", "graph_option", "json_option", "note", "plain", "table", "write_json"]

Command = TypeVar("Command", bound=Callable[..., object])

# Wide enough that no cell is cut where nobody watches: a pipe or a file has no right edge.
UNBOUNDED = 10_000


def graph_option(command: Command) -> Command:
    """The option -g DIR, by default KG_GRAPH or "graph"."""
    return click.option(
        "-g",
        "--graph",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="KG_GRAPH",
        default="graph",
        show_default=True,
        metavar="DIR",
        help="The folder of the graph (KG_GRAPH).",
    )(command)


def json_option(command: Command) -> Command:
    """The option --json."""
    return click.option("--json", "as_json", is_flag=True, help="Write JSON, for programs.")(command)


def examples(*lines: str) -> str:
    """The last paragraph of a command's help."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def write_json(value: object) -> None:
    """One JSON document on standard output, characters as they are."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Sequence[str] = ()) -> None:
    """Rows on standard output, in as many lines as the terminal needs; `numbers` are aligned to the right."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in columns:
        shown.add_column(
            Text(plain(column)), justify="right" if column in numbers else "left", overflow="fold"
        )
    for row in rows:
        shown.add_row(*(Text(plain(cell)) for cell in row))
    terminal = sys.stdout.isatty()
    console = Console(file=sys.stdout, width=None if terminal else UNBOUNDED, highlight=False, markup=False)
    with console.capture() as written:
        console.print(shown)
    # The library fills every cell to the edge of the table; nobody wants to copy that.
    click.echo("\n".join(line.rstrip() for line in written.get().splitlines()))
