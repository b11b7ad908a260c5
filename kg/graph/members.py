"""A member of a journal by itself: an article's N-Quads as gzip, with its name, its hash and its length in the header."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from kg.errors import GraphError

__all__ = ["LONGEST_HEADER", "Member", "Packed", "header", "pack", "removal", "segment", "unpack", "unpacked"]

# RFC 1952: deflate, with header checksum, extra field, name and comment; no time, unknown system.
_MAGIC = b"\x1f\x8b\x08\x1e\x00\x00\x00\x00\x00\xff"
# The extra field: subfield "KG" of 14 bytes: length of the data, length of the header, checksum of the two.
_EXTRA = b"\x12\x00KG\x0e\x00"
_FIXED = len(_MAGIC) + len(_EXTRA) + 14
LONGEST_HEADER = 1 << 16


@dataclass(frozen=True, slots=True)
class Member:
    """An article's place in the journal: bytes of the file, and the sha256 of its N-Quads."""

    name: str
    sha256: str
    start: int
    data: int
    end: int
    note: str = ""

    @property
    def removed(self) -> bool:
        """Whether this is the mark of a removal."""
        return self.sha256 == "removed"


@dataclass(frozen=True, slots=True)
class Packed:
    """A member by itself: its name, its note, the sha256 of its N-Quads, and these as a journal has them."""

    name: str
    note: str
    sha256: str
    body: bytes

    def content(self) -> bytes:
        """The N-Quads. Raises GraphError where they are not what was packed."""
        content = unpacked(self.body, self.sha256)
        if content is None:
            raise GraphError(f"{self.name}: damaged on its way into the journal. Read the article again.")
        return content


def pack(name: str, content: bytes, note: str = "") -> Packed:
    """N-Quads as a member of a journal; the note is one line of ASCII."""
    return Packed(name, note, sha256(content).hexdigest(), _compressed(content))


def segment(members: Iterable[Packed]) -> bytes:
    """Members one after the other, as they stand in a journal."""
    return b"".join(_head(member) + member.body for member in members)


def unpack(content: bytes) -> Iterator[Packed]:
    """The members of a segment. Raises ValueError where it is none."""
    start = 0
    while start < len(content):
        member = header(content[start : start + LONGEST_HEADER], start)
        if member is None or member.end > len(content):
            raise ValueError("the segment is cut short")
        yield Packed(member.name, member.note, member.sha256, content[member.data : member.end])
        start = member.end


def header(head: bytes, start: int) -> Member | None:
    """The member whose header this begins with, or None where it ends too early. Raises ValueError: no header."""
    if not head.startswith((_MAGIC + _EXTRA)[: len(head)]):
        raise ValueError(start)
    if len(head) < _FIXED:
        return None
    lengths, checksum = head[_FIXED - 14 : _FIXED - 4], head[_FIXED - 4 : _FIXED]
    if zlib.crc32(lengths).to_bytes(4, "little") != checksum:
        raise ValueError(start)
    size = int.from_bytes(lengths[8:], "little")
    if len(head) < size:
        return None
    if (zlib.crc32(head[: size - 2]) & 0xFFFF).to_bytes(2, "little") != head[size - 2 : size]:
        raise ValueError(start)
    name, comment = head[_FIXED : size - 3].decode("latin-1").split("\0")
    digest, _, note = comment.partition(" ")
    data = start + size
    return Member(name, digest, start, data, data + int.from_bytes(lengths[:8], "little"), note)


def _head(member: Packed) -> bytes:
    """The header, as RFC 1952 has it."""
    comment = f"{member.sha256} {member.note}" if member.note else member.sha256
    names = member.name.encode("latin-1") + b"\0" + comment.encode("latin-1") + b"\0"
    lengths = len(member.body).to_bytes(8, "little") + (_FIXED + len(names) + 2).to_bytes(2, "little")
    head = _MAGIC + _EXTRA + lengths + zlib.crc32(lengths).to_bytes(4, "little") + names
    return head + (zlib.crc32(head) & 0xFFFF).to_bytes(2, "little")


def removal(name: str) -> Packed:
    """The mark that a member of that name is gone."""
    return Packed(name, "", "removed", _compressed(b""))


def _compressed(content: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush() + _trailer(content)


def unpacked(body: bytes, digest: str) -> bytes | None:
    """The content, or None where it is not what was packed."""
    try:
        content = zlib.decompress(body[:-8], -15)
    except zlib.error:
        return None
    whole = body[-8:] == _trailer(content) and sha256(content).hexdigest() == digest
    return content if whole else None


def _trailer(content: bytes) -> bytes:
    return zlib.crc32(content).to_bytes(4, "little") + (len(content) & 0xFFFFFFFF).to_bytes(4, "little")
