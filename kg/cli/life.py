"""`kg add`, `kg update`, `kg remove`, `kg diff`: the life of the articles of a graph."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.progress import progress, tell_refused
from kg.cli.style import examples, graph_option, json_option, note, plain, write_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from kg.assembly import Run
    from kg.graph.diff import Difference
    from kg.model import Statement

    Command = TypeVar("Command", bound=Callable[..., object])

__all__ = ["add", "diff", "reading_options", "remove", "update"]


def reading_options(command: Command) -> Command:
    """The options of every command that reads articles."""
    for option in (
        click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors."),
        json_option,
        click.option(
            "--engine",
            metavar="NAME",
            help="Who reads: a Spark master, spark://HOST:PORT or spark-local[N].",
        ),
        click.option(
            "--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that read."
        ),
        click.option(
            "--outlet", metavar="NAME", help="Who published the articles that do not say it themselves."
        ),
        click.option(
            "--model", metavar="NAME", help="A spaCy pipeline with Universal Dependencies, not kg's own."
        ),
    ):
        command = option(command)
    return command


paths_argument = click.argument(
    "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path, allow_dash=True)
)


@click.command(
    epilog=examples(
        "kg add new.txt",
        "kg add archive.zip --jobs 4",
        "curl -s https://example.org/a.html > a.html && kg add a.html",
    )
)
@paths_argument
@graph_option
@reading_options
def add(paths: tuple[Path, ...], folder: Path, quiet: bool, as_json: bool, **how: object) -> None:
    """Read further articles into the graph.

    The graph is the same as if all had been read at once. What it has already is not read again.
    """
    _take("add_articles", paths, folder, quiet, as_json, how)


@click.command(
    epilog=examples(
        "kg update seeds                          what changed in a folder",
        "kg update corrected.txt",
        "kg update crawl.jsonl.gz --jobs 4 --json",
    )
)
@paths_argument
@graph_option
@reading_options
def update(paths: tuple[Path, ...], folder: Path, quiet: bool, as_json: bool, **how: object) -> None:
    """Read articles that changed.

    What the graph has of files with these names is replaced. Articles that are as they were are not read again;
    new ones are added.
    """
    _take("update_articles", paths, folder, quiet, as_json, how)


@click.command(
    epilog=examples(
        "kg remove netflix-ia.txt",
        "kg remove article-f63e1f8d2b82",
        "kg remove a.txt b.txt -g affair",
    )
)
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@graph_option
@json_option
def remove(names: tuple[str, ...], folder: Path, as_json: bool) -> None:
    """Forget articles.

    By their files' names or their ids. The graph is as if they had never been read.
    """
    import kg

    done = kg.load(folder).remove_articles(names)
    if as_json:
        write_json({"removed": done.removed})
    else:
        note(f"{_counted(done.removed, 'article')} removed")


@click.command(
    epilog=examples(
        "kg diff before after",
        "kg diff graph /backup/graph --json",
        "kg diff before after && echo the same",
    )
)
@click.argument("before", metavar="GRAPH_A", type=click.Path(path_type=Path, file_okay=False))
@click.argument("after", metavar="GRAPH_B", type=click.Path(path_type=Path, file_okay=False))
@json_option
def diff(before: Path, after: Path, as_json: bool) -> None:
    """Compare two graphs.

    Tells the statements that B has gained, lost and changed. Exits with 1 if the graphs differ.
    """
    import kg

    found = kg.load(before).diff(kg.load(after))
    if as_json:
        write_json(found.json())
    else:
        _tell(found)
    sys.exit(1 if found else 0)


def _take(
    method: str, paths: tuple[Path, ...], folder: Path, quiet: bool, as_json: bool, how: dict[str, object]
) -> None:
    import kg

    graph = kg.load(folder)
    with progress(paths, quiet or as_json) as step:
        done: Run = getattr(graph, method)(paths, rejected=lambda rejection: None, progress=step, **how)
    tell_refused(done.refused, folder)
    counts = {
        "read": done.read,
        "unchanged": done.unchanged,
        "removed": done.removed,
        "rejected": len(done.refused),
    }
    if as_json:
        write_json(counts)
    elif not quiet:
        note(", ".join(f"{count:,} {name}" for name, count in counts.items() if count or name == "read"))


def _tell(found: Difference) -> None:
    for name in found.articles_gained:
        click.echo(plain(f"+ {name}"))
    for name in found.articles_lost:
        click.echo(plain(f"- {name}"))
    for sign, statements in (("+", found.gained), ("-", found.lost)):
        for statement in statements:
            click.echo(plain(f"{sign} {_line(statement)}"))
    for change in found.changed:
        click.echo(plain(f"~ {_line(change.after)}  ({', '.join(change.parts)})"))
    if found:
        note(
            f"{len(found.gained)} statements gained, {len(found.lost)} lost, {len(found.changed)} changed; "
            f"{found.quads_gained:,} triples gained, {found.quads_lost:,} lost"
        )
    else:
        note("the same")


def _line(statement: Statement) -> str:
    """A statement in one line: who, what, whom, and where it was read."""
    words = [statement.subject.label, statement.label, statement.object.label if statement.object else ""]
    where = statement.evidence[0].document if statement.evidence else ""
    return " · ".join(word for word in words if word) + f"  [{where}]"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
