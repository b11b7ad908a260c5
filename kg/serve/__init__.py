"""`kg serve`: a graph over HTTP on one's own machine, safe to leave running.

    request ─► guard (Host, Origin, size) ─► protocol (what is asked, in which format)
            ─► guard (what the query may do) ─► workers (a killable process answers) ─► response

`run(folder)` serves until it is told to stop. No module here imports the command line, and none reads RDF: the
processes of `worker` ask `kg.graph`, the others pass bytes on.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.serve.settings import Limits, Settings

__all__ = ["Limits", "Settings", "run"]


def run(settings: Settings, ready: Callable[[str], object] = lambda address: None) -> None:
    """Serves a graph folder until interrupted; `ready` is told its address just before the first request can come.

    Raises GraphError where there is no graph to serve, or the port is taken.
    """
    from kg.serve.server import run as serve

    serve(settings, ready)
