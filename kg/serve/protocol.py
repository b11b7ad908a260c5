"""The SPARQL 1.1 Protocol: what a request asks, and in which format it wants its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from kg.serve.guard import Refused

__all__ = ["FORMATS", "GRAPHS", "HTML", "TABLES", "Question", "negotiate", "question"]

JSON = "application/sparql-results+json"
HTML = "text/html"

# The formats of a table and of a graph, best first, each with the other names it goes by.
TABLES = {
    JSON: ("application/json",),
    "application/sparql-results+xml": ("application/xml", "text/xml"),
    "text/csv": (),
    "text/tab-separated-values": (),
    HTML: ("application/xhtml+xml",),
}
GRAPHS = {
    "text/turtle": ("application/x-turtle",),
    "application/n-triples": ("text/plain",),
    "application/ld+json": ("application/json",),
    "application/rdf+xml": ("application/xml", "text/xml"),
    HTML: ("application/xhtml+xml",),
}

# What `format=` may say; a link cannot send an Accept header.
FORMATS = {
    "json": JSON,
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "html": HTML,
    "ttl": "text/turtle",
    "turtle": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
KNOWN = frozenset({"query", "update", "format"})
DATASET = ("default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri")
FORM, QUERY, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
MOST_FIELDS = 200


@dataclass(frozen=True, slots=True)
class Question:
    """A query or an update as it was sent; `default` and `named` are the dataset that the request names."""

    text: str
    update: bool = False
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    format: str = ""


def question(method: str, query_string: bytes, content_type: str, body: bytes) -> Question | None:
    """What a request to the endpoint asks; nothing when a GET asks nothing, which is asking for the description.

    Raises Refused for what the protocol calls a malformed request.
    """
    sent = fields(query_string)
    if method in ("GET", "HEAD"):
        if any(name == "update" for name, _ in sent):
            raise Refused(400, "an update is sent by POST, never by GET")
        return asked(sent) if any(name == "query" for name, _ in sent) else None
    kind, charset = media_type(content_type)
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise Refused(415, "send the text as UTF-8")
    if kind == FORM:
        return asked([*sent, *fields(body)])
    if kind in (QUERY, UPDATE):
        return asked([*sent, ("query" if kind == QUERY else "update", utf8(body))])
    raise Refused(415, f"send {FORM}, {QUERY} or {UPDATE}")


def asked(sent: Sequence[tuple[str, str]]) -> Question:
    """The question in the fields of a request: one query or one update, with its own dataset fields."""
    texts = [(name, value) for name, value in sent if name in ("query", "update")]
    if len(texts) != 1:
        raise Refused(400, "send exactly one query or one update")
    [(name, text)] = texts
    update = name == "update"
    default, named = (DATASET[2], DATASET[3]) if update else (DATASET[0], DATASET[1])
    if any(field in DATASET and field not in (default, named) for field, _ in sent):
        raise Refused(
            400, f"{default} and {named} name the dataset of {'an update' if update else 'a query'}"
        )
    formats = [value for field, value in sent if field == "format"]
    return Question(
        text=text,
        update=update,
        default=tuple(value for field, value in sent if field == default),
        named=tuple(value for field, value in sent if field == named),
        format=formats[0] if formats else "",
    )


def fields(encoded: bytes) -> list[tuple[str, str]]:
    """The fields of a query string or a form."""
    try:
        text = encoded.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise Refused(400, "the request is not percent-encoded UTF-8") from error
    except ValueError as error:
        raise Refused(400, f"a request may have {MOST_FIELDS} fields") from error


def utf8(body: bytes) -> str:
    """A body as text."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, f"byte {error.start + 1} is not UTF-8") from error


def media_type(header: str) -> tuple[str, str]:
    """A Content-Type and its charset, in lower case.

    >>> media_type('text/csv; charset="UTF-8"')
    ('text/csv', 'utf-8')
    """
    kind, *parameters = (part.strip().lower() for part in header.split(";"))
    charset = next((part[len("charset=") :] for part in parameters if part.startswith("charset=")), "")
    return kind, charset.strip('"')


def negotiate(accept: str, offers: dict[str, tuple[str, ...]], chosen: str = "") -> str:
    """The offered format that the client wants most: by `chosen` (a word of FORMATS), else by its Accept header.

    >>> negotiate("text/csv;q=0.5, application/sparql-results+xml;q=0.9, */*;q=0.1", TABLES)
    'application/sparql-results+xml'
    >>> negotiate("", GRAPHS)
    'text/turtle'
    """
    if chosen:
        wanted = FORMATS.get(chosen.lower(), chosen)
        if wanted not in offers and chosen.lower() == "json":
            wanted = "application/ld+json"
        if wanted not in offers:
            raise Refused(406, f"no such format for this kind of answer: {chosen[:50]}")
        return wanted
    ranges = accepted(accept or "*/*")
    weights = [(weight(offer, aliases, ranges), offer) for offer, aliases in offers.items()]
    best, offer = max(weights, key=lambda pair: pair[0])
    if best <= 0:
        raise Refused(406, f"this server offers {', '.join(offers)}")
    return offer


def accepted(header: str) -> list[tuple[str, float]]:
    """The ranges of an Accept header with their q-values; what is malformed counts as absent."""
    found = []
    for part in header.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        value = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        try:
            found.append((name, min(1.0, max(0.0, float(value)))))
        except ValueError:
            continue
    return found


def weight(name: str, aliases: tuple[str, ...], ranges: list[tuple[str, float]]) -> float:
    """How much a media type is wanted: the q of the most specific range that covers it, by any of its names."""
    covers = ((name,), aliases, (name.split("/")[0] + "/*",), ("*/*",))
    for patterns in covers:
        matching = [q for covered, q in ranges if covered in patterns]
        if matching:
            return max(matching)
    return 0.0
