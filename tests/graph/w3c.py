"""Reads the manifests of the W3C's suites: which tests there are, of which kind, and why some say nothing of kg."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Store

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
SD = "http://www.w3.org/ns/sparql-service-description#"
ENT = "http://www.w3.org/ns/entailment/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"

# Where the manifests of a copy of w3c/rdf-tests begin.
BEGINNINGS = (
    "sparql/sparql10/manifest.ttl",
    "sparql/sparql10/manifest-evaluation.ttl",
    "sparql/sparql10/manifest-syntax.ttl",
    "sparql/sparql11/manifest-all.ttl",
    "sparql/sparql11/manifest-sparql11-query.ttl",
    "sparql/sparql11/manifest-sparql11-update.ttl",
    "sparql/sparql11/manifest-sparql11-results.ttl",
    "sparql/sparql11/protocol/manifest.ttl",
    "rdf/rdf11/rdf-turtle/manifest.ttl",
    "rdf/rdf11/rdf-trig/manifest.ttl",
    "rdf/rdf11/rdf-n-triples/manifest.ttl",
    "rdf/rdf11/rdf-n-quads/manifest.ttl",
)
KINDS = (
    "Query",
    "Positive",
    "Negative",
    "Update",
    "Test",
    "CSV",
    "Protocol",
    "GraphStore",
    "ServiceDescription",
)
UNREADABLE = "Manifest"


@dataclass(frozen=True)
class Case:
    """A test of a suite: its node, its kind, and the triples of its manifest."""

    node: NamedNode | BlankNode
    kind: str
    manifest: Path
    store: Store = field(compare=False)

    @property
    def name(self) -> str:
        """The folder of its suite and its own name."""
        return f"{self.manifest.parent.name}/{self.node.value.rpartition('#')[2]}"

    def of(self, subject: object, predicate: str) -> list[object]:
        """The values of a property."""
        return [quad.object for quad in self.store.quads_for_pattern(subject, NamedNode(predicate), None)]

    def one(self, subject: object, predicate: str) -> object:
        """The value of a property, or None."""
        return next(iter(self.of(subject, predicate)), None)

    @property
    def action(self) -> object:
        """What is to be done."""
        return self.one(self.node, MF + "action")

    @property
    def result(self) -> object:
        """What is to come of it."""
        return self.one(self.node, MF + "result")

    def outside(self) -> str:
        """Why the test is about something that kg does not have; "" where it does."""
        if self.kind == UNREADABLE:
            return "its manifest is not Turtle"
        if self.kind == "ServiceDescriptionTest":
            return "told in words alone; tests/serve has tests of its own"
        if self.kind == "GraphStoreProtocolTest":
            return "kg serves graphs for reading alone"
        if self.kind == "ProtocolTest":
            return "" if self.action is not None else "told in words alone; tests/serve has tests of its own"
        regimes = self.of(self.action, SD + "entailmentRegime") if "Syntax" not in self.kind else []
        if regimes or self.manifest.parent.name == "entailment":
            return "kg draws no inferences of RDFS, OWL or RIF while it answers"
        if "Evaluation" in self.kind and self.of(self.action, QT + "serviceData"):
            return "SERVICE asks another machine, which kg refuses"
        return ""


def cases(folder: Path) -> list[Case]:
    """All tests of a copy of w3c/rdf-tests, or of the manifests of any other folder, each once."""
    beginnings = [folder / name for name in BEGINNINGS if (folder / name).exists()]
    seen: set[Path] = set()
    found = [
        case
        for manifest in beginnings or sorted(folder.rglob("manifest*.ttl"))
        for case in _cases(manifest.resolve(), seen)
    ]
    return list(dict.fromkeys(found))


def _cases(manifest: Path, seen: set[Path]) -> Iterator[Case]:
    if manifest in seen:
        return
    seen.add(manifest)
    store = Store()
    try:
        store.load(path=manifest, format=RdfFormat.TURTLE, base_iri=manifest.as_uri())
    except SyntaxError:
        yield Case(NamedNode(f"{manifest.as_uri()}#{manifest.name}"), UNREADABLE, manifest, store)
        return
    for quad in store.quads_for_pattern(None, NamedNode(MF + "include"), None):
        for included in members(store, quad.object):
            if path_of(included).exists():
                yield from _cases(path_of(included).resolve(), seen)
    for quad in store.quads_for_pattern(None, NamedNode(MF + "entries"), None):
        for entry in members(store, quad.object):
            types = store.quads_for_pattern(entry, NamedNode(RDF + "type"), None)
            kinds = sorted(quad.object.value.rpartition("#")[2] for quad in types)
            kind = next((kind for kind in kinds if kind.startswith(KINDS)), None)
            if kind:
                yield Case(entry, kind, manifest, store)


def members(store: Store, node: object) -> Iterator[object]:
    """The members of a list."""
    while node is not None and node != NamedNode(RDF + "nil"):
        yield next(store.quads_for_pattern(node, NamedNode(RDF + "first"), None)).object
        node = next(store.quads_for_pattern(node, NamedNode(RDF + "rest"), None)).object


def path_of(node: object) -> Path:
    """The file of an IRI."""
    return Path(unquote(urlsplit(node.value).path))
