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
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port to listen on."
)
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
@click.option(
    "--base",
    metavar="IRI",
    help="What the IRIs of entities begin with, where it is not kg's own: https://graph.example.org/id/.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help="Processes that answer queries.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    default=20.0,
    show_default=True,
    help="Seconds after which a query is ended.",
)
@click.option(
    "--max-rows",
    type=click.IntRange(1),
    default=10_000,
    show_default=True,
    help="Rows after which an answer is cut, and says so.",
)
@click.option("--log-queries", is_flag=True, help="Keep the text of queries in the log of requests.")
def serve(
    folder: Path,
    host: str,
    port: int,
    hosts: tuple[str, ...],
    token: str,
    base: str | None,
    workers: int,
    timeout: float,
    max_rows: int,
    log_queries: bool,
) -> None:
    """Serve the graph over HTTP, for SPARQL and browsers.

    A SPARQL endpoint at /sparql, a page to write queries in, a page for each entity. It answers this machine alone unless told otherwise, and never writes unless it is given a token.
    """
    from kg.api import serve as run

    if base and not base.endswith("/"):
        raise click.BadParameter(f"{base}: does not end with a slash.", param_hint="--base")
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.INFO)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    run(
        folder,
        host=host,
        port=port,
        hosts=hosts,
        token=token,
        base=base,
        workers=workers,
        timeout=timeout,
        max_rows=max_rows,
        log_queries=log_queries,
        ready=lambda address: click.echo(address, err=True),
    )
