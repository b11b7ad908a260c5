"""Many articles in one file, one a record: JSON lines, JSON lines through gzip, Parquet.

A record is an object with `text`, and if known `title`, `date` (ISO 8601), `url`, `outlet`, `author`, `language`.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import IO, cast

from kg.documents.metadata import READABLE, check_language, dateline, headline, iso_date
from kg.documents.source import MAX_BYTES, Attempt, check_length, check_text, field
from kg.errors import DocumentError
from kg.model import Document

__all__ = ["json_lines", "json_lines_compressed", "parquet"]

FIELDS = ("text", "title", "date", "url", "outlet", "author", "language")
# Rows of a Parquet file that are held at once.
BATCH = 64


def json_lines(path: Path, name: str) -> Iterator[Attempt]:
    """One JSON object a line, named by its line: `articles.jsonl:12`."""
    with path.open("rb") as stream:
        yield from _lines(stream, name)


def json_lines_compressed(path: Path, name: str) -> Iterator[Attempt]:
    """The same through gzip. Raises DocumentError where the file is damaged."""
    try:
        with gzip.open(path, "rb") as stream:
            yield from _lines(cast(IO[bytes], stream), name)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise DocumentError(f"{name}: the gzip file is damaged ({error}). Fetch it again.") from error


def parquet(path: Path, name: str) -> Iterator[Attempt]:
    """One row an article, a few rows at a time, named by its row from 1: `articles.parquet:12`."""
    import pyarrow
    from pyarrow.parquet import ParquetFile

    try:
        with closing(ParquetFile(path)) as table:
            columns = [field for field in FIELDS if field in table.schema_arrow.names]
            if "text" not in columns:
                raise DocumentError(_no_text(name, "column"))
            number = 0
            for batch in table.iter_batches(batch_size=BATCH, columns=columns):
                for row in batch.to_pylist():
                    number += 1
                    yield f"{name}:{number}", partial(_document, row, f"{name}:{number}")
    except pyarrow.ArrowInvalid as error:
        raise DocumentError(
            f"{name}: not a Parquet file ({str(error).splitlines()[0]}). Write it again."
        ) from error


def _lines(stream: IO[bytes], name: str) -> Iterator[Attempt]:
    first = True
    for number, line in enumerate(_cut(stream), 1):
        if not line.strip():
            continue
        if first and "text" not in (_object(line) or {"text": ""}):
            raise DocumentError(_no_text(name, "field"))
        first = False
        yield f"{name}:{number}", partial(_from_line, line, f"{name}:{number}")


def _cut(stream: IO[bytes]) -> Iterator[bytes]:
    """The lines of a stream; of one that is too long for an article no more than its beginning."""
    while line := stream.readline(MAX_BYTES + 1):
        yield line
        while len(line) > MAX_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_BYTES + 1)


def _no_text(name: str, what: str) -> str:
    return f"{name}: its records have no {what} 'text', so they are no articles. Name it so, or leave the file out."


def _object(line: bytes) -> dict[str, object] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _from_line(line: bytes, name: str) -> Document:
    if len(line) > MAX_BYTES:
        raise DocumentError(f"{name}: more than {MAX_BYTES:,} bytes in one record. Split it into articles.")
    found = _object(line)
    if found is None:
        raise DocumentError(f"{name}: not a JSON object in UTF-8. Write one object a line.")
    return _document(found, name)


def _document(record: Mapping[str, object], name: str) -> Document:
    text = record.get("text")
    if not isinstance(text, str):
        raise DocumentError(f"{name}: 'text' is missing or not a string. Put the article's text there.")
    check_text(text, name)
    language = field(record.get("language")) or check_language(text, name)
    if language.lower().split("-")[0] != READABLE:
        raise DocumentError(f"{name}: its language is {language!r}; kg reads French (fr). Leave it out.")
    document = Document(
        name,
        text,
        READABLE,
        title=field(record.get("title")) or headline(text),
        published=_day(record.get("date")) or dateline(text),
        outlet=field(record.get("outlet")),
        author=field(record.get("author")),
        url=field(record.get("url")),
    )
    return check_length(document)


def _day(value: object) -> date | None:
    """A date, a timestamp or an ISO 8601 string as a day."""
    if isinstance(value, date):  # a datetime is one too
        return date(value.year, value.month, value.day)
    return iso_date(value) if isinstance(value, str) else None
