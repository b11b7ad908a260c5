"""The picture's network for programs that draw networks: Gephi, yEd, Cytoscape."""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING

from kg.view.network import network

if TYPE_CHECKING:
    import networkx

    from kg.graph.graph import Graph

__all__ = ["gexf", "graphml"]

# What XML 1.0 cannot hold in any form.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graphml(graph: Graph, output: IO[bytes]) -> None:
    """GraphML, directed, with parallel edges; all attributes with their types."""
    import networkx

    networkx.write_graphml_xml(_network(graph), output, encoding="utf-8")


def gexf(graph: Graph, output: IO[bytes]) -> None:
    """GEXF 1.2, directed. The format has no clock here: its date of writing is left out."""
    import networkx

    lines = networkx.generate_gexf(_network(graph), encoding="utf-8", version="1.2draft")
    text = "\n".join(lines) + "\n"
    output.write(re.sub(r' lastmodifieddate="[^"]*"', "", text).encode("utf-8"))


def _network(graph: Graph) -> networkx.MultiDiGraph:
    found = network(graph.statements(), graph.entities(), graph.documents(), inferred=graph.inferred())
    for _, attributes in found.nodes(data=True):
        _clean(attributes)
    for _, _, attributes in found.edges(data=True):
        _clean(attributes)
    return found


def _clean(attributes: dict[str, object]) -> None:
    for name, value in attributes.items():
        if isinstance(value, str):
            attributes[name] = _NOT_XML.sub("\ufffd", value)
