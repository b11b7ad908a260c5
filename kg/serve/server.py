"""Runs the application on a port: connections that are slow to speak or to listen are closed, shutdown is clean."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.errors import GraphError
from kg.graph.graph import Graph
from kg.serve.app import application
from kg.serve.settings import Settings

__all__ = ["run", "server"]

# A request line and its headers; the text of a query may come in the address.
HEADER_BYTES = 256 * 1024
SHUTDOWN_SECONDS = 3
BACKLOG = 2048


def server(settings: Settings) -> uvicorn.Server:
    """A server that is ready to run; raises GraphError where the folder has no graph."""
    Graph.open(
        settings.folder
    ).close()  # an index that is missing or damaged is built here, once, and not by every worker
    limits = settings.limits
    config = uvicorn.Config(
        application(settings),
        host=settings.host,
        port=settings.port,
        http=patient(limits.request_seconds, limits.response_seconds),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=limits.connections,
        timeout_keep_alive=int(limits.idle_seconds),
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        h11_max_incomplete_event_size=HEADER_BYTES,
    )
    return uvicorn.Server(config)


def run(settings: Settings, ready: Callable[[str], object]) -> None:
    """Serves until interrupted; `ready` is told the address when the graph is found good and the port is ours."""
    raise_file_limit(settings.limits.connections)
    made = server(settings)
    with bound(settings.host, settings.port) as listening:
        name = f"[{settings.host}]" if ":" in settings.host else settings.host
        ready(f"http://{name}:{listening.getsockname()[1]}/")
        made.run(sockets=[listening])


def bound(host: str, port: int) -> socket.socket:
    """A socket on an address; raises GraphError where it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named: asyncio sends small answers at once only on what says that it is TCP (else 40 ms more).
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except OSError as error:
        listening.close()
        reason = error.strerror or str(error)
        other = "host with --host" if isinstance(error, socket.gaierror) else "port with --port"
        raise GraphError(f"{host}:{port}: cannot serve here ({reason}). Choose another {other}.") from error
    return listening


def patient(request_seconds: float, response_seconds: float) -> type[H11Protocol]:
    """The HTTP protocol with two clocks: one for the head of a request, one for a reader who takes no bytes."""

    class Patient(H11Protocol):
        clock: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self.wind(request_seconds)

        def wind(self, seconds: float) -> None:
            """Closes the connection after so many seconds unless it is wound again."""
            self.still()
            self.clock = self.loop.call_later(seconds, self.give_up)

        def still(self) -> None:
            """Stops the clock."""
            if self.clock is not None:
                self.clock.cancel()
                self.clock = None

        def give_up(self) -> None:
            """Ends a connection at once, with what it had not taken."""
            self.transport.abort()

        def data_received(self, data: bytes) -> None:
            working = self.cycle is not None and not self.cycle.response_complete
            super().data_received(data)
            if self.cycle is not None and not self.cycle.response_complete:
                self.still()
            elif not working and self.clock is None:
                self.wind(request_seconds)

        def pause_writing(self) -> None:
            super().pause_writing()
            self.wind(response_seconds)

        def resume_writing(self) -> None:
            super().resume_writing()
            self.still()

        def connection_lost(self, exc: Exception | None) -> None:
            self.still()
            super().connection_lost(exc)

    return Patient


def raise_file_limit(connections: int) -> None:
    """Lets the process hold as many connections as it may, where the system counts them."""
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + 256
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
