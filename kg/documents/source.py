"""What every reader shares: bytes become text or a clear error, and a rejection has a name and a reason."""

from __future__ import annotations

import os
import re
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
    "field",
    "readable_name",
]

# One article of a file, by name, and how to read it; reading may raise DocumentError for that one alone.
Attempt = tuple[str, Callable[[], Document]]

# What is read of a file at most: a page may carry much beside its article. Above this it is a compressed trap.
MAX_BYTES = 64 * 2**20
# A news article has some thousand characters, a long book a million; reading that much at once takes 1.5 GB.
LONGEST = 1_000_000
# Halves of characters (lone surrogates), and what Unicode keeps out of texts: XML and many readers of Turtle refuse them.
NO_CHARACTER = re.compile("[\0\ud800-\udfff\ufffe\uffff]")


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
    """The text itself, if it is one: some word, no NUL, no half of a character, nothing that RDF readers refuse.

    Raises DocumentError otherwise.
    """
    if not text.strip("\ufeff \t\r\n\f\v\u00a0"):
        raise DocumentError(f"{name}: the article is empty. Put its text in it, or leave it out.")
    wrong = NO_CHARACTER.search(text)
    if wrong is not None:
        what = {"\0": "a NUL"}.get(wrong.group(), f"U+{ord(wrong.group()):04X}, which is no character,")
        raise DocumentError(
            f"{name}: {what} at character {wrong.start()}; this is not text. Save it as UTF-8 text."
        )
    return text


def field(value: object) -> str | None:
    """What metadata say, if they say something; what is no character becomes U+FFFD."""
    return NO_CHARACTER.sub("\ufffd", value).strip() or None if isinstance(value, str) else None


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
