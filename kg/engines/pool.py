"""Several processes of this machine read; each loads the model once.

A process that is killed (by the system for want of memory, say) takes the others' work in hand with it. The
articles that were in hand are then read again one by one, so that the one that kills its reader is set aside
alone.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, get_context, parent_process
from threading import Thread

from kg.engines.extraction import Recipe, extract_batch, rejection
from kg.model import Document

__all__ = ["Pool"]

Batch = Sequence[Document]

# Batches in hand for each process: one is read, one waits.
AHEAD = 2
# How often one article may end its reader before it is set aside.
CHANCES = 2


class Pool:
    """The engine of `--jobs N`."""

    batch = (4, 16_000)

    def __init__(self, jobs: int, recipe: Recipe) -> None:
        self._jobs = jobs
        self._recipe = recipe
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = None

    def run(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, bytes]]:
        """Each batch with its segment, in order; at most a few batches are in memory."""
        coming = iter(batches)
        in_hand: deque[tuple[Batch, Future[bytes] | None]] = deque()
        while True:
            while len(in_hand) < AHEAD * self._jobs and (batch := next(coming, None)) is not None:
                in_hand.append((batch, self._submit(batch)))
            if not in_hand:
                return
            batch, future = in_hand.popleft()
            segment = self._result(future)
            if segment is None:
                self._restart()
                segment = b"".join(self._alone(article) for article in batch)
                in_hand = deque((later, _if_done(future)) for later, future in in_hand)
                in_hand = deque((later, future or self._submit(later)) for later, future in in_hand)
            yield batch, segment

    def _submit(self, batch: Batch) -> Future[bytes] | None:
        """The promise of a segment; None where the processes are gone already."""
        if self._executor is None:
            self._executor = self._started(self._jobs)
        try:
            return self._executor.submit(extract_batch, batch, self._recipe)
        except BrokenProcessPool:
            return None

    def _result(self, future: Future[bytes] | None) -> bytes | None:
        try:
            return future.result() if future is not None else None
        except BrokenProcessPool:
            return None

    def _alone(self, article: Document) -> bytes:
        """The segment of one article, read while nothing else is: if its reader dies, it was this one's doing."""
        for _ in range(CHANCES):
            segment = self._result(self._submit([article]))
            if segment is not None:
                return segment
            self._restart()
        return rejection(
            article.name,
            f"{article.name}: its reader was ended by the system {CHANCES} times (too little memory?). "
            "Read it alone, or split it.",
        )

    def _restart(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = None

    def _started(self, jobs: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            jobs, mp_context=get_context("spawn"), initializer=_prepare, initargs=gc.get_threshold()
        )


def _if_done(future: Future[bytes] | None) -> Future[bytes] | None:
    """The promise, where it was kept."""
    kept = future is not None and future.done() and not future.cancelled() and future.exception() is None
    return future if kept else None


def _prepare(*garbage: int) -> None:
    """Make this process a reader: deaf to Ctrl-C (its parent hears it), gone when its parent is.

    It looks for garbage as seldom as its parent does.
    """
    gc.set_threshold(*garbage)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
