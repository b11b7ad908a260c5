"""Worker processes, kept warm with an open store, killed at their limit and replaced at once.

pool.ask(request) ──► a free worker ──► reply
                 └─► none free: wait a little, then Busy
                 └─► too long, out of memory, or the client has gone: kill, replace, say which
"""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import deque
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg.errors import GraphError
from kg.serve import frames
from kg.serve.settings import Limits

__all__ = ["Busy", "Killed", "Pool", "TimedOut"]

Header = dict[str, Any]
# A store of a million quads opens in 60 ms, one after a crash in 5 s.
START_SECONDS = 30.0
OK = 200


class Busy(Exception):  # noqa: N818 - it says what the server is
    """All workers are at work, and enough requests wait already."""


class TimedOut(Exception):  # noqa: N818
    """The query was ended at its time limit."""


class Killed(Exception):  # noqa: N818
    """The query ended its process: it needed more memory or a deeper stack than it may have."""


class Worker:
    """One process and the pipe to it."""

    def __init__(self, process: Process) -> None:
        self.process = process

    @classmethod
    async def start(cls, folder: Path, limits: Limits) -> Worker:
        """A worker that has opened the store; raises GraphError where it cannot."""
        environment = {**os.environ, "PYTHONPATH": os.fspath(Path(__file__).parents[2])}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "kg.serve.worker", stdin=PIPE, stdout=PIPE, stderr=DEVNULL,
            env=environment, start_new_session=True, limit=1 << 20,
        )  # fmt: skip
        worker = cls(process)
        ready = False
        try:
            async with asyncio.timeout(START_SECONDS):
                header, _ = await worker.ask(
                    {"folder": os.fspath(folder.resolve()), "limits": asdict(limits)}
                )
            ready = header["status"] == OK
        except (TimeoutError, asyncio.IncompleteReadError, ConnectionError) as error:
            raise GraphError(
                f"{folder}: no process could open this graph. Check it with: kg verify"
            ) from error
        finally:
            if not ready:
                worker.kill()
        if not ready:
            raise GraphError(header["message"])
        return worker

    async def ask(self, request: Header) -> tuple[Header, bytes]:
        """The reply to one frame."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(frames.pack(request))
        await self.process.stdin.drain()
        return await frames.receive(self.process.stdout)

    def kill(self) -> None:
        """Ends the process, whatever it does."""
        if self.process.returncode is None:
            self.process.kill()


class Pool:
    """A fixed number of workers for one graph folder."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder = folder
        self.limits = limits
        self.free: deque[Worker] = deque()
        self.waiting: deque[asyncio.Future[Worker]] = deque()
        self.working: set[Worker] = set()
        self.starting: set[asyncio.Task[None]] = set()
        self.started = 0
        self.closed = False

    async def open(self) -> None:
        """Starts all workers; raises GraphError where the folder has no graph."""
        for worker in await asyncio.gather(
            *(Worker.start(self.folder, self.limits) for _ in range(self.limits.workers))
        ):
            self.started += 1
            self.free.append(worker)

    async def ask(self, request: Header) -> tuple[Header, bytes]:
        """The reply to a request, within the time limit; raises Busy, TimedOut or Killed.

        When it is cancelled, because the client has gone, its query is ended too.
        """
        worker = await self.take()
        self.working.add(worker)
        done = False
        try:
            async with asyncio.timeout(self.limits.seconds):
                reply = await worker.ask(request)
            done = True
        except TimeoutError as error:
            raise TimedOut from error
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise Killed from error
        else:
            return reply
        finally:
            self.working.discard(worker)
            if done:
                self.give(worker)
            else:
                self.replace(worker)

    async def take(self) -> Worker:
        """A free worker, at once or within the waiting time."""
        while self.free:
            worker = self.free.popleft()
            if worker.process.returncode is None:
                return worker
            self.replace(worker)
        if len(self.waiting) >= self.limits.waiting:
            raise Busy
        place: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self.waiting.append(place)
        try:
            async with asyncio.timeout(self.limits.wait_seconds):
                return await place
        except (TimeoutError, asyncio.CancelledError) as error:
            if place.done() and not place.cancelled():  # handed over at the very moment of giving up
                self.give(place.result())
            elif place in self.waiting:
                self.waiting.remove(place)
            if isinstance(error, TimeoutError):
                raise Busy from error
            raise

    def give(self, worker: Worker) -> None:
        """Hands a worker to whoever waits longest, or keeps it."""
        while self.waiting:
            place = self.waiting.popleft()
            if not place.done():
                place.set_result(worker)
                return
        self.free.append(worker)

    def replace(self, worker: Worker) -> None:
        """Kills a worker and starts another in its place."""
        worker.kill()
        if not self.closed:
            task = asyncio.get_running_loop().create_task(self.start_one())
            self.starting.add(task)
            task.add_done_callback(self.starting.discard)

    async def start_one(self) -> None:
        """Starts a worker, again and again with a pause while the system refuses one."""
        while not self.closed:
            try:
                worker = await Worker.start(self.folder, self.limits)
            except (GraphError, OSError):
                await asyncio.sleep(1.0)
                continue
            self.started += 1
            if self.closed:
                worker.kill()
            else:
                self.give(worker)
            return

    async def close(self) -> None:
        """Ends all workers."""
        self.closed = True
        for task in list(self.starting):
            task.cancel()
        everyone = [*self.free, *self.working]
        for worker in everyone:
            worker.kill()
        await asyncio.gather(*(worker.process.wait() for worker in everyone))

    def gauges(self) -> dict[str, float]:
        """What `/metrics` says of the workers."""
        return {
            "workers_free": len(self.free),
            "workers_working": len(self.working),
            "workers_started": self.started,
            "requests_waiting": len(self.waiting),
        }
