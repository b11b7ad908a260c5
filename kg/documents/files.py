"""Paths become documents: which reader for which suffix, and what happens to what cannot be read."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from kg.documents.archives import warc, zipped
from kg.documents.articles import ARTICLES, article
from kg.documents.records import json_lines, json_lines_compressed, parquet
from kg.documents.source import MAX_BYTES, Attempt, Rejection, Source, readable_name
from kg.errors import DocumentError
from kg.model import Document

__all__ = ["SUFFIXES", "read_documents"]

Refuse = Callable[[Rejection], object]

COLLECTIONS: dict[str, Callable[[Path, str], Iterator[Attempt]]] = {
    ".jsonl": json_lines,
    ".jsonl.gz": json_lines_compressed,
    ".parquet": parquet,
    ".zip": zipped,
    ".warc": warc,
    ".warc.gz": warc,
}

SUFFIXES = (*ARTICLES, *COLLECTIONS)


def read_documents(
    paths: Iterable[str | Path], *, rejected: Refuse | None = None, outlet: str | None = None
) -> Iterator[Document]:
    """The articles of these files and folders, in the order named, folders sorted; "-" is standard input.

    `rejected` is called with each article that cannot be read, and reading goes on; without it the first one
    raises DocumentError. A path that is not there, of a kind that kg does not read, or a folder without
    articles always does. `outlet` is who published those that do not say it themselves.
    """
    for path in paths:
        for document in _path(path, rejected or _raise):
            yield replace(document, outlet=document.outlet or outlet)


def _raise(rejection: Rejection) -> None:
    raise DocumentError(rejection.reason)


def _path(path: str | Path, refuse: Refuse) -> Iterator[Document]:
    if str(path) == "-":
        yield from _read("stdin.txt", _stdin("stdin.txt"), refuse)
        return
    where = Path(path)
    if where.is_dir():
        yield from _folder(where, refuse)
    elif not where.exists():
        raise DocumentError(f"{where}: no such file or folder. Check the path.")
    elif where.is_socket() or where.is_block_device() or _suffix(where.name) is None:
        raise DocumentError(_unknown(str(where)))
    else:
        yield from _file(where, readable_name(where.name), refuse)


def _folder(folder: Path, refuse: Refuse) -> Iterator[Document]:
    files = sorted(_below(folder))
    if not any(_suffix(name) for name in files):
        raise DocumentError(f"{folder}: no article in this folder. kg reads {_kinds()}.")
    for name in files:
        if _suffix(name) is None:
            refuse(Rejection(readable_name(name), _unknown(readable_name(name))))
        else:
            yield from _file(folder / name, readable_name(name), refuse)


def _below(folder: Path) -> Iterator[str]:
    """Files below a folder, relative to it, with "/" on every system; those that begin with a dot are not ours."""
    for here, folders, files in os.walk(folder, onerror=_unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith("."):
                yield (Path(here) / name).relative_to(folder).as_posix()


def _unreadable(error: OSError) -> None:
    raise DocumentError(f"{error.filename}: {error.strerror}. Check that you may read it.") from error


def _file(path: Path, name: str, refuse: Refuse) -> Iterator[Document]:
    reader = COLLECTIONS.get(_suffix(path.name) or "", _alone)
    return _read(name, reader(path, name), refuse)


def _read(name: str, attempts: Iterator[Attempt], refuse: Refuse) -> Iterator[Document]:
    """The articles of one file; one that cannot be read is refused alone, a damaged file from there on."""
    try:
        for inner, read in attempts:
            try:
                document = read()
            except DocumentError as error:
                refuse(Rejection(inner, str(error)))
            else:
                yield document
    except DocumentError as error:
        refuse(Rejection(name, str(error)))
    except OSError as error:
        refuse(Rejection(name, f"{name}: {error.strerror or error}. Check that you may read it."))


def _alone(path: Path, name: str) -> Iterator[Attempt]:
    with path.open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    yield name, partial(article, Source(name, content))


def _stdin(name: str) -> Iterator[Attempt]:
    yield name, partial(article, Source(name, sys.stdin.buffer.read(MAX_BYTES + 1)))


def _suffix(name: str) -> str | None:
    """The longest known suffix that the name ends with."""
    lower = name.lower()
    return max((suffix for suffix in SUFFIXES if lower.endswith(suffix)), key=len, default=None)


def _unknown(name: str) -> str:
    return f"{name}: not a kind of file that kg reads. Save it as one of these: {_kinds()}."


def _kinds() -> str:
    return " ".join(SUFFIXES)
