"""What an article says by itself, kept beside what it says once all articles were compared.

    article-7ce1              what the graph has of the article: entities under the ids that all articles share
    spare-own-article-7ce1    what was read from it, with the ids that it gives itself; only where that differs

The note of the second names the sha256 of the first. Where they do not agree, the first was written since, by a
reading: then it is the article's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.graph.journal import SPARE, Journal, MemoryJournal
from kg.graph.members import Packed, pack

__all__ = ["forget_stale", "key", "own", "own_digest", "put_resolved", "reset"]

OWN = SPARE + "own-"


def own(journal: Journal | MemoryJournal, name: str) -> Packed:
    """What was read from an article, by itself."""
    if _is_kept(journal, name):
        return replace(journal.packed(OWN + name), name=name, note=journal.note(name))
    return journal.packed(name)


def own_digest(journal: Journal | MemoryJournal, name: str) -> str:
    """The sha256 of what was read from an article, by itself."""
    return journal.digest(OWN + name if _is_kept(journal, name) else name)


def key(journal: Journal | MemoryJournal, name: str) -> str:
    """What `put_resolved` was told of how the article was resolved; empty where it stands as it was read."""
    return journal.note(OWN + name).partition(" ")[2] if _is_kept(journal, name) else ""


def put_resolved(journal: Journal | MemoryJournal, name: str, content: bytes, how: str) -> None:
    """Let an article say this; `how` is one word by which `key` knows again what was done."""
    mine = own(journal, name)
    said = pack(name, content, mine.note)
    # First what was read, so that nothing is lost if the second is never written.
    journal.put_packed(replace(mine, name=OWN + name, note=f"{said.sha256} {how}"))
    journal.put_packed(said)


def reset(journal: Journal | MemoryJournal, name: str) -> None:
    """Let an article say again what was read from it."""
    journal.put_packed(own(journal, name))
    journal.remove(OWN + name)


def forget_stale(journal: Journal | MemoryJournal) -> None:
    """Remove what was kept of articles that are gone or were read anew."""
    for name in list(_kept(journal)):
        if not _is_kept(journal, name):
            journal.remove(OWN + name)


def _kept(journal: Journal | MemoryJournal) -> Iterator[str]:
    return (name.removeprefix(OWN) for name in journal.spares() if name.startswith(OWN))


def _is_kept(journal: Journal | MemoryJournal, name: str) -> bool:
    try:
        return journal.note(OWN + name).partition(" ")[0] == journal.digest(name)
    except KeyError:
        return False
