"""How far a reading is: a line on the terminal, with its rate and what remains; nothing where nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.style import note

if TYPE_CHECKING:
    from rich.progress import Task
    from rich.text import Text

    from kg.documents import Rejection
    from kg.model import Document

__all__ = ["progress", "tell_refused"]

# Rejections that are told one by one; the rest stands in rejected.jsonl.
TOLD = 5


@contextmanager
def progress(paths: Iterable[Path], silent: bool) -> Iterator[Callable[[Document], None] | None]:
    """What to call with each article that is done; None where nobody watches."""
    if silent or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    from kg import count_articles

    class Rate(ProgressColumn):
        """Articles a second."""

        def render(self, task: Task) -> Text:
            """The rate, once there is one."""
            return Text(f"{task.speed:,.1f}/s" if task.speed else "")

    columns = (
        SpinnerColumn(),
        MofNCompleteColumn(),
        BarColumn(20),
        Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns,
        TextColumn("{task.description}"),
        console=Console(stderr=True),
        transient=True,
        speed_estimate_period=120,
    ) as bar:
        task = bar.add_task("…", total=count_articles(paths))
        yield lambda document: bar.update(task, advance=1, description=Text(document.name).markup)


def tell_refused(refused: list[Rejection], folder: Path) -> None:
    """What was set aside, and why; the first few."""
    for rejection in refused[:TOLD]:
        note(f"kg: set aside: {rejection.reason}")
    if len(refused) > TOLD:
        note(f"kg: set aside: {len(refused) - TOLD} more, see {folder / 'rejected.jsonl'}")
