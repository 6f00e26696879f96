"""One process of the Oxigraph server, which answers one query at a time."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

import httpx

from cli.endpoint.settings import Settings

CONFINED = Path(__file__).with_name("confined.py")
PATIENCE = 30.0
TRIES = 3
LATER = 5
"""By how much a slow query's priority is lowered: a third of the share of the others, not none on a busy machine."""


class StoreFailed(Exception):
    """The Oxigraph server did not start; the message is what it said."""


class Worker:
    """A running server of the store on a loopback port of its own; made by `start`."""

    def __init__(self, process: Process, port: int, client: httpx.AsyncClient, log: Path) -> None:
        self._process, self._client, self._log = process, client, log
        self._url = f"http://127.0.0.1:{port}/query"
        self._said = 0
        self.slow = False

    @classmethod
    async def start(cls, settings: Settings, client: httpx.AsyncClient, log: Path) -> Worker:
        """Start a process and wait until it answers; StoreFailed where it does not."""
        for _ in range(TRIES):
            port = _free_port()
            with log.open("wb") as said:
                process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-I", "-S", str(CONFINED), str(settings.memory_limit), settings.program),
                    *("serve-read-only", "--location", str(settings.store), "--bind", f"127.0.0.1:{port}"),
                    "--union-default-graph",
                    stdin=DEVNULL,
                    stdout=DEVNULL,
                    stderr=said,
                    start_new_session=True,
                )
            worker = cls(process, port, client, log)
            try:
                if await worker._ready():
                    return worker
            except BaseException:
                worker.kill()
                raise
            await worker.stop(keep_log=True)
        raise StoreFailed(log.read_text(encoding="utf8", errors="replace").strip() or "it did not answer in time")

    async def _ready(self) -> bool:
        """Whether the process came to answer; False where it ended, as when another took its port."""
        end = asyncio.get_running_loop().time() + PATIENCE
        while asyncio.get_running_loop().time() < end and self.alive:
            try:
                answer = await self._client.post(self._url, data={"query": "ASK {}"}, headers={"Accept": "text/csv"})
            except httpx.TransportError:
                await asyncio.sleep(0.005)
            else:
                return answer.status_code == 200
        return False

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    @property
    def pid(self) -> int:
        return self._process.pid

    @asynccontextmanager
    async def asked(self, query: str, accept: str, dataset: Sequence[tuple[str, str]]) -> AsyncIterator[httpx.Response]:
        """The server's answer, of which only the head has come yet; httpx.TransportError where the process breaks."""
        self._said = self._log.stat().st_size
        form = urlencode([("query", query), *dataset])  # an address would be too short for many graphs
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
        async with self._client.stream("POST", self._url, content=form.encode(), headers=headers) as answer:
            yield answer

    def complaint(self) -> str:
        """What the server has said on its standard error since it was last asked: nothing, where all went well.

        It logs what goes wrong while an answer is being sent before it ends that answer, under status 200 and with the
        error's words inside the body.
        """
        if self._log.stat().st_size == self._said:
            return ""
        with self._log.open("rb") as log:
            log.seek(self._said)
            return log.read().decode("utf8", "replace").strip().partition("\n")[0]

    def make_way(self) -> None:
        """Let the other processes have more of the machine than this one, from now on."""
        self.slow = True
        if self.alive:
            with suppress(ProcessLookupError):
                os.setpriority(os.PRIO_PGRP, self.pid, LATER)

    def kill(self) -> None:
        """End the process, whatever it does."""
        if self.alive:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)

    async def stop(self, *, keep_log: bool = False) -> None:
        """End the process and wait until it is gone."""
        self.kill()
        await self._process.wait()
        if not keep_log:
            self._log.unlink(missing_ok=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
