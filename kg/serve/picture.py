"""The page of the graph at `/`: the graph.html of the folder, under the policy that it declares for itself."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

__all__ = ["Picture"]

DECLARED = re.compile(r"<meta\s+http-equiv=\"Content-Security-Policy\"\s+content=\"([^\"]*)\"", re.IGNORECASE)
# What a page gets that declares nothing: it may be looked at, and may not run anything.
NOTHING = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
HEAD = 65536


class Picture:
    """A page on the disk, read again when it changes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.stamp = (0, 0)
        self.content = b""
        self.policy = NOTHING

    def read(self) -> bytes | None:
        """The page; nothing where there is none."""
        try:
            found = self.path.stat()
            if (found.st_mtime_ns, found.st_size) != self.stamp:
                self.content = self.path.read_bytes()
                self.policy = policy(self.content)
                self.stamp = (found.st_mtime_ns, found.st_size)
        except OSError:
            return None
        return self.content

    def accept(self, page: bytes) -> None:
        """Takes a page that is on no disk."""
        self.content, self.policy = page, policy(page)


def policy(page: bytes) -> str:
    r"""The policy of a page: what it declares in its head, and that no other page may frame it.

    >>> policy(b'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">')
    "default-src 'none'; frame-ancestors 'none'"
    """
    declared = DECLARED.search(page[:HEAD].decode("utf-8", "replace"))
    rules = unescape(declared.group(1)) if declared else NOTHING
    # A header is one line of Latin-1; a policy that is not is no policy.
    plain = rules if rules.isascii() and rules.isprintable() else NOTHING
    return f"{plain}; frame-ancestors 'none'"
