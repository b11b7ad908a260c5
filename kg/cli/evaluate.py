"""`kg eval`: how good the reading is, on articles annotated by hand."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.cli.style import examples, json_option, table, write_json

__all__ = ["evaluate"]


@click.command(
    "eval",
    epilog=examples(
        "kg eval gold",
        "kg eval gold --misses | head -40",
        "kg eval gold --json > scores.json",
    ),
)
@click.argument("folder", metavar="GOLD_DIR", type=click.Path(path_type=Path))
@click.option("--misses", is_flag=True, help="List what was missed, with its sentence.")
@click.option(
    "--false", "false", is_flag=True, help="List what was said too much, with its sentence and rule."
)
@click.option("--model", help="Another installed spaCy pipeline with Universal Dependencies labels.")
@json_option
def evaluate(folder: Path, misses: bool, false: bool, model: str | None, as_json: bool) -> None:
    """Read the articles of GOLD_DIR and compare with their annotation.

    Beside each X.txt stand X.facts.jsonl and X.entities.json. Precision and recall count statements; must is the
    recall of the facts that no reader may miss; the rest are shares among the facts that were found.
    """
    import kg

    card = kg.evaluate(folder, model=model)
    if as_json:
        write_json(
            {"total": card.table(), "articles": card.articles, "misses": card.misses, "false": card.false}
        )
        return
    for wanted, rows in ((misses, card.misses), (false, card.false)):
        for row in rows if wanted else ():
            click.echo(json.dumps(row, ensure_ascii=False))
    if not misses and not false:
        figures = [
            (name.replace("_", " "), "–" if n is None else f"{n:.3f}") for name, n in card.table().items()
        ]
        table(("measure", "value"), figures, numbers=("value",))
