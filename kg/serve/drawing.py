"""Draws the page of a graph folder that has none yet, in a process of its own.

python -m kg.serve.drawing FOLDER     HTML on standard output
"""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path

__all__ = ["draw", "drawn"]

# Above this a page is not drawn while its reader waits; `kg view` makes it.
SECONDS = 60.0


def draw(folder: Path) -> str:
    """The page of all that a graph says."""
    from kg.graph.graph import Graph
    from kg.view.page import draw as page

    with Graph.open(folder) as graph:
        return page(graph).html


async def drawn(folder: Path) -> bytes:
    """The page from another process; nothing where it could not be drawn in time."""
    environment = {**os.environ, "PYTHONPATH": os.fspath(Path(__file__).parents[2])}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "kg.serve.drawing", os.fspath(folder.resolve()),
        stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, env=environment, start_new_session=True,
    )  # fmt: skip
    try:
        async with asyncio.timeout(SECONDS):
            page, _ = await process.communicate()
    except TimeoutError:
        return b""
    finally:
        if process.returncode is None:
            process.kill()
    return page if process.returncode == 0 else b""


if __name__ == "__main__":
    sys.stdout.buffer.write(draw(Path(sys.argv[1])).encode())
