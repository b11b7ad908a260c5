"""Reads the manifests of the W3C's suites, runs each case through kg and through the engine alone, compares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
)

from kg.errors import KgError, QueryError
from kg.graph import Graph, terms
from kg.graph.asking import ask
from kg.graph.building import DEFAULT, lines_of
from kg.graph.results import Rows, Triples

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"

SUITES = (
    "sparql/sparql11/manifest-sparql11-query.ttl",
    "sparql/sparql11/manifest-sparql11-update.ttl",
    "sparql/sparql11/manifest-sparql11-results.ttl",
    "sparql/sparql10/manifest-evaluation.ttl",
    "sparql/sparql10/manifest-syntax.ttl",
    "rdf/rdf11/rdf-turtle/manifest.ttl",
    "rdf/rdf11/rdf-trig/manifest.ttl",
    "rdf/rdf11/rdf-n-triples/manifest.ttl",
    "rdf/rdf11/rdf-n-quads/manifest.ttl",
)
_SYNTAX = {
    "Turtle": RdfFormat.TURTLE,
    "Trig": RdfFormat.TRIG,
    "NTriples": RdfFormat.N_TRIPLES,
    "NQuads": RdfFormat.N_QUADS,
}
# Outside this graph by their nature.
_OUTSIDE = ("service", "entailment", "protocol", "service-description", "http-rdf-update", "syntax-fed")


@dataclass(frozen=True)
class Case:
    """A test of a suite: its name, its kind, and the triples of its manifest."""

    iri: str
    kind: str
    store: Store

    def of(self, subject: object, predicate: str) -> list[object]:
        """The values of a property."""
        return [quad.object for quad in self.store.quads_for_pattern(subject, NamedNode(predicate), None)]

    def one(self, subject: object, predicate: str) -> object:
        """The value of a property, or None."""
        return next(iter(self.of(subject, predicate)), None)

    @property
    def node(self) -> NamedNode:
        """The test itself."""
        return NamedNode(self.iri)


def suites(folder: Path) -> list[Path]:
    """The manifests of a copy of w3c/rdf-tests that are there, or the one in the folder itself."""
    found = [folder / name for name in SUITES if (folder / name).exists()]
    return found or [folder / "manifest.ttl"]


def cases(manifest: Path) -> Iterator[Case]:
    """The tests of a manifest and of those that it includes."""
    store = Store()
    store.load(path=manifest, format=RdfFormat.TURTLE, base_iri=manifest.resolve().as_uri())
    for included in _lists(store, MF + "include"):
        path = _path(included)
        if path.parent.name not in _OUTSIDE and path.exists():
            yield from cases(path)
    for entry in _lists(store, MF + "entries"):
        kinds = [quad.object.value for quad in store.quads_for_pattern(entry, NamedNode(RDF + "type"), None)]
        kind = kinds[0].rpartition("#")[2] if kinds else ""
        if kind.startswith(("Query", "Positive", "Negative", "Update", "Test", "CSV")):
            yield Case(entry.value, kind, store)


def _lists(store: Store, predicate: str) -> Iterator[NamedNode]:
    for quad in store.quads_for_pattern(None, NamedNode(predicate), None):
        node = quad.object
        while node != NamedNode(RDF + "nil"):
            yield next(store.quads_for_pattern(node, NamedNode(RDF + "first"), None)).object
            node = next(store.quads_for_pattern(node, NamedNode(RDF + "rest"), None)).object


def _path(node: NamedNode) -> Path:
    from urllib.parse import unquote, urlsplit

    return Path(unquote(urlsplit(node.value).path))


def passes(case: Case) -> bool:
    """Whether kg gives what the suite expects, of the suite's data alone: without kg's own vocabulary beside it."""
    used = terms.used
    terms.used = lambda store: []
    try:
        return _run(case, _Kg)
    finally:
        terms.used = used


def engine_passes(case: Case) -> bool:
    """Whether the engine alone does."""
    return _run(case, _Engine)


class _Kg:
    """The doors of kg: `ask` for queries, `Graph.update` for updates; without the names that kg knows by itself."""

    def __init__(self) -> None:
        self.store = Store()
        self.graph = Graph.in_memory()
        self.graph.prefixes.clear()

    def load(self, path: Path, graph: NamedNode | None) -> None:
        self.store.load(path=path, format=_format(path), base_iri=_base(path), to_graph=graph)

    def query(self, text: str, base: str) -> object:
        found = ask(self.store, text, {}, base=base)
        if isinstance(found, Rows):
            return found.columns, found.terms
        return found.terms if isinstance(found, Triples) else found

    def update(self, text: str, base: str) -> None:
        for name in [DefaultGraph(), *self.store.named_graphs()]:
            lines = lines_of(self.store.quads_for_pattern(None, None, None, name))
            self.graph._writer.record(DEFAULT if name == DefaultGraph() else name.value, lines)
        self.graph.update(text, base=base)

    def quads(self) -> list[Quad]:
        return list(pyoxigraph.parse("".join(self.graph.lines()), RdfFormat.N_QUADS))


class _Engine:
    """pyoxigraph alone, with the named graphs apart from the default one."""

    def __init__(self) -> None:
        self.store = Store()

    def load(self, path: Path, graph: NamedNode | None) -> None:
        self.store.load(path=path, format=_format(path), base_iri=_base(path), to_graph=graph)

    def query(self, text: str, base: str) -> object:
        found = self.store.query(text, base_iri=base)
        if isinstance(found, pyoxigraph.QuerySolutions):
            columns = [variable.value for variable in found.variables]
            return columns, [tuple(solution) for solution in found]
        return bool(found) if isinstance(found, pyoxigraph.QueryBoolean) else list(found)

    def update(self, text: str, base: str) -> None:
        self.store.update(text, base_iri=base)

    def quads(self) -> list[Quad]:
        return list(self.store)


def _base(path: Path) -> str:
    return path.resolve().as_uri()


def _format(path: Path) -> RdfFormat:
    found = RdfFormat.from_extension(path.suffix.lstrip("."))
    assert found is not None, path
    return found


def _run(case: Case, door: type[_Kg] | type[_Engine]) -> bool:
    try:
        if case.kind.startswith("Test"):
            return _parses(case)
        if "Syntax" in case.kind:
            return _syntax(case, door())
        if case.kind == "UpdateEvaluationTest":
            return _updates(case, door())
        return _evaluates(case, door())
    except (KgError, SyntaxError, ValueError, OSError, RuntimeError):
        return False


def _parses(case: Case) -> bool:
    """Turtle, TriG, N-Triples, N-Quads: through the parser that reads every export back."""
    kind = case.kind.removeprefix("Test")
    format = next(found for name, found in _SYNTAX.items() if kind.casefold().startswith(name.casefold()))
    action = _path(case.one(case.node, MF + "action"))
    base = _assumed(case, action)
    try:
        quads = list(pyoxigraph.parse(path=action, format=format, base_iri=base))
    except SyntaxError:
        return "Negative" in kind
    if "Negative" in kind:
        return False
    result = case.one(case.node, MF + "result")
    if result is None:
        return True
    return _same(
        quads, list(pyoxigraph.parse(path=_path(result), format=_format(_path(result)), base_iri=base))
    )


def _assumed(case: Case, action: Path) -> str:
    base = next(iter(case.store.quads_for_pattern(None, NamedNode(MF + "assumedTestBase"), None)), None)
    return base.object.value + action.name if base else _base(action)


def _syntax(case: Case, door: _Kg | _Engine) -> bool:
    path = _path(case.one(case.node, MF + "action"))
    text = path.read_text(encoding="utf-8")
    try:
        if "Update" in case.kind:
            door.update(text, _base(path))
        else:
            door.query(text, _base(path))
    except (SyntaxError, QueryError) as error:
        # FROM a graph that is not there is well-formed.
        return "Negative" in case.kind or "no such graph" in str(error)
    except (RuntimeError, OSError):
        return "Positive" in case.kind
    return "Positive" in case.kind


def _evaluates(case: Case, door: _Kg | _Engine) -> bool:
    action = case.one(case.node, MF + "action")
    path = _path(case.one(action, QT + "query"))
    for data in case.of(action, QT + "data"):
        door.load(_path(data), None)
    for data in case.of(action, QT + "graphData"):
        door.load(_path(data), data)
    text = path.read_text(encoding="utf-8")
    for name in _from(text, path):
        if not door.store.contains_named_graph(name):
            door.load(_path(name), name)
    found = door.query(text, _base(path))
    return _equal(found, _path(case.one(case.node, MF + "result")), ordered="ORDER BY" in text.upper())


def _from(text: str, path: Path) -> list[NamedNode]:
    from urllib.parse import urljoin

    from kg.graph import guard

    names = guard.check(text) or []
    return [NamedNode(urljoin(_base(path), name[1:-1])) for name in names if name.startswith("<")]


def _updates(case: Case, door: _Kg | _Engine) -> bool:
    action, result = case.one(case.node, MF + "action"), case.one(case.node, MF + "result")
    expected = Store()
    for node, load in ((action, door.load), (result, lambda path, graph: _fill(expected, path, graph))):
        for data in case.of(node, UT + "data"):
            load(_path(data), None)
        for data in case.of(node, UT + "graphData"):
            name = case.one(data, LABEL)
            graph = case.one(data, UT + "graph")
            load(_path(graph), NamedNode(name.value))
    request = _path(case.one(action, UT + "request"))
    door.update(request.read_text(encoding="utf-8"), _base(request))
    return _same(door.quads(), list(expected))


def _fill(store: Store, path: Path, graph: NamedNode | None) -> None:
    store.load(path=path, format=_format(path), base_iri=_base(path), to_graph=graph)


# ---- Comparing


def _same(one: list[Quad], other: list[Quad]) -> bool:
    return _canonical(one) == _canonical(other)


def _canonical(quads: list[Quad]) -> Dataset:
    dataset = Dataset(Quad(q.subject, q.predicate, _value(q.object), q.graph_name) for q in quads)
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def _value(term: object) -> object:
    """A term by value: the store writes some numbers otherwise than they were written."""
    if isinstance(term, Literal) and term.datatype.value.rpartition("#")[2] in (
        "integer",
        "decimal",
        "double",
        "boolean",
        "dateTime",
    ):
        store = Store()
        store.add(Quad(NamedNode("x:x"), NamedNode("x:x"), term))
        return next(iter(store)).object
    return term


def _equal(found: object, path: Path, *, ordered: bool) -> bool:
    if path.suffix in (".ttl", ".rdf", ".nt") and not isinstance(found, tuple | bool):
        quads = [Quad(triple.subject, triple.predicate, triple.object) for triple in found]
        return _same(quads, list(pyoxigraph.parse(path=path, format=_format(path), base_iri=_base(path))))
    expected = _expected(path)
    if isinstance(found, bool) or isinstance(expected, bool):
        return found == expected
    columns, rows = found
    names, wanted = expected
    if sorted(columns) != sorted(names):
        return False
    texts = path.suffix in (".csv", ".tsv")
    ours = [_row(row, [columns.index(name) for name in names], path.suffix == ".csv") for row in rows]
    theirs = [_row(row, range(len(names)), path.suffix == ".csv") for row in wanted]
    if not ordered or texts:
        ours, theirs = sorted(ours), sorted(theirs)
    # Blank nodes are all alike here: enough for the suites, whose results have few.
    return ours == theirs


def _row(row, order, plain: bool) -> tuple[str, ...]:
    picked = [row[at] for at in order]
    if plain:
        return tuple("" if term is None else str(getattr(term, "value", term)) for term in picked)
    return tuple(
        "" if term is None else "_:" if isinstance(term, BlankNode) else str(_value(term)) for term in picked
    )


def _expected(path: Path):
    if path.suffix == ".csv":
        import csv

        with path.open(encoding="utf-8", newline="") as file:
            names, *rows = list(csv.reader(file))
        return names, rows
    if path.suffix in (".srx", ".srj", ".tsv"):
        kind = pyoxigraph.QueryResultsFormat.from_extension(path.suffix.lstrip("."))
        found = pyoxigraph.parse_query_results(path=path, format=kind)
        if isinstance(found, pyoxigraph.QueryBoolean):
            return bool(found)
        return [variable.value for variable in found.variables], [tuple(solution) for solution in found]
    return _result_set(path)


def _result_set(path: Path):
    """Results as RDF (rs:ResultSet)."""
    store = Store()
    _fill(store, path, None)

    def objects(subject, name):
        return [quad.object for quad in store.quads_for_pattern(subject, NamedNode(RS + name), None)]

    boolean = objects(None, "boolean")
    if boolean:
        return boolean[0].value == "true"
    names = [term.value for term in objects(None, "resultVariable")]
    rows = []
    solutions = sorted(
        objects(None, "solution"), key=lambda node: [int(term.value) for term in objects(node, "index")]
    )
    for solution in solutions:
        values = {
            objects(node, "variable")[0].value: objects(node, "value")[0]
            for node in objects(solution, "binding")
        }
        rows.append(tuple(values.get(name) for name in names))
    return names, rows
