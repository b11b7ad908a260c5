"""What people decided: plain Turtle beside the graph, which they may edit; read at every build, never written unasked.

    id:decision-3f9a a kg:Decision ; kg:answer "same" ; kg:about id:macron , id:emmanuel-macron ;
        prov:wasAttributedTo id:jeanne ; rdfs:comment "…" .

Answers: same, apart, unsure (of two things); right, wrong, corrected (of a statement; kg:correctSubject,
kg:correctRelation and kg:correctObject say how). A thing of one article alone is named by its id there, "@" and the
article's id. To take a decision back, delete it. Dates are written by hand, if at all.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

from kg.errors import GraphError
from kg.graph import iris
from kg.graph.vocabulary import V
from kg.ontology import ID, KG, PREFIXES

__all__ = [
    "ANSWERS",
    "FILE",
    "OF_STATEMENT",
    "Decision",
    "append",
    "pairs",
    "quads_of_file",
    "read",
    "record",
]

FILE = "decisions.ttl"
ANSWERS = ("same", "apart", "unsure", "right", "wrong", "corrected")
# What these are about: one statement.
OF_STATEMENT = ("right", "wrong", "corrected")
# The parts of a statement that can be corrected.
PARTS = {"subject": KG + "correctSubject", "relation": KG + "correctRelation", "object": KG + "correctObject"}
DECISION = NamedNode(KG + "Decision")
ANSWER, ABOUT = NamedNode(KG + "answer"), NamedNode(KG + "about")
BY = NamedNode(PREFIXES["prov"] + "wasAttributedTo")
TYPE = V.rdf_type


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer of a person, and about what: ids of two things, or of one statement.

    `corrections` are the parts of the statement that the person puts right, each with its new words.
    """

    answer: str
    about: frozenset[str]
    by: str
    corrections: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """The same for the same question and person."""
        key = "\x1f".join([*sorted(self.about), self.by])
        return "decision-" + sha256(key.encode("utf-8")).hexdigest()[:12]


def read(folder: Path | None) -> list[Decision]:
    """The decisions beside a graph, by id. Raises GraphError, naming what is wrong, where one cannot be understood."""
    said: dict[str, dict[str, list[str]]] = {}
    for quad in quads_of_file(folder, "decisions"):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            said.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(
                quad.object.value
            )
    found = []
    for name, about in sorted(said.items()):
        if DECISION.value in about.get(TYPE.value, ()):
            found.append(_decision(name, about))
    return found


def _decision(name: str, about: dict[str, list[str]]) -> Decision:
    answer = "".join(about.get(ANSWER.value, ()))
    things = frozenset(_thing(iri) for iri in about.get(ABOUT.value, ()))
    if answer not in ANSWERS:
        raise GraphError(f"{FILE}: {name} answers {answer!r}. Write one of: {', '.join(ANSWERS)}.")
    if len(things) != (1 if answer in OF_STATEMENT else 2) and answer != "unsure":
        raise GraphError(
            f"{FILE}: {name} answers {answer!r} about {len(things)} things. Name two, or one statement."
        )
    if not about.get(BY.value):
        raise GraphError(f"{FILE}: {name} is nobody's. Add prov:wasAttributedTo with who decided it.")
    corrections = tuple((part, min(about[iri])) for part, iri in PARTS.items() if iri in about)
    if bool(corrections) != (answer == "corrected"):
        raise GraphError(f'{FILE}: {name} answers {answer!r}. Corrections go with "corrected", one at least.')
    return Decision(answer, things, iris.id_of(min(about[BY.value])), corrections)


def quads_of_file(folder: Path | None, graph: str) -> list[Quad]:
    """What the file says, in a graph of that id; nothing where there is no file."""
    path = None if folder is None else folder / FILE
    if path is None or not path.exists():
        return []
    try:
        triples = list(parse(path.read_bytes(), RdfFormat.TURTLE))
    except SyntaxError as error:
        raise GraphError(f"{path}: not Turtle: {error.msg}. Mend the line it names.") from error
    name = NamedNode(iris.node(graph))
    return [Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples]


def append(folder: Path, decision: Decision) -> None:
    """Write a decision into the file, in place of what the same person answered to the same question."""
    node = NamedNode(iris.node(decision.id))
    kept = [quad.triple for quad in quads_of_file(folder, "decisions") if quad.subject != node]
    new = [
        Quad(node, TYPE, DECISION).triple,
        Quad(node, ANSWER, Literal(decision.answer)).triple,
        Quad(node, BY, NamedNode(iris.node(decision.by))).triple,
        *(Quad(node, ABOUT, _node(thing)).triple for thing in sorted(decision.about)),
        *(Quad(node, NamedNode(PARTS[part]), Literal(words)).triple for part, words in decision.corrections),
    ]
    ordered = sorted([*kept, *new], key=str)
    part = folder / f"{FILE}.part"
    with part.open("wb") as file:
        serialize(ordered, file, RdfFormat.TURTLE, prefixes=_prefixes())
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / FILE)


def record(
    folder: Path | None,
    about: Iterable[str],
    answer: str,
    by: str,
    corrections: Mapping[str, str] | None = None,
) -> None:
    """Write an answer into the file. Raises GraphError where there is no folder, or no such answer."""
    if folder is None or answer not in ANSWERS or bool(corrections) != (answer == "corrected"):
        raise GraphError("A decision needs a graph in a folder, and one of: " + ", ".join(ANSWERS) + ".")
    append(folder, Decision(answer, frozenset(about), slug(by), tuple(sorted((corrections or {}).items()))))


def _thing(iri: str) -> str:
    """An id of the graph, or the IRI of something elsewhere."""
    return iris.id_of(iri) if iri.startswith(ID) else iri


def _node(thing: str) -> NamedNode:
    return NamedNode(thing if "://" in thing else iris.node(thing))


def _prefixes() -> dict[str, str]:
    return {name: PREFIXES[name] for name in ("id", "kg", "prov", "rdfs", "xsd")}


def slug(name: str) -> str:
    """A person's name as an id."""
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-") or "somebody"


def pairs(decisions: Iterable[Decision], answer: str) -> frozenset[frozenset[str]]:
    """What the decisions with this answer are about."""
    return frozenset(one.about for one in decisions if one.answer == answer)
