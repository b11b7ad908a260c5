"""A folder whose index does not agree with its journal: another process is writing, or one was ended in the midst of it."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Mapping
from pathlib import Path

from pyoxigraph import Store

from kg.errors import GraphError
from kg.graph import building, index
from kg.graph.index import Snapshot
from kg.graph.journal import Journal
from kg.graph.writing import Writer
from kg.ontology import PREFIXES

__all__ = ["repaired"]

# A writer puts journal and index in their places within milliseconds; how often and how long that is waited for.
_TRIES = 20
_PAUSE = 0.05

log = logging.getLogger(__name__)

Opened = tuple[Store, Snapshot | None, Mapping[str, str]]


def repaired(folder: str, snapshot: Snapshot | None) -> Opened:
    """Store, snapshot and prefixes: what was last committed while another process writes, else all that is journaled.

    The index is built again, or in memory where it may not be written. Raises GraphError where the journal is
    damaged, or shorter than what was once committed.
    """
    path = Path(folder)
    journal = _journal(path)
    if journal.torn:
        log.warning(
            "%s: %d bytes at its end are left of an interrupted write; left out", journal.path, journal.torn
        )
    if snapshot is not None and journal.size == snapshot.journal:
        return snapshot.store, snapshot, snapshot.prefixes
    try:
        with building.writing(path), building.reported(path):
            writer = Writer(journal, path, None)
            building.build(path, journal, None, (), writer.settle)
    except building.BusyError:
        snapshot = snapshot or _awaited(path)
        if snapshot is not None:
            return snapshot.store, snapshot, snapshot.prefixes
    except GraphError as error:
        log.warning("%s: the index is made in memory (%s)", folder, error)
    fresh = index.open_snapshot(os.fspath(path / "index"))
    if fresh is not None and fresh.journal == journal.size:
        return fresh.store, fresh, fresh.prefixes
    store = Store()
    building.load_all(store, journal)
    return store, None, PREFIXES


def _journal(path: Path) -> Journal:
    """The journal, if it is not shorter than what was committed of it."""
    for _ in range(_TRIES):
        before = index.facts_of(os.fspath(path / "index"))
        journal = Journal(path / "journal")
        if before == index.facts_of(os.fspath(path / "index")):
            break
    committed = int((before or {}).get("journal", 0))
    if journal.size < committed:
        raise GraphError(
            f"{journal.path}: cut short, {journal.size} of {committed} bytes, {len(journal.names())} articles left. "
            "Copy the file from a backup, or build the graph again from its articles."
        )
    return journal


def _awaited(path: Path) -> Snapshot | None:
    """The snapshot that another process is about to publish, if it does so soon."""
    for _ in range(_TRIES):
        snapshot = index.open_snapshot(os.fspath(path / "index"))
        if snapshot is not None:
            return snapshot
        time.sleep(_PAUSE)
    return None
