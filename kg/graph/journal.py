"""The record of what was read: one gzip member of sorted N-Quads for each article, appended and never changed.

    member = gzip( sorted N-Quads ), in its header: the article's name, the sha256 of the N-Quads, how long it is

`zcat journal` shows it all. A later member of the same name replaces the earlier one; an empty one removes it.
A member may carry a note in its header: what its writer wants to know again without unpacking it. Members whose
name begins with "spare-" are kept, but are no part of the graph.
The header has a checksum of its own, so a torn tail (the last write was interrupted: it is left out) is told
from damage (a bit has flipped: the journal says where and in which article).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO

from kg.errors import GraphError
from kg.graph.members import LONGEST_HEADER, Member, Packed, header, pack, removal, segment, unpacked

__all__ = ["SPARE", "Journal", "MemoryJournal"]

# What the names of members begin with that are kept but do not count.
SPARE = "spare-"
# What the journal of a graph is called; one that is to take its place has another name.
NAME = "journal"


class MemoryJournal:
    """The same, kept in memory: for graphs that are not saved."""

    def __init__(self) -> None:
        self._content: dict[str, bytes] = {}
        self._notes: dict[str, str] = {}

    def names(self) -> list[str]:
        """The names of the members that count, sorted."""
        return sorted(name for name in self._content if not name.startswith(SPARE))

    def spares(self) -> list[str]:
        """The names of the members that are kept without counting, sorted."""
        return sorted(name for name in self._content if name.startswith(SPARE))

    def note(self, name: str) -> str:
        """What the writer of a member noted of it."""
        return self._notes.get(name, "")

    def digest(self, name: str) -> str:
        """The sha256 of an article's N-Quads."""
        return sha256(self._content[name]).hexdigest()

    def read(self, name: str) -> bytes:
        """The N-Quads of an article."""
        return self._content[name]

    def put(self, name: str, content: bytes, note: str = "") -> None:
        """Record an article, in place of what had that name."""
        self._content[name] = content
        self._notes[name] = note

    def put_packed(self, member: Packed) -> None:
        """Record an article that was packed elsewhere."""
        self.put(member.name, member.content(), member.note)

    def packed(self, name: str) -> Packed:
        """A member, to be put into another journal."""
        return pack(name, self._content[name], self.note(name))

    def remove(self, name: str) -> None:
        """Forget an article."""
        self._content.pop(name, None)
        self._notes.pop(name, None)


class Journal:
    """The file, read by name and appended to. One process writes at a time; its caller holds the lock."""

    def __init__(self, path: Path, *, upto: int | None = None) -> None:
        """`upto` is where a reader stops: the bytes that were committed, while another process appends more."""
        self.path = path
        self._members: dict[str, Member] = {}
        self._end = 0
        self._lost = 0
        # Called once, before the next change of the file that has the journal's own name.
        self.watch: Callable[[], object] | None = None
        # What was read stays readable from the file that was opened, should another take its place.
        self._file: int | None = None
        if path.exists():
            with path.open("rb") as file:
                self._file = os.dup(file.fileno())
                self._scan(file, upto)

    def __del__(self) -> None:
        if self._file is not None:
            os.close(self._file)

    def names(self) -> list[str]:
        """The names of the members that count, sorted."""
        return sorted(name for name in self._members if not name.startswith(SPARE))

    def spares(self) -> list[str]:
        """The names of the members that are kept without counting, sorted."""
        return sorted(name for name in self._members if name.startswith(SPARE))

    def note(self, name: str) -> str:
        """What the writer of a member noted of it."""
        return self._members[name].note

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
        content = unpacked(self._body(member), member.sha256)
        if content is None:
            raise self._damage(member.name, member.start)
        return content

    def packed(self, name: str) -> Packed:
        """A member, to be put into another journal. Raises GraphError where it is not what was written."""
        self.read(name)
        member = self._members[name]
        return Packed(name, member.note, member.sha256, self._body(member))

    def _body(self, member: Member) -> bytes:
        if self._file is None:
            self._file = os.open(self.path, os.O_RDONLY)
        return os.pread(self._file, member.end - member.data, member.data)

    def put(self, name: str, content: bytes, note: str = "") -> None:
        """Append an article; `sync` sees it to the disk."""
        self.put_packed(pack(name, content, note))

    def put_packed(self, member: Packed) -> None:
        """Append an article that was packed elsewhere."""
        self._append(member)

    def remove(self, name: str) -> None:
        """Append the mark of a removal."""
        if name in self._members:
            self._append(removal(name))

    def sync(self) -> None:
        """See all that was appended to the disk."""
        if self.path.exists():
            with self.path.open("r+b") as file:
                os.fsync(file.fileno())

    def compact(self) -> None:
        """Write the file anew without what was replaced or removed, by name."""
        copy = self.copy(self.path.with_name(self.path.name + ".part"))
        copy.move(self.path)
        self._members, self._end, self._lost = copy._members, copy._end, 0
        self._file, copy._file = copy._file, self._file

    def copy(self, path: Path) -> Journal:
        """What counts of this journal in another file, by name."""
        path.unlink(missing_ok=True)
        copy = Journal(path)
        path.touch()
        for name in (*self.names(), *self.spares()):
            copy.put_packed(self.packed(name))
        copy.sync()
        copy.watch = self.watch
        return copy

    def move(self, path: Path) -> None:
        """Give the file another name, in place of what had it."""
        self._tell(path)
        if not self.path.exists():
            self.path.touch()
        self.path.replace(path)
        self.path = path

    @property
    def waste(self) -> int:
        """The bytes that `compact` would save."""
        return self._end - sum(member.end - member.start for member in self._members.values())

    def _append(self, member: Packed) -> None:
        self._tell(self.path)
        whole = segment([member])
        with self.path.open("r+b" if self.path.exists() else "w+b") as file:
            file.truncate(self._end)
            file.seek(self._end)
            file.write(whole)
        end = self._end + len(whole)
        self._record(Member(member.name, member.sha256, self._end, end - len(member.body), end, member.note))

    def _tell(self, path: Path) -> None:
        """Say that this file is about to change."""
        if self.watch is not None and path.name == NAME:
            watch, self.watch = self.watch, None
            watch()

    def _record(self, member: Member) -> None:
        self._end, self._lost = member.end, 0
        if member.removed:
            self._members.pop(member.name, None)
        else:
            self._members[member.name] = member

    def _scan(self, file: IO[bytes], upto: int | None) -> None:
        """Read the headers alone, from one to the next."""
        total = os.fstat(file.fileno()).st_size
        while self._end < total and self._end != upto:
            file.seek(self._end)
            member = self._header(file.read(LONGEST_HEADER), self._end)
            if member is None or member.end > total:
                self._lost = total - self._end
                return
            self._record(member)

    def _header(self, head: bytes, start: int) -> Member | None:
        """The member that begins here, or None where the file ends within its header."""
        try:
            return header(head, start)
        except ValueError:
            raise self._damage(self._last(), start) from None

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
