"""What an article tells about the things it names, as far as it helps to know them again in another article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from sys import intern

from pyoxigraph import Literal, NamedNode

from kg.graph import iris
from kg.graph.building import quads_of
from kg.graph.vocabulary import V, type_of
from kg.ontology import KG, PREFIXES, Ontology

__all__ = ["ArticleProfile", "Named", "fold", "profile"]

# Words shorter than this say little of what an article is about.
SHORTEST_WORD = 5
WORD = re.compile(r"[^\W\d_]+")
NOT_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that an article names: the id it has there, what it is called, and what is known of it.

    `said` is how the article describes a person, `ages` in years how old it says they are.
    """

    id: str
    label: str
    type: str
    aliases: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    ages: tuple[float, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called, the label first."""
        return (self.label, *self.aliases)


@dataclass(frozen=True, slots=True)
class ArticleProfile:
    """An article: what it names, the longer words of its text, the text itself."""

    id: str
    file: str
    named: tuple[Named, ...]
    words: tuple[str, ...]
    text: str = ""
    published: str = ""


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """A name without case, accents, hyphens or dots, by which spellings are compared.

    >>> fold("Jean-Yves LE DRIAN"), fold("O.N.U.")
    ('jean yves le drian', 'onu')
    """
    plain = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe").replace("æ", "ae"))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    if re.fullmatch(r"(?:\w\.){2,}\w?", letters):
        letters = letters.replace(".", "")
    return NOT_NAME.sub(" ", letters).strip()


_WANTED = frozenset(
    f"<{term.value}>".encode()
    for term in (
        V.rdf_type,
        V.rdfs_label,
        V.skos_alias,
        V.owl_same_as,
        V.kg_is_name,
        V.kg_file,
        V.nif_is_string,
        V.schema_published,
        V.schema_value,
    )
)
# The class of the lists of relations that describe somebody: what they are, for whom they work, how old they are.
DESCRIBING = "Descriptions"
PERSON, QUANTITY = "Person", PREFIXES["schema"] + "QuantitativeValue"


def profile(article: str, content: bytes) -> ArticleProfile:
    """The profile of an article, from its N-Quads."""
    said: dict[str, dict[str, list[str]]] = {}
    for quad in quads_of(b"\n".join(_lines(content))):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            about = said.setdefault(quad.subject.value, {})
            about.setdefault(quad.predicate.value, []).append(str(quad.object.value))
    itself = said.get(iris.node(article), {})
    named = [_named(iri, said) for iri, about in said.items() if about.get(V.kg_is_name.value) == ["true"]]
    text = "".join(itself.get(V.nif_is_string.value, ()))
    return ArticleProfile(
        article,
        "".join(itself.get(V.kg_file.value, ())),
        tuple(sorted(named, key=lambda one: one.id)),
        words(text),
        text,
        "".join(itself.get(V.schema_published.value, ())),
    )


def words(text: str) -> tuple[str, ...]:
    """The longer words of a text, without case, each once, sorted; articles that have one share its memory."""
    found = {word for word in WORD.findall(text.casefold()) if len(word) >= SHORTEST_WORD}
    return tuple(map(intern, sorted(found)))


def _lines(content: bytes) -> Iterator[bytes]:
    for line in content.split(b"\n"):
        parts = line.split(b" ", 2)
        if len(parts) == 3 and (parts[1] in _WANTED or parts[1] in _describing()):
            yield line


@lru_cache(maxsize=1)
def _describing() -> Mapping[bytes, str]:
    """The relations that describe somebody: as N-Quads have them, and their IRIs."""
    lists = (term.text("names") for term in Ontology.load().terms(DESCRIBING))
    iris_of = (KG + name for names in lists for name in names.split())
    return {f"<{iri}>".encode(): iri for iri in iris_of}


def _named(iri: str, said: Mapping[str, Mapping[str, list[str]]]) -> Named:
    about = said[iri]
    type_ = type_of(min(about.get(V.rdf_type.value, [""])))
    described, ages = _described(about, said) if type_ == PERSON else ((), ())
    return Named(
        id=intern(iris.id_of(iri)),
        label=intern(min(about.get(V.rdfs_label.value, [""]))),
        type=type_,
        aliases=tuple(sorted(about.get(V.skos_alias.value, ()))),
        links=tuple(sorted(about.get(V.owl_same_as.value, ()))),
        said=described,
        ages=ages,
    )


def _described(
    about: Mapping[str, list[str]], said: Mapping[str, Mapping[str, list[str]]]
) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """What somebody is said to be, in words, and how old; an amount that describes them is an age."""
    words, ages = set(), set()
    for relation in _describing().values():
        for other in map(said.get, about.get(relation, ())):
            if other is None:
                continue
            if QUANTITY in other.get(V.rdf_type.value, ()):
                ages |= set(map(float, other.get(V.schema_value.value, ())))
            else:
                words |= set(other.get(V.rdfs_label.value, ()))
    return tuple(sorted(words)), tuple(sorted(ages))
