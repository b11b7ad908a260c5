"""Names to IRIs and back: every node has an IRI made from content, so there is no blank node anywhere.

an id of the model        netflix                      id:netflix
a stretch of an article   article-7ce1, 1303 to 1370   id:article-7ce1#char=1303,1370   (RFC 5147)
a property                recruits                     kg:recruits
a rule                    verb_frame                   kg:rule-verb_frame
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, unquote

from kg.ontology import ID, KG

__all__ = [
    "INFERRED",
    "VOCABULARY",
    "id_of",
    "node",
    "part",
    "property_iri",
    "property_name",
    "rule",
    "rule_name",
    "span",
]

# The graph of what rules infer, and the graph of the terms that the others use.
INFERRED = ID + "inferred"
VOCABULARY = KG.rstrip("#")

RULE = KG + "rule-"

# Property names end in XML names, so that RDF/XML can write them; what does not fit is escaped as _x00E9_.
_NOT_A_NAME = re.compile(r"^[^A-Za-z]|_(?=x)|[^A-Za-z0-9_.-]")
_ESCAPE = re.compile(r"_x([0-9A-F]{4,6})_")
_SPAN = re.compile(r"#char=(\d+),(\d+)$")


@lru_cache(maxsize=4096)
def node(identifier: str) -> str:
    """The IRI of an entity, a value, a statement or an article.

    >>> node("château")
    'https://w3id.org/newsgraph/id/ch%C3%A2teau'
    """
    return ID + quote(identifier, safe="")


def part(identifier: str, name: str) -> str:
    """The IRI of something that belongs to a node: a qualifier of a statement, a refusal of an article."""
    return f"{node(identifier)}/{name}"


def id_of(iri: str) -> str:
    """The id that `node` was given; what stands after a slash or a number sign is not part of it.

    >>> id_of("https://w3id.org/newsgraph/id/ch%C3%A2teau/amount-1")
    'château'
    """
    return unquote(re.split("[/#]", iri.removeprefix(ID), maxsplit=1)[0])


def span(article: str, start: int, end: int) -> str:
    """The IRI of a stretch of an article's text, in code points.

    >>> span("article-7ce1", 1303, 1370)
    'https://w3id.org/newsgraph/id/article-7ce1#char=1303,1370'
    """
    return f"{node(article)}#char={start},{end}"


def property_iri(name: str) -> str:
    """The IRI of a property of kg's own.

    >>> property_iri("open-écrire")
    'https://w3id.org/newsgraph/ontology#open-_x00E9_crire'
    """
    return KG + _NOT_A_NAME.sub(lambda match: f"_x{ord(match.group()):04X}_", name)


def property_name(iri: str) -> str:
    """The name that `property_iri` was given."""
    return _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), iri.removeprefix(KG))


@lru_cache(maxsize=4096)
def rule(name: str) -> str:
    """The IRI of the rule or model that read something."""
    return RULE + quote(name, safe="")


def rule_name(iri: str) -> str:
    """The name that `rule` was given."""
    return unquote(iri.removeprefix(RULE))
