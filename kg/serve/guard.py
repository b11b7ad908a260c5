"""What is refused before anything runs: foreign hosts and origins, and queries that reach out or dig too deep."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hmac import compare_digest
from itertools import pairwise

from kg.errors import QueryError
from kg.graph.guard import UPDATES, ReachesOut, check
from kg.graph.parameters import resolved
from kg.graph.tokens import Token, tokens
from kg.ontology import PREFIXES
from kg.serve.settings import Limits

__all__ = [
    "IRI",
    "LOOPBACK",
    "Asked",
    "Refused",
    "bearer",
    "check_host",
    "check_length",
    "check_origin",
    "read_query",
    "read_update",
    "using",
]

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^<>\"{}|^`\\\x00-\x20]*")
HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._\-]+)(?::([0-9]{1,5}))?\Z")


class Refused(Exception):  # noqa: N818 - it says what happened to the request
    """A request that is answered with a status and one sentence, and does not run."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = headers


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query or update is, as far as its tokens tell.

    `form` is SELECT, ASK, CONSTRUCT, DESCRIBE or UPDATE; `limit` where its own outer LIMIT number stands, `tail`
    where one can be written; `star` where "SELECT *" has its star; `graphs` what its dataset clauses name.
    """

    text: str
    form: str
    tail: int
    limit: tuple[int, int] | None = None
    star: int | None = None
    variables: tuple[str, ...] = ()
    graphs: tuple[str, ...] = ()

    def limited(self, rows: int) -> str:
        r"""The query with at most so many rows, everything before its end in its place.

        >>> limits = Limits()
        >>> read_query("SELECT * {?s ?p ?o}", limits).limited(5)
        'SELECT * {?s ?p ?o}\nLIMIT 5\n'
        >>> read_query("SELECT * {?s ?p ?o} LIMIT 3 OFFSET 1", limits).limited(5)
        'SELECT * {?s ?p ?o} LIMIT 3 OFFSET 1'
        """
        if self.limit is None:
            return f"{self.text[: self.tail]}\nLIMIT {rows}\n{self.text[self.tail :]}"
        start, end = self.limit
        return (
            self.text if int(self.text[start:end]) <= rows else f"{self.text[:start]}{rows}{self.text[end:]}"
        )


def check_host(header: str | None, allowed: frozenset[str]) -> None:
    """Refuses a request that is addressed to another name, as a rebound DNS name would be.

    >>> check_host("localhost:8000", LOOPBACK)
    >>> check_host("evil.example", LOOPBACK)
    Traceback (most recent call last):
    kg.serve.guard.Refused: this server does not answer for evil.example
    """
    found = HOST.match(header or "")
    if not found:
        raise Refused(400, "the Host header is missing or malformed")
    if found.group(1).lower() not in allowed:
        raise Refused(421, f"this server does not answer for {found.group(1)[:100]}")


def check_length(headers: Mapping[str, str]) -> None:
    """Refuses a request that says twice where it ends: another server on its way may have read it otherwise."""
    if "transfer-encoding" in headers and "content-length" in headers:
        raise Refused(400, "a request has a length or comes in chunks, not both", Connection="close")


def check_origin(method: str, headers: Mapping[str, str]) -> None:
    """Refuses what a page of another site sends: any request with its Origin, and all but plain navigation."""
    origin, host = headers.get("origin"), headers.get("host", "")
    if origin is not None and origin.lower() not in (f"http://{host.lower()}", f"https://{host.lower()}"):
        raise Refused(403, "requests from pages of another origin are refused")
    site = headers.get("sec-fetch-site", "none")
    navigation = headers.get("sec-fetch-mode") == "navigate" and method in ("GET", "HEAD")
    if site in ("cross-site", "same-site") and not navigation:
        raise Refused(403, "requests from pages of another site are refused")


def bearer(header: str | None, token: str) -> None:
    """Refuses an update that does not carry the server's token."""
    if not token:
        raise Refused(403, "this server is read-only; start it with --writable TOKEN to accept updates")
    scheme, _, sent = (header or "").partition(" ")
    if scheme.lower() != "bearer" or not compare_digest(sent.strip().encode(), token.encode()):
        raise Refused(
            401, "an update needs the token: Authorization: Bearer TOKEN", **{"WWW-Authenticate": "Bearer"}
        )


def read_query(text: str, limits: Limits) -> Asked:
    """What a query asks for; refused when too long, too deep, or when it reaches outside the store."""
    found = bounded(text, limits)
    form = next((token for token in found if token.depth == 0 and token.is_word(*FORMS)), None)
    first = next((token for token in found if token.depth == 0 and token.is_word(*FORMS, *UPDATES)), None)
    if first is not None and not first.is_word(*FORMS):
        raise Refused(400, "this is an update, not a query; send it as update=… or application/sparql-update")
    return Asked(
        text=text,
        form=form.text.upper() if form else "SELECT",
        tail=next((token.start for token in after_group(found) if token.is_word("VALUES")), len(text)),
        limit=outer_limit(found),
        star=star_of(found),
        variables=tuple(dict.fromkeys(token.text[1:] for token in found if token.kind == "variable")),
        graphs=tuple(graphs_named(text, found, "FROM")),
    )


def read_update(text: str, limits: Limits) -> Asked:
    """What an update does; refused when too long, too deep, or when it loads from anywhere."""
    found = bounded(text, limits)
    if any(token.depth == 0 and token.is_word(*FORMS) for token in found):
        raise Refused(400, "this is a query, not an update; send it as query=… or application/sparql-query")
    graphs = (*graphs_named(text, found, "USING"), *graphs_named(text, found, "WITH"))
    return Asked(text=text, form="UPDATE", tail=len(text), graphs=graphs)


def using(text: str, default: list[str], named: list[str]) -> str:
    """An update whose patterns read these graphs: the request's dataset, written as USING before each WHERE.

    >>> using("INSERT {?s ?p 1} WHERE {?s ?p 2}", ["http://example.org/g"], [])
    'INSERT {?s ?p 1} USING <http://example.org/g> WHERE {?s ?p 2}'
    """
    if any(IRI.fullmatch(iri) is None for iri in (*default, *named)):
        raise Refused(400, "a graph is named by an absolute IRI")
    clauses = [f"USING <{iri}> " for iri in default] + [f"USING NAMED <{iri}> " for iri in named]
    found = list(tokens(text))
    for before, token in reversed(list(pairwise(found))):
        if token.depth == 0 and token.is_word("WHERE") and not before.is_word("DELETE"):
            text = text[: token.start] + "".join(clauses) + text[token.start :]
    return text


def bounded(text: str, limits: Limits) -> list[Token]:
    """The tokens of a text within its bounds that fetches nothing from anywhere."""
    if len(text.encode("utf-8", "surrogatepass")) > limits.query_bytes:
        raise Refused(413, f"a query may be {limits.query_bytes} bytes long")
    try:
        check(text, update=True)
    except ReachesOut as error:
        raise Refused(403, str(error)) from error
    except QueryError as error:
        raise Refused(400, str(error)) from error
    return list(tokens(text))


def after_group(found: list[Token]) -> list[Token]:
    """The tokens at depth 0 after the last group of the query: its LIMIT, ORDER, trailing VALUES."""
    groups = [index for index, token in enumerate(found) if token.depth == 0 and token.text == "}"]
    values = [index for index, token in enumerate(found) if token.depth == 0 and token.is_word("VALUES")]
    start = max((index for index in groups if not values or index < values[0]), default=-1) + 1
    return [token for token in found[start:] if token.depth == 0]


def outer_limit(found: list[Token]) -> tuple[int, int] | None:
    """Where the number of the query's own LIMIT stands."""
    for word, number in pairwise(found):
        if word.depth == 0 and word.is_word("LIMIT") and number.kind == "number" and number.text.isdigit():
            return number.start, number.end
    return None


def star_of(found: list[Token]) -> int | None:
    """Where the star of an outer "SELECT *" stands."""
    outer = [token for token in found if token.depth == 0]
    for word, star in pairwise(outer):
        if word.is_word("SELECT", "DISTINCT", "REDUCED") and star.text == "*":
            return star.start
    return None


def graphs_named(text: str, found: list[Token], clause: str) -> Iterator[str]:
    """The IRIs after FROM or USING, with NAMED or without; what stands for none is left as written."""
    for index, token in enumerate(found):
        rest = found[index + 1 : index + 3] if token.is_word(clause) else []
        for graph in [other for other in rest if not other.is_word("NAMED")][:1]:
            if graph.kind in ("iri", "name"):
                yield resolved(text, graph.text, PREFIXES, None) or graph.text
