"""How a page shows itself in a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph.graph import Graph
    from kg.graph.results import Triples
    from kg.view.page import Page

__all__ = ["bundle", "frame", "pictured"]

# Above this a saved notebook grows by a megabyte a picture; the SVG alone is shown, and the page can be saved.
INLINE_NODES = 300


def bundle(page: Page) -> dict[str, str]:
    """MIME types and what to show for each: the page in a frame (up to 300 nodes), SVG, plain text."""
    graph = page.graph
    shown = {
        "image/svg+xml": page.svg(),
        "text/plain": f"<Page {page.title!r}: {len(graph)} nodes, {graph.number_of_edges()} edges>",
    }
    if len(graph) <= INLINE_NODES:
        shown["text/html"] = frame(page.html, page.title)
    return shown


def pictured(graph: Graph, answer: Triples) -> dict[str, str]:
    """The statements that the triples of an answer name, shown as a page is; nothing where they name none."""
    from kg.errors import QueryError
    from kg.graph.central import named_in
    from kg.view.page import draw

    try:
        named = named_in(answer, graph.statements())
    except QueryError:
        return {}
    return bundle(draw(graph, named, inferred=False))


def frame(html: str, title: str, height: int = 640) -> str:
    """A frame that holds the page, runs its script, and cannot reach the notebook around it."""
    return (
        f'<iframe sandbox="allow-scripts allow-downloads" title="{escape(title, quote=True)}" width="100%" '
        f'height="{height}" style="border:0" srcdoc="{escape(html, quote=True)}"></iframe>'
    )
