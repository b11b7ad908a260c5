"""News articles in, a knowledge graph out, in which every edge quotes its sentence and names who says it.

    import kg

    graph = kg.build("seeds")           # what the articles say
    for row in graph.query("SELECT ?who ?what WHERE { ?who kg:recruits ?what }"):
        print(row)
    graph.export("graph.ttl")

Each name is loaded when it is first used: `kg --help` needs no model, and `kg query` next to nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.api import Graph, build, connect, load, question, questions
    from kg.documents import Rejection, count_articles, read_documents
    from kg.errors import (
        DocumentError,
        ExportError,
        GraphError,
        KgError,
        LanguageError,
        OntologyError,
        QueryError,
    )
    from kg.evaluation import evaluate
    from kg.model import Document, Entity, Evidence, Mention, Statement
    from kg.version import __version__

__all__ = [
    "Document",
    "DocumentError",
    "Entity",
    "Evidence",
    "ExportError",
    "Graph",
    "GraphError",
    "KgError",
    "LanguageError",
    "Mention",
    "OntologyError",
    "QueryError",
    "Rejection",
    "Statement",
    "__version__",
    "build",
    "connect",
    "count_articles",
    "evaluate",
    "load",
    "question",
    "questions",
    "read_documents",
]

HOMES = {
    "kg.api": ("Graph", "build", "connect", "load", "question", "questions"),
    "kg.documents": ("Rejection", "count_articles", "read_documents"),
    "kg.evaluation": ("evaluate",),
    "kg.errors": (
        "DocumentError",
        "ExportError",
        "GraphError",
        "KgError",
        "LanguageError",
        "OntologyError",
        "QueryError",
    ),
    "kg.model": ("Document", "Entity", "Evidence", "Mention", "Statement"),
    "kg.version": ("__version__",),
}


def __getattr__(name: str) -> object:
    """A public name, from the module where it lives."""
    from importlib import import_module

    for home, names in HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
