"""The record of what was read: one gzip member of sorted N-Quads for each article, appended and never changed.

    member = gzip( sorted N-Quads ), in its header: the article's name, the sha256 of the N-Quads, how long it is

`zcat journal` shows it all. A later member of the same name replaces the earlier one; an empty one removes it.
The header has a checksum of its own, so a torn tail (the last write was interrupted: it is left out) is told
from damage (a bit has flipped: the journal says where and in which article).
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kg.errors import GraphError

__all__ = ["Journal", "Member", "MemoryJournal"]

# RFC 1952: deflate, with header checksum, extra field, name and comment; no time, unknown system.
_MAGIC = b"\x1f\x8b\x08\x1e\x00\x00\x00\x00\x00\xff"
# The extra field: 12 bytes, subfield "KG" of 8 bytes, the length of the compressed data.
_EXTRA = b"\x0c\x00KG\x08\x00"
_LONGEST_NAME = 2000


@dataclass(frozen=True, slots=True)
class Member:
    """An article's place in the journal: bytes of the file, and the sha256 of its N-Quads."""

    name: str
    sha256: str
    start: int
    data: int
    end: int

    @property
    def removed(self) -> bool:
        """Whether this is the mark of a removal."""
        return self.sha256 == "removed"


class MemoryJournal:
    """The same, kept in memory: for graphs that are not saved."""

    def __init__(self) -> None:
        self._content: dict[str, bytes] = {}

    def names(self) -> list[str]:
        """The names of the articles, sorted."""
        return sorted(self._content)

    def digest(self, name: str) -> str:
        """The sha256 of an article's N-Quads."""
        return sha256(self._content[name]).hexdigest()

    def read(self, name: str) -> bytes:
        """The N-Quads of an article."""
        return self._content[name]

    def put(self, name: str, content: bytes) -> None:
        """Record an article, in place of what had that name."""
        self._content[name] = content

    def remove(self, name: str) -> None:
        """Forget an article."""
        self._content.pop(name, None)


class Journal:
    """The file, read by name and appended to. One process writes at a time; its caller holds the lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._members: dict[str, Member] = {}
        self._end = 0
        self._lost = 0
        if path.exists():
            self._scan()

    def names(self) -> list[str]:
        """The names of the articles, sorted."""
        return sorted(self._members)

    def digest(self, name: str) -> str:
        """The sha256 of an article's N-Quads."""
        return self._members[name].sha256

    @property
    def size(self) -> int:
        """The bytes of whole members."""
        return self._end

    @property
    def torn(self) -> int:
        """The bytes after the last whole member: what an interrupted write left."""
        return self._lost

    def read(self, name: str) -> bytes:
        """The N-Quads of an article. Raises GraphError where they are not what was written."""
        member = self._members[name]
        with self.path.open("rb") as file:
            file.seek(member.data)
            body = file.read(member.end - member.data)
        try:
            content = zlib.decompress(body[:-8], -15)
        except zlib.error as error:
            raise self._damage(member.name, member.start) from error
        if body[-8:] != _trailer(content) or sha256(content).hexdigest() != member.sha256:
            raise self._damage(member.name, member.start)
        return content

    def put(self, name: str, content: bytes) -> None:
        """Append an article; `sync` sees it to the disk."""
        self._append(name, sha256(content).hexdigest(), content)

    def remove(self, name: str) -> None:
        """Append the mark of a removal."""
        if name in self._members:
            self._append(name, "removed", b"")

    def sync(self) -> None:
        """See all that was appended to the disk."""
        if self.path.exists():
            with self.path.open("r+b") as file:
                os.fsync(file.fileno())

    def compact(self) -> None:
        """Write the file anew without what was replaced or removed, by name."""
        fresh = self.path.with_name(self.path.name + ".part")
        fresh.unlink(missing_ok=True)
        copy = Journal(fresh)
        fresh.touch()
        for name in self.names():
            copy.put(name, self.read(name))
        copy.sync()
        fresh.replace(self.path)
        self._members, self._end, self._lost = copy._members, copy._end, 0

    @property
    def waste(self) -> int:
        """The bytes that `compact` would save."""
        return self._end - sum(member.end - member.start for member in self._members.values())

    def _append(self, name: str, digest: str, content: bytes) -> None:
        head, body = _member(name, digest, content)
        with self.path.open("r+b" if self.path.exists() else "w+b") as file:
            file.truncate(self._end)
            file.seek(self._end)
            file.write(head + body)
        data = self._end + len(head)
        self._record(Member(name, digest, self._end, data, data + len(body)))

    def _record(self, member: Member) -> None:
        self._end, self._lost = member.end, 0
        if member.removed:
            self._members.pop(member.name, None)
        else:
            self._members[member.name] = member

    def _scan(self) -> None:
        """Read the headers alone, from one to the next."""
        total = self.path.stat().st_size
        with self.path.open("rb") as file:
            while self._end < total:
                member = self._header(file.read(_LONGEST_NAME), self._end)
                if member is None or member.end > total:
                    self._lost = total - self._end
                    return
                self._record(member)
                file.seek(member.end)

    def _header(self, head: bytes, start: int) -> Member | None:
        """The member that begins here, or None where the file ends within its header."""
        fixed = len(_MAGIC) + len(_EXTRA) + 8
        name_end = head.find(b"\0", fixed)
        comment_end = head.find(b"\0", name_end + 1) if name_end >= 0 else -1
        finished = comment_end >= 0 and len(head) >= comment_end + 3
        if not head.startswith((_MAGIC + _EXTRA)[: len(head)]) or (
            not finished and len(head) == _LONGEST_NAME
        ):
            raise self._damage(self._last(), start)
        if not finished:
            return None
        checksum = int.from_bytes(head[comment_end + 1 : comment_end + 3], "little")
        if zlib.crc32(head[: comment_end + 1]) & 0xFFFF != checksum:
            raise self._damage(self._last(), start)
        length = int.from_bytes(head[fixed - 8 : fixed], "little")
        data = start + comment_end + 3
        name, digest = (
            head[fixed:name_end].decode("latin-1"),
            head[name_end + 1 : comment_end].decode("latin-1"),
        )
        return Member(name, digest, start, data, data + length)

    def _last(self) -> str:
        return (
            max(self._members.values(), key=lambda member: member.end).name
            if self._members
            else "the beginning"
        )

    def _damage(self, name: str, start: int) -> GraphError:
        return GraphError(
            f"{self.path}: damaged at byte {start}, at or after {name}. "
            "Copy the file from a backup, or build the graph again from its articles."
        )

    def __iter__(self) -> Iterator[Member]:
        """The members that count, in the order they were written."""
        return iter(sorted(self._members.values(), key=lambda member: member.start))


def _member(name: str, digest: str, content: bytes) -> tuple[bytes, bytes]:
    """Header, and compressed data with its trailer, as RFC 1952 has them."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    packed += _trailer(content)
    head = _MAGIC + _EXTRA + len(packed).to_bytes(8, "little")
    head += name.encode("latin-1") + b"\0" + digest.encode("latin-1") + b"\0"
    return head + (zlib.crc32(head) & 0xFFFF).to_bytes(2, "little"), packed


def _trailer(content: bytes) -> bytes:
    return zlib.crc32(content).to_bytes(4, "little") + (len(content) & 0xFFFFFFFF).to_bytes(4, "little")
