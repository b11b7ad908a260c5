"""`kg build`: read articles, write the graph, say what was found and what to try next."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.style import examples, graph_option, json_option, note, table, write_json

if TYPE_CHECKING:
    from kg.documents import Rejection
    from kg.model import Document

__all__ = ["build"]

SEEDS = Path("seeds")
# Rejections that are told one by one; the rest stands in rejected.jsonl.
TOLD = 5
# What the closing table shows, and how each count is called.
COUNTS = {
    "articles": "articles",
    "sentences": "sentences",
    "silent_sentences": "sentences that gave nothing",
    "entities": "entities",
    "statements": "statements",
    "asserted": "asserted by the articles",
    "claims": "claimed by somebody else",
    "inferred": "inferred by rules",
}


@click.command(
    epilog=examples(
        "kg build                                 the articles of seeds/ into graph/",
        "kg build article.txt page.html -g affair",
        "cat article.txt | kg build -",
    )
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path, allow_dash=True))
@graph_option
@click.option("--model", metavar="NAME", help="A spaCy pipeline with Universal Dependencies, not kg's own.")
@click.option("--outlet", metavar="NAME", help="Who published the articles that do not say it themselves.")
@json_option
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def build(
    paths: tuple[Path, ...], folder: Path, model: str | None, outlet: str | None, as_json: bool, quiet: bool
) -> None:
    """Read articles and write their graph.

    It takes the place of the one in DIR, which stays whole until all is read.

    PATH is a file (.txt .md .html .jsonl .jsonl.gz .parquet .zip .warc), a folder of such files, or "-" for
    standard input; by default the folder seeds/. What cannot be read is set aside with its reason, and the
    rest goes on.
    """
    import kg

    refused: list[Rejection] = []
    with _progress(quiet or as_json) as step:
        graph = kg.build(
            paths or [SEEDS], folder, model=model, outlet=outlet, rejected=refused.append, progress=step
        )
    counts = graph.stats()
    _tell_refused(refused, folder)
    if as_json:
        write_json({**counts, "rejected": len(refused), "graph": str(folder)})
    elif not quiet:
        _tell(counts, folder)


@contextmanager
def _progress(silent: bool) -> Iterator[Callable[[Document], None] | None]:
    """A line that tells how many articles were read and which is being read; only where somebody watches."""
    if silent or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.text import Text

    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed:,.0f}"),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("…", total=None)
        yield lambda document: bar.update(task, advance=1, description=Text(document.name).markup)


def _tell_refused(refused: list[Rejection], folder: Path) -> None:
    for rejection in refused[:TOLD]:
        note(f"kg: set aside: {rejection.reason}")
    if len(refused) > TOLD:
        note(f"kg: set aside: {len(refused) - TOLD} more, see {folder / 'rejected.jsonl'}")


def _tell(counts: dict[str, int], folder: Path) -> None:
    table(("found", "n"), [(name, f"{counts[key]:,}") for key, name in COUNTS.items()], numbers=("n",))
    option = "" if folder == Path("graph") else f" -g {_quoted(str(folder))}"
    click.echo(f"\npage    {folder / 'graph.html'}\nTurtle  {folder / 'graph.ttl'}\n\nTry next:")
    for line in (
        f"kg query{option} 'SELECT ?who ?what WHERE {{ ?who kg:proposes ?what }}'",
        f"kg query{option} --list",
        f"kg view{option} --open",
    ):
        click.echo(f"  {line}")


def _quoted(path: str) -> str:
    from shlex import quote

    return quote(path)
