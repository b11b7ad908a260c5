"""Whether an article keeps the shapes, asked of the engine: of each shape, what a node would have to be to break it.

    sh:minCount 1   ?this a kg:Statement . FILTER NOT EXISTS { ?this kg:lemma ?v }
    sh:maxCount 1   ?this a kg:Statement . ?this kg:lemma ?v . ?this kg:lemma ?w . FILTER ( !sameTerm(?v, ?w) )

An article for which all answers are no conforms. SHACL has more than what is known here: what breaks a shape, and
every article where the shapes say something that is not known, is for a library of SHACL to judge (`kg.graph.shapes`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import count
from typing import Any

from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store, Variable

from kg.ontology import PREFIXES, ontology_folder

__all__ = ["conforms", "questions"]

SH, XSD, RDF = PREFIXES["sh"], PREFIXES["xsd"], PREFIXES["rdf"]

# Datatypes whose values can be written wrongly, so that the name of the type does not say that it holds.
CHECKED = frozenset(XSD + name for name in ("boolean", "date", "dateTime", "decimal", "double", "integer"))
# What says of a shape which nodes it is about, or nothing of them.
SILENT = frozenset({"path", "message", "targetClass", "targetSubjectsOf"})
SUBCLASS = NamedNode(PREFIXES["rdfs"] + "subClassOf")
CLASSES = (NamedNode(PREFIXES["rdfs"] + "Class"), NamedNode(PREFIXES["owl"] + "Class"))
# Ways to break a shape that are asked about together: the engine takes long to plan for many, and to begin for each.
TOGETHER = 5
# Where a question in SPARQL is itself written.
WRITING = frozenset({"prefixes", "select", "declare", "prefix", "namespace"})


class UnknownError(Exception):
    """The shapes say something that is not known here."""


def conforms(content: bytes) -> bool:
    """Whether an article, given as N-Quads, surely keeps all shapes; False also where that cannot be told here."""
    asked = questions()
    if asked is None:
        return False
    store = Store()
    store.load(content, RdfFormat.N_QUADS)
    if next(store.quads_for_pattern(None, SUBCLASS, None), None) is not None:
        return False  # a class is what it is called here, and nothing above it
    broken, selects = asked
    try:
        if any(store.query(query, use_default_graph_as_union=True) for query in broken):
            return False
        return not any(_found(store, target, select) for target, select in selects)
    except (SyntaxError, RuntimeError):  # a question that the engine does not understand
        return False


def _found(store: Store, target: str, select: str) -> bool:
    """Whether a question in SPARQL has an answer for one of its nodes."""
    nodes = store.query(f"SELECT DISTINCT ?this {{ {target} }}", use_default_graph_as_union=True)
    assert isinstance(nodes, QuerySolutions)
    for node in nodes:
        given = {Variable("this"): node["this"]}
        found = store.query(select, use_default_graph_as_union=True, substitutions=given)
        assert isinstance(found, QuerySolutions)
        if next(found, None) is not None:
            return True
    return False


@lru_cache(maxsize=1)
def questions() -> tuple[list[str], list[tuple[str, str]]] | None:
    """What is true of an article that breaks a shape, and the shapes' own questions with their nodes; None if unknown."""
    shapes = Store()
    try:
        shapes.load(path=ontology_folder() / "shapes.ttl", format=RdfFormat.TURTLE)
        return _Shapes(shapes).read()
    except (UnknownError, OSError, SyntaxError):  # the library says what is wrong with the file
        return None


class _Shapes:
    """The shapes of a file, each as questions."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.names = (f"?v{number}" for number in count())

    def read(self) -> tuple[list[str], list[tuple[str, str]]]:
        """Questions that are true where a shape is broken, and pairs of a target with a question in SPARQL."""
        broken, selects = [], []
        for shape in sorted(self._targeted(), key=str):
            target, *others = self._targets(shape)
            # Nodes that a shape is about in another way alone are not asked about, but left to the library.
            ways = [f"{other} FILTER NOT EXISTS {{ {target} }}" for other in others]
            ways += [f"{target} {way}" for way in self._broken(shape, "?this")]
            for first in range(0, len(ways), TOGETHER):
                several = " } UNION { ".join(ways[first : first + TOGETHER])
                broken.append(f"ASK {{ {{ {several} }} }}")
            selects += [(target, select) for select in self._selects(shape)]
        return broken, selects

    def _targeted(self) -> set[Any]:
        """All shapes that say which nodes they are about; a class is not also a shape here."""
        found: set[Any] = set()
        for quad in self.store:
            name = quad.predicate.value.removeprefix(SH)
            if name in ("targetClass", "targetSubjectsOf"):
                found.add(quad.subject)
            elif name.startswith("target") or quad.object in CLASSES:
                raise UnknownError(f"{name} {quad.object}")
        return found

    def _targets(self, shape: Any) -> Iterator[str]:
        for found in self._of(shape, SH + "targetClass"):
            yield f"?this a {found} ."
        for found in self._of(shape, SH + "targetSubjectsOf"):
            yield f"?this {found} {next(self.names)} ."

    def _of(self, subject: Any, name: str) -> list[Any]:
        return sorted(
            (quad.object for quad in self.store.quads_for_pattern(subject, NamedNode(name), None)), key=str
        )

    def _said(self, shape: Any) -> Iterator[tuple[str, Any]]:
        """What a shape says in the words of SHACL, but for what it is about."""
        for quad in sorted(self.store.quads_for_pattern(shape, None, None), key=str):
            name = quad.predicate.value.removeprefix(SH)
            if quad.predicate.value != RDF + "type" and name not in SILENT:
                yield name, quad.object

    def _broken(self, shape: Any, node: str) -> Iterator[str]:
        """Patterns, one of which is there when a node breaks a shape."""
        for name, value in self._said(shape):
            if name == "property":
                yield from self._property_broken(value, node)
            elif name != "sparql" or node != "?this":
                raise UnknownError(name)

    def _property_broken(self, shape: Any, node: str) -> Iterator[str]:
        [path] = map(self._path, self._of(shape, SH + "path"))
        for name, wanted in self._said(shape):
            value, other = next(self.names), next(self.names)
            edge = f"{node} {path} {value} ."
            if name == "minCount" and wanted.value == "1":
                yield f"FILTER NOT EXISTS {{ {edge} }}"
            elif name == "maxCount" and wanted.value == "1":
                yield f"{edge} {node} {path} {other} . FILTER ( !sameTerm({value}, {other}) )"
            elif name == "hasValue":
                yield f"FILTER NOT EXISTS {{ {node} {path} {wanted} }}"
            elif name in ("lessThan", "lessThanOrEquals"):
                sign = "<" if name == "lessThan" else "<="
                yield f"{edge} {node} {wanted} {other} . {_unless(f'{value} {sign} {other}')}"
            elif name == "node":
                yield from (f"{edge} {way}" for way in self._broken(wanted, value))
            else:
                yield f"{edge} {_unless(self._holds(name, wanted, value))}"

    def _holds(self, name: str, wanted: Any, value: str) -> str:
        """What is true of a value that is as a shape wants it."""
        if name == "nodeKind" and wanted.value == SH + "IRI":
            return f"isIRI({value})"
        if name == "datatype":
            well = f" && isLiteral({wanted}(STR({value})))" if wanted.value in CHECKED else ""
            return f"DATATYPE({value}) = {wanted}{well}"
        if name == "in":
            return " || ".join(f"sameTerm({value}, {one})" for one in self._members(wanted))
        if name == "pattern":
            return f"REGEX(STR({value}), {wanted})"
        if name in ("minInclusive", "maxInclusive"):
            return f"{value} {'>=' if name == 'minInclusive' else '<='} {wanted}"
        raise UnknownError(name)

    def _path(self, path: Any) -> str:
        if isinstance(path, NamedNode):
            return str(path)
        ways = [one for several in self._of(path, SH + "alternativePath") for one in self._members(several)]
        if not ways:
            raise UnknownError("path")
        return f"({'|'.join(map(self._path, ways))})"

    def _members(self, node: Any) -> Iterator[Any]:
        while node != NamedNode(RDF + "nil"):
            yield self._of(node, RDF + "first")[0]
            node = self._of(node, RDF + "rest")[0]

    def _selects(self, shape: Any) -> Iterator[str]:
        """The questions in SPARQL of a shape, with their prefixes."""
        for constraint in self._of(shape, SH + "sparql"):
            if any(name not in WRITING for name, _ in self._said(constraint)):
                raise UnknownError("sparql")
            declared = [
                pair
                for holder in self._of(constraint, SH + "prefixes")
                for pair in self._of(holder, SH + "declare")
            ]
            prefixes = "".join(
                f"PREFIX {self._of(pair, SH + 'prefix')[0].value}: <{self._of(pair, SH + 'namespace')[0].value}>\n"
                for pair in declared
            )
            for select in self._of(constraint, SH + "select"):
                yield prefixes + select.value


def _unless(condition: str) -> str:
    """A filter that lets through what is not so, or of which it cannot be told."""
    return f"FILTER ( !COALESCE({condition}, false) )"
