"""The command `kg` with its subcommands, and how errors reach the person at the keyboard."""

from __future__ import annotations

import click

from kg.cli.build import build
from kg.cli.check import validate, verify
from kg.cli.evaluate import evaluate
from kg.cli.explain import explain
from kg.cli.export import export
from kg.cli.life import add, diff, remove, update
from kg.cli.link import link
from kg.cli.output import foreseen
from kg.cli.push import push
from kg.cli.query import query
from kg.cli.review import review
from kg.cli.search import search
from kg.cli.serve import serve
from kg.cli.stats import stats
from kg.cli.style import examples
from kg.cli.view import view
from kg.version import __version__

__all__ = ["COMMANDS", "cli"]

# In the order of a first visit; a new command is a file beside this one and a name here.
COMMANDS: tuple[click.Command, ...] = (
    build,
    query,
    search,
    view,
    serve,
    export,
    explain,
    stats,
    evaluate,
    validate,
    verify,
    add,
    update,
    remove,
    diff,
    review,
    link,
    push,
)


class Commands(click.Group):
    """Turns the errors kg foresees into one line and exit code 2."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the subcommand."""
        return foreseen(lambda: super(Commands, self).invoke(ctx))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of a first visit."""
        return [command.name or "" for command in COMMANDS]


@click.group(
    cls=Commands,
    commands=list(COMMANDS),
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples(
        "kg build seeds                           read the articles of a folder",
        "kg query --list                          the questions that come with kg",
        "kg view --open                           see the graph in the browser",
    ),
)
@click.version_option(__version__, "-V", "--version", prog_name="kg")
def cli() -> None:
    """News articles in, a knowledge graph out: every edge quotes its sentence and names who says it."""
