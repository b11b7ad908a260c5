"""What happens to every request before and after its page: who may ask, what the browser may do with the answer."""

from __future__ import annotations

import logging
from time import perf_counter

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve import guard
from kg.serve.guard import Refused
from kg.serve.metrics import Metrics
from kg.serve.settings import Settings

__all__ = ["POLICY", "Front"]

log = logging.getLogger("kg.serve.access")

POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
ROUTES = ("sparql", "sparql-ui", "id", "search", "static", "graph-store", "vocab.json", "health", "metrics")


class Front:
    """Refuses foreign hosts and origins, sets the headers of safety, counts and logs what was answered."""

    def __init__(self, app: ASGIApp, settings: Settings, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics
        self.log_queries = settings.log_queries
        names = {*guard.LOOPBACK, *(name.lower() for name in settings.hosts)}
        if settings.host not in ("0.0.0.0", "::"):  # these name no host at all
            names.add(settings.host.lower())
        self.hosts = frozenset(names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, headers = perf_counter(), Headers(scope=scope)
        status, size = 500, 0

        async def safely(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                written = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    written[name] = value
                written.setdefault("Content-Security-Policy", POLICY)
                written.setdefault("Cache-Control", "no-store")
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self.admitted(scope, headers, receive, safely)
        finally:
            self.metrics.response(route(scope["path"]), status)
            self.line(scope, status, size, perf_counter() - started)

    async def admitted(self, scope: Scope, headers: Headers, receive: Receive, send: Send) -> None:
        """Passes a request on, or answers why not."""
        try:
            guard.check_host(" ".join(headers.getlist("host")), self.hosts)  # two make a malformed one
            guard.check_length(headers)
            guard.check_origin(scope["method"], headers)
        except Refused as refused:
            body = f"{refused.message}\n".encode()
            start = [
                (b"content-type", b"text/plain; charset=utf-8"),
                (b"content-length", str(len(body)).encode()),
                *((name.lower().encode(), value.encode()) for name, value in refused.headers.items()),
            ]
            await send({"type": "http.response.start", "status": refused.status, "headers": start})
            await send({"type": "http.response.body", "body": body})
            return
        await self.app(scope, receive, send)

    def line(self, scope: Scope, status: int, size: int, seconds: float) -> None:
        """The access log, without what was asked unless the server was told to keep it."""
        path = scope.get("raw_path", b"").decode("latin-1")
        if self.log_queries and scope["query_string"]:
            path += "?" + scope["query_string"].decode("latin-1")
        client = (scope.get("client") or ("-",))[0]
        log.info("%s %s %s %d %d B %.1f ms", client, scope["method"], path, status, size, 1000 * seconds)


def route(path: str) -> str:
    """The first part of a path, if it is one of ours: a metric must not have a name for each guess."""
    first = path.split("/")[1] if "/" in path else ""
    return first if first in ROUTES else "page" if path == "/" else "other"
