"""The graph: how statements are written as RDF, the journal that keeps them, the store that answers queries."""

from kg.graph.graph import Graph

__all__ = ["Graph"]
