"""Do the shapes of the ontology hold (SHACL), article by article, in rdflib's memory: elsewhere it is 79 times slower."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store, Variable

from kg.errors import OntologyError
from kg.graph import building
from kg.graph.journal import Journal, MemoryJournal
from kg.graph.rdflib_door import graph_of, term
from kg.graph.vocabulary import V
from kg.ontology import ID, PREFIXES, ontology_folder

if TYPE_CHECKING:
    import rdflib

__all__ = ["Violation", "validate"]

SH = PREFIXES["sh"]


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A broken shape: in which article, by which node, what should be, and the sentence concerned."""

    article: str
    focus: str
    message: str
    message_fr: str
    sentence: str

    def __str__(self) -> str:
        quoted = f" « {self.sentence} »" if self.sentence else ""
        return f"{self.article}: {self.focus.replace(ID, 'id:')}: {self.message}{quoted}"


def validate(
    journal: Journal | MemoryJournal, jobs: int, articles: Iterable[str] | None = None
) -> list[Violation]:
    """What breaks a shape, by article; `articles` are ids, all unless told. `jobs` processes share the work."""
    names = [
        name for name in journal.names() if name.startswith("article-") or name == building.inferred_name()
    ]
    if articles is not None:
        wanted = set(articles)
        names = [name for name in names if name in wanted]
    contents = (journal.read(name) for name in names)
    found = map(check, contents) if jobs <= 1 or len(names) < 2 else _shared(contents, min(jobs, len(names)))
    return sorted(violation for violations in found for violation in violations)


def _shared(contents: Iterable[bytes], jobs: int) -> Iterator[list[Violation]]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # The store has threads, and a fork would take their locks along.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(check, contents, chunksize=8)


def check(content: bytes) -> list[Violation]:
    """What breaks a shape in one article, given as N-Quads."""
    import pyshacl
    import rdflib

    data = _data()(bind_namespaces="none")
    data.engine.bulk_load(content, RdfFormat.N_QUADS)
    graph_of((quad.triple for quad in building.quads_of(content)), data)
    conforms, results, _ = pyshacl.validate(data, shacl_graph=_shapes(), inplace=True)
    if conforms:
        return []
    assert isinstance(results, rdflib.Graph)
    found = results.subjects(rdflib.RDF.type, rdflib.URIRef(SH + "ValidationResult"))
    return sorted({_violation(result, results, data) for result in found})


@lru_cache(maxsize=1)
def _data() -> Any:
    """A kind of graph whose questions the engine answers: ten times faster than rdflib."""
    import rdflib
    from rdflib.query import Result

    class Data(rdflib.Graph):
        def __init__(self, *args, **options):  # type: ignore[no-untyped-def]
            super().__init__(*args, **options)
            self.engine = Store()

        def query(self, query_object, *args, initBindings=None, **options):  # type: ignore[no-untyped-def]  # noqa: N803
            given: Any = {Variable(name): NamedNode(value) for name, value in (initBindings or {}).items()}
            found = self.engine.query(query_object, use_default_graph_as_union=True, substitutions=given)
            assert isinstance(found, QuerySolutions)
            result: Any = Result("SELECT")
            names = [rdflib.Variable(variable.value) for variable in found.variables]
            rows = (zip(names, row, strict=True) for row in found)
            result.vars = names
            result.bindings = [
                {name: term(value) for name, value in row if value is not None} for row in rows
            ]
            return result

    return Data


@lru_cache(maxsize=1)
def _remembering() -> type[rdflib.Graph]:
    """A kind of graph that never changes once asked: the library asks the shapes the same for every node of the data."""
    import rdflib

    class Remembering(rdflib.Graph):
        def triples(self, pattern):  # type: ignore[no-untyped-def]
            known = self.__dict__.setdefault("known", {})
            if pattern not in known:
                known[pattern] = list(super().triples(pattern))
            return iter(known[pattern])

    return Remembering


@lru_cache(maxsize=1)
def _shapes() -> rdflib.Graph:
    """The shapes. Raises OntologyError where the file is missing or not Turtle."""
    import rdflib
    from rdflib.plugins.parsers.notation3 import BadSyntax

    path = ontology_folder() / "shapes.ttl"
    try:
        read = rdflib.Graph().parse(data=path.read_bytes(), format="turtle")
        _stand_alone(read)
        return _remembering()(
            store=read.store, identifier=read.identifier, namespace_manager=read.namespace_manager
        )
    except FileNotFoundError as error:
        raise OntologyError(f"{path.name}: missing from the ontology. Install kg again.") from error
    except BadSyntax as error:
        raise OntologyError(
            f"{path.name}: not Turtle: {error.message}. Mend line {error.lines + 1}."
        ) from error


def _stand_alone(shapes: rdflib.Graph) -> None:
    """Gives each property of a shape the targets of the shape: it is then asked once for all nodes, not for each anew."""
    import rdflib

    sh = rdflib.Namespace(SH)
    for target in (sh.targetClass, sh.targetSubjectsOf):
        for shape, nodes in list(shapes.subject_objects(target)):
            for part in list(shapes.objects(shape, sh.property)):
                shapes.add((part, target, nodes))
                shapes.add((part, rdflib.RDF.type, sh.PropertyShape))
    for shape in set(shapes.subjects(sh.targetClass)) | set(shapes.subjects(sh.targetSubjectsOf)):
        shapes.remove((shape, sh.property, None))


def _violation(result: rdflib.term.Node, results: rdflib.Graph, data: rdflib.Graph) -> Violation:
    import rdflib

    def of(name: str) -> list[rdflib.term.Node]:
        return sorted(results.objects(result, rdflib.URIRef(SH + name)), key=str)

    # A rule about a whole article names the guilty node as the value.
    focus = (of("value") if of("sourceConstraint") else []) or of("focusNode")
    messages = _messages(of("resultMessage"))
    default = messages.get("", "")
    return Violation(
        article=_file(data),
        focus=str(focus[0]),
        message=messages.get("en", default),
        message_fr=messages.get("fr", default),
        sentence=_sentence(focus[0], data),
    )


def _messages(told: list[rdflib.term.Node]) -> dict[str, str]:
    """A message by language: of a SPARQL constraint the library tells it in one, the shape has it in all."""
    found = {_language(text): str(text) for text in told}
    return {
        language: text for one in told for language, text in _translations().get(str(one), {}).items()
    } | found


@lru_cache(maxsize=1)
def _translations() -> dict[str, dict[str, str]]:
    """Each message of the shapes, with itself in all languages."""
    import rdflib

    message = rdflib.URIRef(SH + "message")
    together: dict[str, dict[str, str]] = {}
    for shape in set(_shapes().subjects(message, None)):
        texts = {_language(text): str(text) for text in _shapes().objects(shape, message)}
        together |= dict.fromkeys(texts.values(), texts)
    return together


def _language(text: rdflib.term.Node) -> str:
    return getattr(text, "language", None) or ""


def _file(data: rdflib.Graph) -> str:
    import rdflib

    return next((str(name) for name in data.objects(None, rdflib.URIRef(V.kg_file.value))), "inferred")


def _sentence(focus: rdflib.term.Node, data: rdflib.Graph) -> str:
    """The sentence that a statement, a stretch of text, or what a statement speaks of was read from."""
    import rdflib

    def iri(term: object) -> rdflib.URIRef:
        return rdflib.URIRef(term.value)  # type: ignore[attr-defined]

    derived, begin = iri(V.prov_derived), iri(V.nif_begin)
    holders = [focus, *sorted(data.subjects(None, focus), key=str)]
    spans = [span for holder in holders for span in (holder, *sorted(data.objects(holder, derived), key=str))]
    place = next((int(at) for span in spans for at in data.objects(span, begin)), None)  # type: ignore[call-overload]
    if place is None:
        return ""
    for sentence in data.subjects(iri(V.rdf_type), iri(V.Sentence)):
        start, end = data.value(sentence, begin), data.value(sentence, iri(V.nif_end))
        if start is not None and end is not None and int(start) <= place < int(end):  # type: ignore[call-overload]
            return " ".join(str(data.value(sentence, iri(V.nif_anchor_of))).split())
    return ""
