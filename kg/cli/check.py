"""`kg validate` and `kg verify`: does the graph keep its shapes, and every quote its text."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.style import examples, graph_option, json_option, note, plain, write_json

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["validate", "verify"]


@click.command(
    epilog=examples(
        "kg validate",
        "kg validate -g affair --json",
        "kg validate && kg export graph.ttl       only if all is well",
    )
)
@graph_option
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes.")
@json_option
def validate(folder: Path, jobs: int, as_json: bool) -> None:
    """Check the graph against its shapes (SHACL).

    The shapes are those of ontology/shapes.ttl. Exits with 1 if one is broken.
    """
    import kg

    _report(kg.load(folder).validate(jobs), as_json, "every shape holds")


@click.command(
    epilog=examples(
        "kg verify",
        "kg verify -g affair",
        "kg verify --json | jq length",
    )
)
@graph_option
@json_option
def verify(folder: Path, as_json: bool) -> None:
    """Check every quote against its article.

    And every file of the graph against what was written. Exits with 1 on a finding.
    """
    import kg

    _report(kg.load(folder).verify(), as_json, "every quote stands in its text")


def _report(findings: Sequence[DataclassInstance], as_json: bool, well: str) -> None:
    from dataclasses import asdict

    if as_json:
        write_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            click.echo(plain(str(finding)))
        note(f"{len(findings)} findings" if findings else well)
    sys.exit(1 if findings else 0)
