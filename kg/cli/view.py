"""`kg view`: the picture, as one page that works offline."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from kg.cli.style import examples, graph_option

__all__ = ["view"]


@click.command(
    epilog=examples(
        "kg view --open                           all of the graph, in the browser",
        "kg view --around Netflix --depth 2 -o netflix.html",
        "kg view --query 'SELECT ?s ?o WHERE { ?s kg:proposes ?o }'",
    )
)
@graph_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write the page. [default: DIR/view.html]",
)
@click.option("--query", "sparql", metavar="SPARQL", help="Only the statements that the answer names.")
@click.option("--around", metavar="ENTITY", help="Only what is said of this entity, by name or IRI.")
@click.option("--depth", type=click.IntRange(1, 9), default=1, show_default=True, help="Steps away from it.")
@click.option("--article", metavar="NAME", help="Only what this article says.")
@click.option("--claimant", metavar="ENTITY", help="Only what this entity says.")
@click.option(
    "--lang", type=click.Choice(("fr", "en")), default="fr", show_default=True, help="Language of the page."
)
@click.option(
    "--embed-text",
    type=click.Choice(("full", "sentences", "none")),
    default="sentences",
    show_default=True,
    help="How much of the articles the page carries.",
)
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Only statements at least this sure."
)
@click.option("--no-inferred", is_flag=True, help="Leave out what rules infer: only what was read.")
@click.option("--open/--no-open", "opened", default=False, show_default=True, help="Open it in the browser.")
def view(
    folder: Path,
    output: Path | None,
    sparql: str | None,
    around: str | None,
    depth: int,
    article: str | None,
    claimant: str | None,
    lang: str,
    embed_text: str,
    min_confidence: float,
    no_inferred: bool,
    opened: bool,
) -> None:
    """Draw the graph as a page that works offline.

    Prints where it is. Solid edges are facts, dashed ones claims, dotted ones inferred; a click shows the sentence and who says it.
    """
    import kg

    path = output or folder / "view.html"
    kg.load(folder).view(
        path,
        query=sparql,
        around=around,
        depth=depth,
        article=article,
        claimant=claimant,
        language="en" if lang == "en" else "fr",
        embed_text="full" if embed_text == "full" else "none" if embed_text == "none" else "sentences",
        inferred=not no_inferred,
        min_confidence=min_confidence,
    )
    click.echo(path)
    if opened:
        webbrowser.open(path.resolve().as_uri())
