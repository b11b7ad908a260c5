"""Do the shapes of the ontology hold (SHACL), article by article.

An article that conforms is known by the engine's answers (`conformity`); all others are for pySHACL to judge, in full,
in rdflib's memory: elsewhere it is 79 times slower.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import GraphError, OntologyError
from kg.graph import building
from kg.graph.conformity import conforms
from kg.graph.journal import Journal, MemoryJournal
from kg.graph.rdflib_door import graph_of
from kg.graph.vocabulary import V
from kg.ontology import ID, PREFIXES, ontology_folder

if TYPE_CHECKING:
    import rdflib

    from kg.graph.index import Snapshot

__all__ = ["Violation", "demand", "validate"]

SH = PREFIXES["sh"]
# Fewer articles are looked at sooner than another process starts.
_WORTH_SHARING = 100
# Articles for each process that are in memory at a time.
_BATCH = 64


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
    found = _shared(contents, jobs) if jobs > 1 and len(names) >= _WORTH_SHARING else map(check, contents)
    return sorted(violation for violations in found for violation in violations)


def demand(
    journal: Journal | MemoryJournal,
    names: Iterable[str],
    jobs: int,
    folder: Path | None,
    last: Snapshot | None,
) -> None:
    """Raises GraphError where one of these members breaks a shape; the folder's journal is then as at the last commit."""
    broken = validate(journal, jobs, _new(journal, names, folder))
    if not broken:
        return
    if folder is not None and last is not None:
        os.truncate(folder / "journal", last.journal)
    raise GraphError(
        f"{len(broken)} times what kg read breaks a shape, so it is not committed. First: {broken[0]} "
        "This is kg's own fault: report it with the article, and build without it."
    )


def _new(journal: Journal | MemoryJournal, names: Iterable[str], folder: Path | None) -> list[str]:
    """The members that the graph in the folder does not have as they are: the others were looked at before."""
    committed = folder / "journal" if folder is not None else None
    if committed is None or not committed.exists() or getattr(journal, "path", None) == committed:
        return list(names)
    try:
        known = Journal(committed)
    except GraphError:  # damaged, which is why there is a new one
        return list(names)
    there = set(known.names())
    return [name for name in names if name not in there or known.digest(name) != journal.digest(name)]


def _shared(contents: Iterable[bytes], jobs: int) -> Iterator[list[Violation]]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # The store has threads, and a fork would take their locks along.
    rest = iter(contents)
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        while some := list(islice(rest, _BATCH * jobs)):  # the pool takes all that it is given at once
            yield from pool.map(check, some, chunksize=8)


def check(content: bytes) -> list[Violation]:
    """What breaks a shape in one article, given as N-Quads."""
    if conforms(content):
        return []
    import pyshacl
    import rdflib

    data = rdflib.Graph(bind_namespaces="none")
    graph_of((quad.triple for quad in building.quads_of(content)), data)
    well, results, _ = pyshacl.validate(data, shacl_graph=_shapes(), inplace=True)
    if well:
        return []
    assert isinstance(results, rdflib.Graph)
    found = results.subjects(rdflib.RDF.type, rdflib.URIRef(SH + "ValidationResult"))
    return sorted({_violation(result, results, data) for result in found})


@lru_cache(maxsize=1)
def _shapes() -> rdflib.Graph:
    """The shapes. Raises OntologyError where the file is missing or not Turtle."""
    import rdflib
    from rdflib.plugins.parsers.notation3 import BadSyntax

    path = ontology_folder() / "shapes.ttl"
    try:
        return rdflib.Graph().parse(data=path.read_bytes(), format="turtle")
    except FileNotFoundError as error:
        raise OntologyError(f"{path.name}: missing from the ontology. Install kg again.") from error
    except BadSyntax as error:
        raise OntologyError(
            f"{path.name}: not Turtle: {error.message}. Mend line {error.lines + 1}."
        ) from error


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
