"""What every reader shares: bytes become text or a clear error, and a rejection has a name and a reason."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from kg.errors import DocumentError
from kg.model import Document

__all__ = [
    "MAX_BYTES",
    "Attempt",
    "Rejection",
    "Source",
    "check_length",
    "check_text",
    "decode",
    "readable_name",
]

# One article of a file, by name, and how to read it; reading may raise DocumentError for that one alone.
Attempt = tuple[str, Callable[[], Document]]

# What is read of a file at most: a page may carry much beside its article. Above this it is a compressed trap.
MAX_BYTES = 64 * 2**20
# A news article has some thousand characters, a long book a million; reading that much at once takes 1.5 GB.
LONGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Rejection:
    """A document that was set aside: which one, and why in one line."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one article before they are read: `name` is its document's, `url` where it was fetched."""

    name: str
    content: bytes
    url: str | None = None


def decode(content: bytes, name: str) -> str:
    """The bytes as text, newlines and byte order mark as they are.

    Raises DocumentError, naming the byte, where they are not UTF-8, or hold no text.
    """
    if len(content) > MAX_BYTES:
        raise DocumentError(f"{name}: {len(content):,} bytes in one article. Split it into articles.")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = content[error.start]
        raise DocumentError(
            f"{name}: not UTF-8 at byte {error.start} (0x{byte:02x}). Save the file as UTF-8."
        ) from error
    return check_text(text, name)


def check_text(text: str, name: str) -> str:
    """The text itself, if it is one: some word, no NUL, no half of a character.

    Raises DocumentError otherwise.
    """
    if not text.strip("\ufeff \t\r\n\f\v\u00a0"):
        raise DocumentError(f"{name}: the article is empty. Put its text in it, or leave it out.")
    if "\0" in text:
        raise DocumentError(
            f"{name}: a NUL at character {text.index(chr(0))}; this is not text. Save it as text."
        )
    half = next((at for at, letter in enumerate(text) if "\ud800" <= letter <= "\udfff"), None)
    if half is not None:
        raise DocumentError(
            f"{name}: half a character (a lone surrogate) at {half}. Write the text again as UTF-8."
        )
    return text


def check_length(document: Document) -> Document:
    """The document itself, if it can be one article. Raises DocumentError otherwise."""
    if len(document.text) > LONGEST:
        raise DocumentError(
            f"{document.name}: {len(document.text):,} characters in one article; kg reads up to {LONGEST:,}. "
            "Split it into articles, one a file or one a line of JSON."
        )
    return document


def readable_name(path: str) -> str:
    """A file's name as text that can be written anywhere, whatever bytes the file system allowed in it."""
    name = os.fsencode(path).decode("utf-8", "replace")
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name)
