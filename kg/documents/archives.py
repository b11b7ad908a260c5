"""Many articles in one file, one a member: zip and WARC. Nothing is unpacked to disk."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from kg.documents.articles import ARTICLES, article
from kg.documents.source import MAX_BYTES, Attempt, Source, readable_name
from kg.errors import DocumentError
from kg.model import Document

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

__all__ = ["warc", "zipped"]

PAGES = ("text/html", "application/xhtml+xml")


def zipped(path: Path, name: str) -> Iterator[Attempt]:
    """The .txt, .md and .html members of an archive, sorted by name: `archive.zip/a.txt`."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [item for item in archive.infolist() if _is_article(item)]
            if not members:
                raise DocumentError(f"{name}: no .txt, .md or .html in this archive. Put articles in it.")
            for item in sorted(members, key=lambda item: item.filename):
                inner = f"{name}/{readable_name(item.filename)}"
                yield inner, partial(_member, archive, item, inner)
    except zipfile.BadZipFile as error:
        raise DocumentError(f"{name}: the zip file is damaged ({error}). Fetch it again.") from error


def warc(path: Path, name: str) -> Iterator[Attempt]:
    """The HTML pages of a web archive, in its order, numbered from 1: `crawl.warc.gz/1.html`."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        with path.open("rb") as stream:
            pages = (record for record in ArchiveIterator(stream) if _is_page(record))
            for number, record in enumerate(pages, 1):
                inner = f"{name}/{number}.html"
                yield inner, partial(_page, record, inner)
    except ArchiveLoadFailed as error:
        raise DocumentError(f"{name}: the web archive is damaged ({error}). Fetch it again.") from error


def _is_article(item: zipfile.ZipInfo) -> bool:
    inner = PurePosixPath(item.filename)
    hidden = any(part.startswith((".", "__MACOSX")) for part in inner.parts)
    return not item.is_dir() and not hidden and inner.suffix.lower() in ARTICLES


def _member(archive: zipfile.ZipFile, item: zipfile.ZipInfo, name: str) -> Document:
    try:
        with archive.open(item) as stream:
            # Never more than the limit, whatever size the archive claims.
            return article(Source(name, stream.read(MAX_BYTES + 1)))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise DocumentError(f"{name}: cannot be unpacked ({error}). Pack the archive again.") from error


def _is_page(record: ArcWarcRecord) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = record.http_headers.get_header("Content-Type") or ""
    return kind.partition(";")[0].strip().lower() in PAGES


def _page(record: ArcWarcRecord, name: str) -> Document:
    url = record.rec_headers.get_header("WARC-Target-URI")
    return article(Source(name, record.content_stream().read(MAX_BYTES + 1), url))
