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
# The page itself knows of no server. Its policy allows a style that stands in it, and links.
WAY = (
    b'<nav style="position:fixed;bottom:.3rem;left:50%;transform:translateX(-50%);z-index:9">'
    b'<a href="/sparql-ui" style="color:inherit">SPARQL</a></nav>'
)


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
                self.accept(self.path.read_bytes())
                self.stamp = (found.st_mtime_ns, found.st_size)
        except OSError:
            return None
        return self.content

    def accept(self, page: bytes) -> None:
        """Takes a page, and adds the way to the other pages of this server."""
        head, end, tail = page.rpartition(b"</body>")
        self.content, self.policy = head + (WAY + end if end else b"") + tail, policy(page)


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
