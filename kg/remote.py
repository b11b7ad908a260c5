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
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from kg.errors import GraphError, QueryError
from kg.graph.answers import Answer, answer
from kg.ontology import PREFIXES

if TYPE_CHECKING:
    from kg.graph.graph import Graph
    from kg.graph.results import Rows

__all__ = ["Remote", "push"]

TURTLE = "application/n-triples"
RESULTS = "application/sparql-results+json, application/n-triples;q=0.9"
# What was written where, beside the graph, so that only what changed is written again.
PUSHED = "pushed.json"
# The default graph: what all articles say together. It has no IRI.
ALL = "default"
TIMEOUT = 300


def push(
    graph: Graph,
    url: str,
    *,
    union: bool = False,
    again: bool = False,
    progress: Callable[[str], object] = lambda iri: None,
) -> dict[str, int]:
    """Write the graph to a store's Graph Store Protocol endpoint, a named graph for each article; the counts.

    The default graph gets what all say together, unless the store makes it of all graphs by itself (`union`).
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
    if not union and (again or state.graphs.get(ALL) != whole):
        with tempfile.TemporaryFile() as file:
            file.writelines(line.encode("utf-8") for line in graph.lines(graphs=False))
            store.send("PUT", {ALL: ""}, file)
        state.note(ALL, whole)
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
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": RESULTS}
        kind, content = self._endpoint.ask(body, headers)
        return answer(kind, content, self.prefixes)


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
        # The user is asked for no proxy: a store is reached as it is named.
        handlers: list[urllib.request.BaseHandler] = [urllib.request.ProxyHandler({})]
        self._headers: dict[str, str] = {}
        if user:
            passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
            passwords.add_password(None, self.url, user, password)
            handlers.append(urllib.request.HTTPDigestAuthHandler(passwords))
            token = base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
            self._headers = (
                {"Authorization": f"Basic {token}"}
                if parts.scheme == "https" or _is_here(parts.hostname)
                else {}
            )
        self._opener = urllib.request.build_opener(*handlers)

    def send(
        self, method: str, parameters: Mapping[str, str], content: bytes | IO[bytes] | None = None
    ) -> None:
        """Write or delete a graph. Raises GraphError where that was refused."""
        query = "&".join(
            f"{name}={quote(value, safe='')}" if value else name for name, value in parameters.items()
        )
        address = f"{self.url}{'&' if '?' in self.url else '?'}{query}"
        headers = {"Content-Type": TURTLE} if content is not None else {}
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
        request = urllib.request.Request(address, content, headers | self._headers, method=method)
        try:
            with self._opener.open(request, timeout=TIMEOUT) as reply:
                return reply.headers.get_content_type(), reply.read()
        except urllib.error.HTTPError:
            raise
        except OSError as error:
            reason = getattr(error, "reason", error)
            raise GraphError(f"{self.url}: no store answers there ({reason}). Check the address.") from error


def _is_here(host: str) -> bool:
    return host in ("localhost", "127.0.0.1", "::1")


def _said(error: urllib.error.HTTPError) -> str:
    """What the store says of a refusal, in one line."""
    text = " ".join(error.read(2000).decode("utf-8", "replace").split())
    return f"the store answers {error.code} {error.reason}" + (f": {text[:300]}" if text else "")
