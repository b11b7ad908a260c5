"""Small questions of kg's own to a store: rows, and numbers."""

from __future__ import annotations

from pyoxigraph import QuerySolutions, Store

from kg.ontology import PREFIXES

__all__ = ["number", "rows"]


def rows(store: Store, query: str) -> QuerySolutions:
    """The rows of a SELECT; kg's prefixes are known."""
    found = store.query(query, prefixes=dict(PREFIXES))
    assert isinstance(found, QuerySolutions)
    return found


def number(store: Store, query: str) -> int:
    """The ?n of the only row."""
    return int(next(rows(store, query))["n"].value)
