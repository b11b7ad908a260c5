"""The store that answers queries: an Oxigraph directory built from the journal, never changed once published.

    index/current              which generation counts, what it must contain, how long each of its files is
    index/3/store/             Oxigraph
    index/3/search.sqlite      full text

A truncated store can open as an empty one, so what is on the disk is compared with `current` before it is
believed; what does not agree is thrown away and built again from the journal. A writer makes the next
generation from hard links to the last one, so readers are never disturbed.

This module is on the way of every query: it imports next to nothing.
"""

# Paths are strings here: pathlib takes as long to import as a small query takes in all.
# ruff: noqa: PTH110, PTH112, PTH118, PTH123, PTH202, PTH208

from __future__ import annotations

import os
import zlib

from pyoxigraph import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Snapshot", "open_snapshot"]

FORMAT = "2"
# Files that the store may write while it is only read, or that are empty of content.
_NOT_CONTENT = ("LOCK", "LOG", "IDENTITY")


class Snapshot:
    """An open generation: its store, and what `current` says of it."""

    def __init__(self, folder: str, facts: Mapping[str, str], store: Store, lock: int | None) -> None:
        self.folder = folder
        self.store = store
        self.generation = int(facts["generation"])
        self.quads = int(facts["quads"])
        self.stored = int(facts["stored"])
        self.articles = int(facts["articles"])
        self.journal = int(facts["journal"])
        self.prefixes = {key[7:]: value for key, value in facts.items() if key.startswith("prefix ")}
        self._lock = lock

    @property
    def search(self) -> str:
        """Path of the full-text database."""
        return os.path.join(self.folder, "search.sqlite")

    @property
    def store_path(self) -> str:
        """Path of the Oxigraph directory."""
        return os.path.join(self.folder, "store")

    def close(self) -> None:
        """Let a writer remove this generation."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __del__(self) -> None:
        self.close()


def open_snapshot(index: str) -> Snapshot | None:
    """The generation that counts, open for reading; None where it is missing or not as it was written."""
    for _ in range(3):
        facts = facts_of(index)
        if facts is None:
            return None
        folder = os.path.join(index, facts["generation"])
        lock = _hold(folder)
        if _as_written(folder, facts):
            try:
                store = Store.read_only(os.path.join(folder, "store"))
            except (OSError, RuntimeError):  # a file is missing; a checksum is wrong
                return None
            return Snapshot(folder, facts, store, lock)
        if lock is not None:
            os.close(lock)
        # A writer may have published the next generation and removed this one since `current` was read.
        if facts_of(index) == facts:
            return None
    return None


def facts_of(index: str) -> dict[str, str] | None:
    """What `current` says: one "key<tab>value" a line; None where there is none, of another format, or damaged."""
    try:
        with open(os.path.join(index, "current"), "rb") as file:
            told, mark, checksum = file.read().rpartition(b"end\t")
        if not mark or checksum != checked(told):
            return None
        facts = dict(line.split("\t", 1) for line in told.decode("utf-8").split("\n") if line)
    except (OSError, ValueError):
        return None
    return facts if facts.get("format") == FORMAT else None


def checked(told: bytes) -> bytes:
    """What stands behind the last key of `current`: a checksum of all before it."""
    return b"%08x\n" % zlib.crc32(told)


def sizes(folder: str) -> dict[str, int]:
    """The files of a generation with their lengths in bytes, sorted by path."""
    found = {}
    for name in ("search.sqlite", "store"):
        path = os.path.join(folder, name)
        if os.path.isdir(path):
            for file in os.listdir(path):
                if not file.startswith(_NOT_CONTENT):
                    found[f"{name}/{file}"] = os.path.getsize(os.path.join(path, file))
        elif os.path.exists(path):
            found[name] = os.path.getsize(path)
    return dict(sorted(found.items()))


def _as_written(folder: str, facts: Mapping[str, str]) -> bool:
    expected = {key[5:]: int(value) for key, value in facts.items() if key.startswith("file ")}
    try:
        return bool(expected) and all(
            os.path.getsize(os.path.join(folder, name)) == n for name, n in expected.items()
        )
    except OSError:
        return False


def _hold(folder: str) -> int | None:
    """A shared lock on a generation, so that no writer removes it; None where the system has no such locks."""
    try:
        import fcntl

        handle = os.open(os.path.join(folder, "held"), os.O_RDONLY)
    except (ImportError, OSError):
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle
