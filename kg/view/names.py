"""Text for people to read: without the characters that deceive the eye, folded for search, cut in lines."""

from __future__ import annotations

import re
import textwrap
from urllib.parse import urlsplit

from kg.graph.names import fold

__all__ = ["clean", "fold", "lines", "printable", "web_address"]

# Bidirectional controls can make a name read backwards; other controls have no shape at all.
DECEPTIVE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)

# What neither XML nor HTML can hold.
SHAPELESS = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]")


def clean(text: str) -> str:
    r"""A label on one line, without control characters.

    >>> clean("Net\u202eflix \n Inc.")
    'Netflix Inc.'
    """
    return " ".join(DECEPTIVE.sub("", text).split())


def printable(text: str) -> str:
    """The text without the characters that XML cannot hold; a quotation stays as it was read otherwise."""
    return SHAPELESS.sub("", text)


def lines(label: str, width: int = 22, most: int = 3) -> list[str]:
    """A label cut into at most `most` lines of about `width` characters.

    >>> lines("Alliance of Motion Picture and Television Producers")
    ['Alliance of Motion', 'Picture and Television', 'Producers']
    """
    wrapped = textwrap.wrap(label, width=width, max_lines=most, placeholder="…", break_on_hyphens=False)
    return wrapped or [""]


def web_address(url: str | None) -> str:
    """The address if a browser may open it (http or https, with a host), else the empty string.

    >>> web_address("javascript:alert(1)")
    ''
    """
    if not url or DECEPTIVE.search(url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.hostname else ""
