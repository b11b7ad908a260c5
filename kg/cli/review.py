"""`kg review`: what a person should decide, asked one by one; the answers last."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.style import examples, graph_option, json_option, note, plain, write_json

if TYPE_CHECKING:
    from kg.resolution.review import Proposal

__all__ = ["review"]

ANSWERS = {
    "merge": {"s": "same", "n": "apart", "u": "unsure"},
    "split": {"s": "same", "n": "apart", "u": "unsure"},
    "link": {"s": "same", "n": "apart", "u": "unsure"},
    "statement": {"r": "right", "w": "wrong", "c": "corrected", "u": "unsure"},
}
KEYS = {**dict.fromkeys(ANSWERS, "[s]ame [n]ot same"), "statement": "[r]ight [w]rong [c]orrect"}
PARTS = ("subject", "relation", "object")


@click.command(
    epilog=examples(
        "kg review                                list what is in doubt; in a terminal, decide it",
        "kg review --by jeanne                    with your name",
        "kg review --json",
    )
)
@graph_option
@click.option("--by", metavar="NAME", help="Who decides.")
@click.option("--list", "only_list", is_flag=True, help="List the questions; ask nothing.")
@json_option
def review(folder: Path, by: str | None, only_list: bool, as_json: bool) -> None:
    """Decide what is in doubt: who is who, which statements are wrong.

    Answers stand in decisions.ttl beside the graph, which you may edit: every build applies them; to take one
    back, delete it and run kg review.
    """
    import kg

    graph = kg.load(folder)
    questions = graph.proposals()
    if as_json:
        write_json([{"kind": q.kind, "about": q.about, "words": q.words, "why": q.why} for q in questions])
    elif only_list or not sys.stdin.isatty():
        for question in questions:
            click.echo(_shown(question))
    else:
        for question in questions:
            if question.kind not in ANSWERS:
                click.echo(_shown(question))
        answers = _ask([question for question in questions if question.kind in ANSWERS], by)
        for question, answer, who, corrections in answers:
            graph.decide(question.about, answer, who, corrections)
        note(f"{len(answers)} decisions in {folder / 'decisions.ttl'}")
        graph.apply_decisions()
    if not questions:
        note("nothing is in doubt")


def _ask(questions: list[Proposal], by: str | None) -> list[tuple[Proposal, str, str, dict[str, str]]]:
    answers: list[tuple[Proposal, str, str, dict[str, str]]] = []
    who = by or (click.prompt("Your name") if questions else "")
    for question in questions:
        click.echo(_shown(question))
        known = ANSWERS[question.kind]
        key = click.prompt(
            f"{KEYS[question.kind]} [u]nsure [q]uit", type=click.Choice([*known, "q"]), show_choices=False
        )
        if key == "q":
            break
        corrections = _corrections(question) if known[key] == "corrected" else {}
        # Nothing was changed: then it is right.
        answer = "right" if known[key] == "corrected" and not corrections else known[key]
        answers.append((question, answer, who, corrections))
    return answers


def _corrections(question: Proposal) -> dict[str, str]:
    """The parts of a statement that a person writes otherwise; Enter keeps what stands there."""
    found = {}
    for part, before in zip(PARTS, question.words, strict=True):
        words = click.prompt(part, default=before, show_default=bool(before))
        if words != before:
            found[part] = words
    return found


def _shown(question: Proposal) -> str:
    return plain(f"{question.kind}: {' | '.join(question.words)} ({question.why})")
