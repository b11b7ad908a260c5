"""`kg serve`: the graph over HTTP, for SPARQL clients and for the browser."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from kg.cli.style import examples, graph_option

__all__ = ["serve"]


@click.command(
    epilog=examples(
        "kg serve                                 then open http://127.0.0.1:8000/",
        "kg serve --port 9000 -g other-graph",
        "kg serve --host 0.0.0.0 --allow-host graph.example.org",
    )
)
@graph_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="A further name that requests may be addressed to.",
)
@click.option(
    "--writable",
    "token",
    metavar="TOKEN",
    envvar="KG_TOKEN",
    default="",
    help="Take SPARQL updates from whoever sends this token.",
)
@click.option("--base", metavar="IRI", help="What the IRIs of entities begin with, where it is not kg's own.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that answer queries. [default: 2]")
@click.option(
    "--timeout", type=click.FloatRange(0.1, 3600), help="Seconds after which a query is ended. [default: 20]"
)
@click.option(
    "--max-rows",
    type=click.IntRange(1),
    help="Rows after which an answer is cut, and says so. [default: 10000]",
)
@click.option("--log-queries", is_flag=True, help="Keep the text of queries in the log of requests.")
def serve(
    folder: Path,
    host: str,
    port: int,
    hosts: tuple[str, ...],
    token: str,
    base: str | None,
    workers: int | None,
    timeout: float | None,
    max_rows: int | None,
    log_queries: bool,
) -> None:
    """Serve the graph: a SPARQL endpoint at /sparql, a page to write queries in, a page for each entity.

    It answers this machine alone unless told otherwise, and never writes unless it is given a token.
    """
    from kg.ontology import ID
    from kg.serve import Limits, Settings, run

    chosen = {"workers": workers, "seconds": timeout, "rows": max_rows}
    limits = Limits(**{name: value for name, value in chosen.items() if value is not None})  # type: ignore[arg-type]
    settings = Settings(
        folder=folder,
        host=host,
        port=port,
        hosts=hosts,
        token=token,
        base=base or ID,
        log_queries=log_queries,
        limits=limits,
    )
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.INFO)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    name = f"[{host}]" if ":" in host else host
    run(settings, lambda: click.echo(f"http://{name}:{port}/", err=True))
