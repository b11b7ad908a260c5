"""The names that people read beside IRIs."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["labels"]

_LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


def labels(store: Store, iris: Iterable[str], language: str) -> dict[str, str]:
    """The label of each IRI that has one: in the language, else in none, else the first by alphabet."""
    found = {}
    for iri in dict.fromkeys(iris):
        try:
            quads = store.quads_for_pattern(NamedNode(iri), _LABEL, None, None)
        except ValueError:  # not an IRI, so nothing here has that name
            continue
        texts = [
            (quad.object.language or "", quad.object.value)
            for quad in quads
            if isinstance(quad.object, Literal)
        ]
        if texts:
            found[iri] = min(
                texts,
                key=lambda pair: ((language, "").index(pair[0]) if pair[0] in (language, "") else 2, pair),
            )[1]
    return found
