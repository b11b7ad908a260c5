"""A graph in a store of somebody else's: written by the Graph Store Protocol, asked by the SPARQL Protocol.

    push(graph, "http://127.0.0.1:7878/store")       one PUT for each article, and for what all say together
    Remote("http://127.0.0.1:7878/query").query("SELECT …")

SPARQL 1.1 alone is spoken, so any store will do. Nothing here is used unless it is named on the command line.
"""

from __future__ import annotations

import base64
import json
import os
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from hashlib import md5, sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from kg.errors import GraphError, QueryError
from kg.graph.answers import Answer, answer
from kg.graph.tokens import tokens
from kg.ontology import PREFIXES

if TYPE_CHECKING:
    from kg.graph.graph import Graph
    from kg.graph.results import Rows

__all__ = ["Remote", "push"]

TRIPLES = "application/n-triples"
RESULTS = "application/sparql-results+json"
# What was written where, beside the graph, so that only what changed is written again.
PUSHED = "pushed.json"
# The default graph: what all articles say together. It has no IRI.
ALL = "default"
TIMEOUT = 300
FORMS = ("CONSTRUCT", "DESCRIBE", "SELECT", "ASK")


def push(
    graph: Graph,
    url: str,
    *,
    default: str = "",
    again: bool = False,
    progress: Callable[[str], object] = lambda iri: None,
) -> dict[str, int]:
    """Write the graph to a store's Graph Store Protocol endpoint, a named graph for each article; the counts.

    The default graph gets what all say together; where a store's is none of ours (Virtuoso's is all that it has), a
    graph of the IRI `default` does: ask for it with ?default-graph-uri=IRI behind the address of the endpoint.
    Graphs that were pushed there before and did not change are left alone, unless `again`; those of articles that
    are gone are deleted. A name and a password may stand in the URL, or in KG_STORE_USER and KG_STORE_PASSWORD.
    Raises GraphError where the store cannot be reached or refuses.
    """
    store = _Endpoint(url)
    state = _State(graph.folder, store.url)
    before = {} if again else dict(state.graphs)
    counts = {"written": 0, "unchanged": 0, "deleted": 0}
    digests = dict(graph.digests())
    for iri, lines in graph.blocks():
        if before.get(iri) == digests[iri]:
            counts["unchanged"] += 1
            continue
        store.send("PUT", {"graph": iri}, "".join(lines).encode("utf-8"))
        state.note(iri, digests[iri])
        counts["written"] += 1
        progress(iri)
    for iri in sorted(set(state.graphs) - set(digests) - {ALL}):
        store.send("DELETE", {"graph": iri})
        state.note(iri, None)
        counts["deleted"] += 1
    whole = sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()
    if again or state.graphs.get(ALL) != whole + default:
        with tempfile.TemporaryFile() as file:
            file.writelines(line.encode("utf-8") for line in graph.lines(graphs=False))
            store.send("PUT", {"graph": default} if default else {ALL: ""}, file)
        state.note(ALL, whole + default)
    state.save()
    return counts


class Remote:
    """A SPARQL endpoint: asked as a graph of one's own is."""

    def __init__(self, url: str) -> None:
        self._endpoint = _Endpoint(url)
        self.prefixes = dict(PREFIXES)

    def table(self, rows: Rows, *, width: int | None = None) -> str:
        """The rows as people read them, in lines of at most `width` characters."""
        return rows.serialize("table", width=width)

    def advice(self, sparql: str) -> list[str]:
        """Why a query may have found nothing: of a graph that is elsewhere, nothing is known."""
        return []

    def query(self, sparql: str) -> Answer:
        """The answer of a query: Rows, Triples or bool. kg's prefixes are known.

        Raises QueryError where the store refuses the query, GraphError where it cannot be reached.
        """
        known = "".join(f"PREFIX {name}: <{iri}> " for name, iri in sorted(self.prefixes.items()))
        body = urlencode({"query": known + sparql}).encode("ascii")
        # Some stores give triples as JSON too, if JSON is all right.
        accepted = TRIPLES if _gives_triples(sparql) else RESULTS
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accepted}
        kind, content = self._endpoint.ask(body, headers)
        return answer(kind, content, self.prefixes)


def _gives_triples(sparql: str) -> bool:
    """Whether the query is a CONSTRUCT or a DESCRIBE."""
    words = (token.text.upper() for token in tokens(sparql))
    return next((word for word in words if word in FORMS), "") in FORMS[:2]


class _State:
    """What was written to one store: the digest of each graph there."""

    def __init__(self, folder: Path | None, url: str) -> None:
        self._path = None if folder is None else folder / PUSHED
        self._all: dict[str, dict[str, str]] = {}
        if self._path is not None and self._path.exists():
            self._all = json.loads(self._path.read_text("utf-8"))
        self.graphs = self._all.setdefault(url, {})

    def note(self, iri: str, digest: str | None) -> None:
        """Remember that a graph is there as it is now, or is gone."""
        if digest is None:
            self.graphs.pop(iri, None)
        else:
            self.graphs[iri] = digest

    def save(self) -> None:
        """Write it beside the graph."""
        if self._path is not None:
            part = self._path.with_name(self._path.name + ".part")
            part.write_text(json.dumps(self._all, indent=1, sort_keys=True) + "\n", encoding="utf-8")
            part.replace(self._path)


class _Endpoint:
    """One URL of a store, and who asks there."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise GraphError(f"{url}: not the address of a store. It begins with http:// or https://.")
        user = parts.username or os.environ.get("KG_STORE_USER", "")
        password = parts.password or os.environ.get("KG_STORE_PASSWORD", "")
        place = parts.hostname + (f":{parts.port}" if parts.port else "")
        self.url = urlunsplit((parts.scheme, place, parts.path, parts.query, ""))
        self._login = _Login(user, password, plain=parts.scheme == "https" or _is_here(parts.hostname))
        # A store is reached as it is named, by no proxy.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def send(
        self, method: str, parameters: Mapping[str, str], content: bytes | IO[bytes] | None = None
    ) -> None:
        """Write or delete a graph. Raises GraphError where that was refused."""
        query = "&".join(
            f"{name}={quote(value, safe='')}" if value else name for name, value in parameters.items()
        )
        address = f"{self.url}{'&' if '?' in self.url else '?'}{query}"
        headers = {"Content-Type": TRIPLES} if content is not None else {}
        if content is not None and not isinstance(content, bytes):
            headers["Content-Length"] = str(content.tell())
            content.seek(0)
        try:
            self._open(method, address, content, headers)
        except urllib.error.HTTPError as error:
            if method == "DELETE" and error.code == 404:
                return
            raise GraphError(
                f"{self.url}: {_said(error)}. Is this the store's Graph Store Protocol endpoint?"
            ) from error

    def ask(self, body: bytes, headers: dict[str, str]) -> tuple[str, bytes]:
        """The content type and the content of an answer."""
        try:
            return self._open("POST", self.url, body, headers)
        except urllib.error.HTTPError as error:
            raise QueryError(f"{self.url}: {_said(error)}") from error

    def _open(
        self, method: str, address: str, content: bytes | IO[bytes] | None, headers: dict[str, str]
    ) -> tuple[str, bytes]:
        request = urllib.request.Request(address, content, headers, method=method)
        try:
            self._login.sign(request, self._opener)
            with self._opener.open(request, timeout=TIMEOUT) as reply:
                return reply.headers.get_content_type(), reply.read()
        except urllib.error.HTTPError:
            raise
        except OSError as error:
            reason = getattr(error, "reason", error)
            raise GraphError(f"{self.url}: no store answers there ({reason}). Check the address.") from error


class _Login:
    """Who asks, said as the store wants it: by digest, or in the clear where that is safe.

    It is asked what it wants before anything long is sent: a store that wants another login hangs up in the midst.
    """

    def __init__(self, user: str, password: str, *, plain: bool) -> None:
        """`plain`: the line is safe, or does not leave this machine."""
        self._user, self._password, self._plain = user, password, plain
        self._scheme: str | None = None
        self._challenge: dict[str, str] = {}
        self._count = 0

    def sign(self, request: urllib.request.Request, opener: urllib.request.OpenerDirector) -> None:
        """Say in a request who asks, where the store wants to know."""
        if not self._user:
            return
        if self._scheme is None:
            self._learn(request.full_url, opener)
        if self._scheme == "digest":
            request.add_header("Authorization", self._digest(request.get_method(), request.selector))
        elif self._scheme == "basic" and self._plain:
            token = base64.b64encode(f"{self._user}:{self._password}".encode()).decode("ascii")
            request.add_header("Authorization", f"Basic {token}")

    def _digest(self, method: str, place: str) -> str:
        """RFC 7616 with MD5, the one that all servers know."""
        self._count += 1
        count, own = f"{self._count:08x}", os.urandom(8).hex()
        realm, nonce = self._challenge.get("realm", ""), self._challenge.get("nonce", "")
        secret = _md5(f"{self._user}:{realm}:{self._password}")
        answer = _md5(f"{secret}:{nonce}:{count}:{own}:auth:{_md5(f'{method}:{place}')}")
        fields = {"username": self._user, "realm": realm, "nonce": nonce, "uri": place, "response": answer}
        fields |= {"opaque": self._challenge.get("opaque", ""), "cnonce": own}
        told = ", ".join(f'{name}="{value}"' for name, value in fields.items())
        return f"Digest {told}, qop=auth, nc={count}, algorithm=MD5"

    def _learn(self, address: str, opener: urllib.request.OpenerDirector) -> None:
        self._scheme = ""
        try:
            opener.open(urllib.request.Request(address, method="HEAD"), timeout=TIMEOUT).close()
        except urllib.error.HTTPError as error:
            scheme, _, rest = (error.headers.get("WWW-Authenticate") or "").partition(" ")
            self._scheme = scheme.lower()
            fields = (field.partition("=") for field in urllib.request.parse_http_list(rest))
            self._challenge = {name.lower(): value.strip('"') for name, _, value in fields}


def _md5(text: str) -> str:
    return md5(text.encode("utf-8"), usedforsecurity=False).hexdigest()


def _is_here(host: str) -> bool:
    return host in ("localhost", "127.0.0.1", "::1")


def _said(error: urllib.error.HTTPError) -> str:
    """What the store says of a refusal, in one line."""
    text = " ".join(error.read(2000).decode("utf-8", "replace").split())
    return f"the store answers {error.code} {error.reason}" + (f": {text[:300]}" if text else "")
