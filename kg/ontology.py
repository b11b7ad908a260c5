"""The ontology is the program: Turtle files read once into plain dictionaries.

    ontology/*.ttl            classes and properties, shapes, background knowledge
    ontology/lexicon/*.ttl    what words mean: frames, cues, nouns, units, both languages in one entry
    ontology/queries/*.rq     named questions

`Ontology.load()` reads the files that ship with kg. Every stage asks for the terms of one class
(`ontology.terms("Frame")`) and reads their strings; no stage opens a file itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from pathlib import Path

import pyoxigraph

from kg.errors import OntologyError

__all__ = ["ID", "KG", "LEX", "PREFIXES", "Ontology", "Term", "contradictions", "ontology_folder", "shorten"]

KG = "https://w3id.org/newsgraph/ontology#"
ID = "https://w3id.org/newsgraph/id/"
LEX = "https://w3id.org/newsgraph/lexicon#"

# The prefixes that every query, table and export of kg knows.
PREFIXES: Mapping[str, str] = {
    "dcterms": "http://purl.org/dc/terms/",
    "id": ID,
    "itsrdf": "http://www.w3.org/2005/11/its/rdf#",
    "kg": KG,
    "lex": LEX,
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

RDF_TYPE = PREFIXES["rdf"] + "type"
LABEL = PREFIXES["rdfs"] + "label"


def shorten(iri: str) -> str:
    """An IRI as prefix:name where a known prefix begins it, else the IRI itself.

    >>> shorten("https://w3id.org/newsgraph/ontology#recruits")
    'kg:recruits'
    """
    for prefix, start in PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri[len(start) :]}"
    return iri


def expand(name: str) -> str:
    """prefix:name as an IRI; a bare name is one of kg's own.

    >>> expand("recruits")
    'https://w3id.org/newsgraph/ontology#recruits'
    """
    prefix, colon, rest = name.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + rest
    return name if colon else KG + name


def ontology_folder() -> Path:
    """Where the ontology lies: beside the package in a checkout, inside it when installed."""
    inside = Path(__file__).parent / "_ontology"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "ontology"


@dataclass(frozen=True)
class Term:
    """One subject of the ontology with all that is said of it.

    Properties are named as `shorten` names them, kg's own without the prefix ("verb", "rdfs:label").
    Values are (text, language) pairs; an IRI value has its short name as text and no language.
    """

    name: str
    iri: str
    file: str
    properties: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def texts(self, property_name: str, language: str = "") -> tuple[str, ...]:
        """The values of a property, in file order; with a language, those in it or in none."""
        values = self.properties.get(property_name, ())
        return tuple(text for text, tag in values if not language or not tag or tag == language)

    def text(self, property_name: str, language: str = "", default: str = "") -> str:
        """The first value of a property."""
        return next(iter(self.texts(property_name, language)), default)

    def label(self, language: str = "en") -> str:
        """The name for people, in this language where there is one."""
        return self.text("rdfs:label", language) or self.text("rdfs:label") or self.name


class Ontology:
    """The terms of the ontology, by name and by class; immutable once loaded."""

    def __init__(self, terms: Iterable[Term], digest: str = "") -> None:
        self.by_name: dict[str, Term] = {term.name: term for term in terms}
        self.digest = digest

    @classmethod
    def load(cls, folder: Path | None = None) -> Ontology:
        """Read every Turtle file below a folder, by default the ontology that ships with kg.

        Raises OntologyError, naming file and place, where one is not Turtle or contradicts another.
        """
        return _load(folder or ontology_folder())

    def term(self, name: str) -> Term | None:
        """The term of that short name, kg's own without the prefix."""
        return self.by_name.get(name)

    def terms(self, class_name: str) -> tuple[Term, ...]:
        """The terms of a class, sorted by name; the class itself is not inferred upwards."""
        return self._by_class.get(class_name, ())

    @cached_property
    def _by_class(self) -> dict[str, tuple[Term, ...]]:
        classes: dict[str, list[Term]] = {}
        for _, term in sorted(self.by_name.items()):
            for name in term.texts("rdf:type"):
                classes.setdefault(name, []).append(term)
        return {name: tuple(terms) for name, terms in classes.items()}


@cache
def _short(iri: str) -> str:
    name = shorten(iri)
    return name.removeprefix("kg:")


@lru_cache(maxsize=4)
def _load(folder: Path) -> Ontology:
    collected: dict[str, dict[str, dict[tuple[str, str], None]]] = {}
    files: dict[str, str] = {}
    digest = sha256()
    for path in sorted(folder.rglob("*.ttl")):
        content = path.read_bytes()
        digest.update(content)
        where = path.relative_to(folder).as_posix()
        for subject, predicate, value in _triples(content, where):
            files.setdefault(subject, where)
            collected.setdefault(subject, {}).setdefault(predicate, {})[value] = None
    if not collected:
        raise OntologyError(
            f"{folder}: no Turtle file here. The ontology of kg should be there; install kg again."
        )
    terms = [
        Term(_short(iri), iri, files[iri], {name: tuple(values) for name, values in properties.items()})
        for iri, properties in collected.items()
    ]
    ontology = Ontology(terms, digest.hexdigest())
    for finding in contradictions(ontology):
        raise OntologyError(finding)
    return ontology


# Properties of the lexicon whose values must be declared, and the classes that they may be declared as.
_REFERENCES: Mapping[str, tuple[str, ...]] = {
    "evokes": ("rdf:Property",),
    "complement": ("Complement",),
    "role": ("rdf:Property",),
    "subjectRole": ("ThematicRole",),
    "objectRole": ("ThematicRole",),
    "contentModality": ("Modality",),
    "perfectModality": ("Modality",),
    "contentPolarity": ("Polarity",),
    "contentSubject": ("Side",),
    "nounOf": ("Side",),
    "stance": ("Stance",),
}


def contradictions(ontology: Ontology) -> Iterator[str]:
    """Where the lexicon contradicts itself: one line each, with file, term, what is wrong and what may be meant.

    An entry names what is declared nowhere; a frame of speech has no stance; a word evokes two frames
    that nothing tells apart (verbs may be told apart by the preposition of their object).
    """
    for _, term in sorted(ontology.by_name.items()):
        if term.name.startswith("lex:"):
            yield from _undeclared(ontology, term)
        if "SpeechFrame" in term.texts("rdf:type") and not term.text("stance"):
            yield f"{term.file}: {term.name} is a frame of speech without kg:stance. Say what the word shows of its content."
    yield from _shared_words(ontology)


def _undeclared(ontology: Ontology, term: Term) -> Iterator[str]:
    for name in sorted(term.properties.keys() & _REFERENCES.keys()):
        classes = _REFERENCES[name]
        for value in term.texts(name):
            known = ontology.term(value)
            if known is None or not set(classes) & set(known.texts("rdf:type")):
                candidates = [other.name for class_name in classes for other in ontology.terms(class_name)]
                near = get_close_matches(value, candidates, n=1)
                hint = (
                    f"Did you mean {_written(near[0])}?" if near else f"Declare it as {_written(classes[0])}."
                )
                yield f"{term.file}: {term.name} has kg:{name} {_written(value)}, which is declared nowhere. {hint}"


def _written(name: str) -> str:
    return name if ":" in name else f"kg:{name}"


def _shared_words(ontology: Ontology) -> Iterator[str]:
    first: dict[tuple[str, str, str, str], Term] = {}
    for term in ontology.terms("Frame"):
        for kind in ("verb", "clauseVerb", "attributiveVerb", "noun", "adjective"):
            for word, language in term.properties.get(kind, ()):
                markers = term.texts("objectMarker", language) if kind == "verb" else ()
                for marker in markers or ("",):
                    other = first.setdefault((kind, word, language, marker), term)
                    if other is not term:
                        yield (
                            f"{term.file}: {term.name} has the {kind} « {word} », which {other.name} in {other.file} has too. "
                            "Keep it in one of them."
                        )


def _triples(content: bytes, where: str) -> Iterable[tuple[str, str, tuple[str, str]]]:
    try:
        for triple in pyoxigraph.parse(content, format=pyoxigraph.RdfFormat.TURTLE):
            # Blank nodes are for SHACL's nested shapes and lists only; nothing here reads those.
            if not isinstance(triple.subject, pyoxigraph.NamedNode) or isinstance(
                triple.object, pyoxigraph.BlankNode
            ):
                continue
            if isinstance(triple.object, pyoxigraph.Literal):
                value = (triple.object.value, triple.object.language or "")
            else:
                value = (_short(triple.object.value), "")
            yield triple.subject.value, _short(triple.predicate.value), value
    except SyntaxError as error:
        raise OntologyError(f"{where}: not Turtle: {error.msg}. Mend the line it names.") from error
