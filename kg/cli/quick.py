"""`kg query 'SELECT …'` without click, which takes longer to import than a small query takes in all.

Only what is plainly so is read here; help, mistakes and all other ways to say it are left to click, whose words
they are. What is done with them is the same.
"""

# Paths are strings here: pathlib takes as long to import as a small query takes in all.
# ruff: noqa: PTH112, PTH118

from __future__ import annotations

import os

from kg.cli.answering import FORMATS, parameter, write
from kg.cli.output import foreseen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    # The folder, the query, the format, whether with what is inferred, the values of variables.
    Asked = tuple[str, str, str | None, bool, dict[str, str]]

__all__ = ["arguments", "query"]

# RocksDB starts fifteen threads for each kind of file that it holds open, until it holds a quarter of those that it may:
# of an index that has few files it then holds the first of them, and opens the others when they are read.
MOST_OPEN, FEW = 96, 45

VALUES = {
    "-g": "folder",
    "--graph": "folder",
    "--format": "form",
    "--set": "parameter",
}


def query(words: Sequence[str]) -> None:
    """Answer the query that these words ask for, and exit; nothing happens where only click can read them."""
    asked = arguments(words)
    if asked is not None:
        code = foreseen(lambda: _run(*asked))
        # All is written, and the store was only read: to take it apart would take as long as the answer did.
        os._exit(code)


def _run(folder: str, sparql: str, form: str | None, inferred: bool, bindings: dict[str, str]) -> int:
    from kg.api import load

    sparing(folder)
    graph = load(folder)
    return write(graph, sparql, graph.query(sparql, inferred=inferred, base=None, **bindings), form)


def sparing(folder: str) -> None:
    """Let this process open few files where a small graph has few: its store opens in three quarters of the time."""
    if sum(len(files) for *_, files in os.walk(os.path.join(folder, "index"))) > FEW:
        return
    try:
        import resource
    except ImportError:  # not on this system
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft > MOST_OPEN or soft == resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_NOFILE, (MOST_OPEN, hard))


def arguments(words: Sequence[str]) -> Asked | None:
    """What these words say, as click would read them; None where it takes click to read them."""
    given: dict[str, str] = {}
    bindings: dict[str, str] = {}
    inferred = True
    rest = iter(words)
    for word in rest:
        value = next(rest, "-") if word in VALUES else word
        if word == "--no-inferred":
            inferred = False
        elif value[:1] in ("-", "") or (word not in VALUES and "sparql" in given):
            return None
        elif VALUES.get(word) == "parameter":
            pair = parameter(value)
            if pair is None:
                return None
            bindings[pair[0]] = pair[1]
        else:
            given[VALUES.get(word, "sparql")] = value
    folder = given.get("folder") or os.environ.get("KG_GRAPH") or "graph"
    form = given.get("form")
    if "sparql" not in given or not os.path.isdir(folder) or form not in (None, *FORMATS):
        return None
    return folder, given["sparql"], form, inferred, bindings
