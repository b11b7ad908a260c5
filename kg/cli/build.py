"""`kg build`: read articles, write the graph, say what was found and what to try next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.life import reading_options
from kg.cli.progress import progress, tell_refused
from kg.cli.style import examples, graph_option, table, write_json

if TYPE_CHECKING:
    from kg.documents import Rejection

__all__ = ["build"]

SEEDS = Path("seeds")
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
@reading_options
@click.option("--again", is_flag=True, help="Read every article again, even what did not change.")
def build(paths: tuple[Path, ...], folder: Path, quiet: bool, as_json: bool, again: bool, **how: Any) -> None:
    """Read articles and write their graph.

    It takes the place of the one in DIR, which stays whole until all is read.

    PATH is a file (.txt .md .html .jsonl .jsonl.gz .parquet .zip .warc), a folder of such files, or "-" for
    standard input; by default the folder seeds/. What cannot be read is set aside with its reason, and the
    rest goes on. What DIR has of the same articles is not read again, even if its build was interrupted.
    """
    import kg

    refused: list[Rejection] = []
    sources = paths or (SEEDS,)
    with progress(sources, quiet or as_json) as step:
        graph = kg.build(sources, folder, again=again, rejected=refused.append, progress=step, **how)
    counts = graph.stats()
    tell_refused(refused, folder)
    if as_json:
        write_json({**counts, "rejected": len(refused), "graph": str(folder)})
    elif not quiet:
        _tell(counts, folder)


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
