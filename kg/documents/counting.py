"""How many articles there will be, without reading them: enough to tell how much remains."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

from kg.documents.files import SUFFIXES

__all__ = ["count_articles"]

_PIECE = 1 << 20


def count_articles(paths: Iterable[str | Path]) -> int | None:
    """About how many articles these paths hold; None where only reading would tell."""
    total = 0
    for path in paths:
        for file in _files(Path(path)):
            count = _inside(file)
            if count is None:
                return None
            total += count
    return total or None


def _files(path: Path) -> Iterable[Path]:
    if not path.is_dir():
        return [path]
    return (
        Path(here) / name for here, _, names in os.walk(path) for name in names if not name.startswith(".")
    )


def _inside(file: Path) -> int | None:
    name = file.name.lower()
    try:
        if name.endswith(".jsonl"):
            with file.open("rb") as stream:
                return sum(piece.count(b"\n") for piece in iter(lambda: stream.read(_PIECE), b""))
        if name.endswith(".zip"):
            with zipfile.ZipFile(file) as archive:
                return sum(item.filename.lower().endswith(SUFFIXES) for item in archive.infolist())
        if name.endswith(".parquet"):
            from pyarrow.parquet import ParquetFile

            return int(ParquetFile(file).metadata.num_rows)
    except (OSError, ValueError, zipfile.BadZipFile):
        return 0  # reading will say what is wrong with it
    if name.endswith((".jsonl.gz", ".warc", ".warc.gz")):
        return None
    return int(name.endswith(SUFFIXES) or file.name == "-")
