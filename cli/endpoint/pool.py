"""The processes that answer: lent one query at a time, ended where one does not end by itself, and replaced."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from types import TracebackType

import httpx

from cli.endpoint.refusals import Busy
from cli.endpoint.settings import Settings
from cli.endpoint.worker import StoreFailed, Worker


class Pool:
    """Processes over one store. A query that proves slow goes on beside them at a lower priority.

    A process whose answer did not come to its end (its time was up, its asker went away, it broke) is ended with its
    query and another takes its place: nothing else stops Oxigraph while it sorts or counts.
    """

    def __init__(self, settings: Settings, folder: Path) -> None:
        self._settings, self._folder = settings, folder
        self._client = httpx.AsyncClient(timeout=None, trust_env=False, limits=httpx.Limits(max_connections=None))
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._all: set[Worker] = set()
        self._slow = 0
        self._number = count()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False

    async def __aenter__(self) -> Pool:
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self._settings.workers):
                    group.create_task(self._add())
        except BaseException as error:
            await self._close()
            if isinstance(error, BaseExceptionGroup) and (failed := error.subgroup(StoreFailed)):
                raise StoreFailed(str(failed.exceptions[0])) from None
            raise
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        await self._close()

    async def _close(self) -> None:
        self._closing = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(worker.stop() for worker in self._all))
        await self._client.aclose()

    @asynccontextmanager
    async def lend(self) -> AsyncIterator[Loan]:
        """A process for one query; Busy where none becomes free within the time limit."""
        try:
            async with asyncio.timeout(self._settings.time_limit):
                worker = await self._free()
        except TimeoutError:
            raise Busy(self._settings.time_limit) from None
        loan = Loan(worker)
        slow = asyncio.get_running_loop().call_later(self._settings.slow_after, self._make_way, worker)
        try:
            yield loan
        finally:
            slow.cancel()
            self._take_back(loan)

    async def _free(self) -> Worker:
        while not (worker := await self._idle.get()).alive:  # ended from outside, as for want of memory
            self._replace(worker)
        return worker

    def _make_way(self, worker: Worker) -> None:
        if self._slow < self._settings.slow_lane:
            self._slow += 1
            worker.make_way()
            self._later(self._refill())

    def _take_back(self, loan: Loan) -> None:
        worker = loan.worker
        if loan.whole and worker.alive and not worker.slow:
            self._idle.put_nowait(worker)
        elif worker.slow:  # its place was taken when it made way
            self._slow -= 1
            self._end(worker)
        else:
            self._replace(worker)

    def _replace(self, worker: Worker) -> None:
        self._end(worker)
        if not self._closing:
            self._later(self._refill())

    def _end(self, worker: Worker) -> None:
        worker.kill()
        self._later(self._bury(worker))

    async def _bury(self, worker: Worker) -> None:
        await worker.stop()
        self._all.discard(worker)

    async def _refill(self) -> None:
        """Start a process in place of one; where the machine cannot now, it may later."""
        while True:
            try:
                return await self._add()
            except (StoreFailed, OSError):
                await asyncio.sleep(1)

    async def _add(self) -> None:
        worker = await Worker.start(self._settings, self._client, self._folder / f"worker-{next(self._number)}.log")
        self._all.add(worker)
        self._idle.put_nowait(worker)

    def _later(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class Loan:
    """A process that is lent for one query; it is asked again only if its borrower says that the answer was whole."""

    def __init__(self, worker: Worker) -> None:
        self.worker = worker
        self.whole = False
