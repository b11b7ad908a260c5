"""What a step of a build puts aside on the disk, so that memory does not grow with the number of articles.

A database that nobody sees, where temporary files are, gone with the process; little of it is in memory at a time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

__all__ = ["Scratch"]

SETTINGS = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000; PRAGMA temp_store = FILE; BEGIN
"""


class Scratch:
    """Tables on the disk; used in a `with` statement."""

    def __init__(self, schema: str) -> None:
        self.database = sqlite3.connect("", isolation_level=None)
        self.script(SETTINGS)
        self.script(schema)

    def script(self, statements: str) -> None:
        """Run statements that answer nothing."""
        for statement in filter(str.strip, statements.split(";")):
            self.database.execute(statement)

    def add(self, table: str, rows: Iterable[Sequence[object]], how: str = "INSERT") -> None:
        """Add rows to a table."""
        for width, some in groupby(rows, key=len):
            self.database.executemany(f"{how} INTO {table} VALUES ({', '.join('?' * width)})", some)

    def rows(self, question: str, *values: object) -> Iterator[Any]:
        """The rows of an answer."""
        return self.database.execute(question, values)

    def close(self) -> None:
        """Give the disk back."""
        self.database.close()

    def __enter__(self) -> Scratch:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
