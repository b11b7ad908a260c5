"""What a server is told once, when it starts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kg.ontology import ID

__all__ = ["Limits", "Settings"]

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may cost, and how many may run; each bound is what one of the tested attacks needs."""

    seconds: float = 20.0
    memory: int = (
        2048 * MEBIBYTE
    )  # address space of one worker; its stack takes 512 MiB of it, mostly untouched
    rows: int = 10_000
    answer_bytes: int = 64 * MEBIBYTE
    query_bytes: int = 64 * 1024
    body_bytes: int = MEBIBYTE
    workers: int = 2
    waiting: int = 64  # requests that may wait for a worker; the next is told to come back
    wait_seconds: float = 5.0
    request_seconds: float = 10.0  # to send a request whole
    idle_seconds: float = 5.0  # between two requests of one connection
    response_seconds: float = 30.0  # to take an answer
    connections: int = 4096

    def __post_init__(self) -> None:
        for name in ("seconds", "memory", "rows", "workers", "query_bytes"):
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} must be positive")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the graph is, where it is served, and who may ask.

    `hosts` are further names that a request may be addressed to; loopback names are always allowed. `token` opens
    updates to whoever sends it; without one the server never writes. `base` is what the IRIs of entities begin with;
    `questions` a folder of named questions in place of those that come with kg.
    """

    folder: Path
    host: str = "127.0.0.1"
    port: int = 8000
    hosts: tuple[str, ...] = ()
    token: str = ""
    base: str = ID
    questions: Path | None = None
    log_queries: bool = False
    limits: Limits = field(default_factory=Limits)
