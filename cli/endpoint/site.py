"""The addresses of the endpoint, and its life from the first process to the last."""

from __future__ import annotations

import asyncio
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from cli.endpoint.app import application
from cli.endpoint.judge import grammar
from cli.endpoint.pool import Pool
from cli.endpoint.settings import MAX_ADDRESS, Settings
from cli.endpoint.worker import StoreFailed

__all__ = ["PortTaken", "StoreFailed", "run"]

FAREWELL = 2
"""Seconds that requests have to end when the endpoint is told to stop."""
MOST_REQUESTS = 512


class PortTaken(Exception):
    """The address cannot be listened on; the message is the system's."""


class _Server(uvicorn.Server):
    """Uvicorn without its own handling of signals, which would end the process before ours are stopped."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def run(settings: Settings, announce: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; `announce` is told the address once requests are answered.

    Raises PortTaken or StoreFailed. No process is left behind.
    """
    with _listening(settings) as listener, tempfile.TemporaryDirectory(prefix="inspection-graph-") as folder:
        asyncio.run(_serve(settings, listener, Path(folder), announce))


async def _serve(settings: Settings, listener: socket.socket, folder: Path, announce: Callable[[str], None]) -> None:
    serving = asyncio.current_task()
    assert serving is not None
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, serving.cancel)
    try:
        grammar()
        async with Pool(settings, folder) as pool:
            server = _Server(_config(settings, pool))
            answering = loop.create_task(server.serve(sockets=[listener]))
            try:
                while not server.started and not answering.done():
                    await asyncio.sleep(0.01)
                announce(_address(listener))
                await asyncio.shield(answering)
            finally:
                server.should_exit = True
                await answering
    except asyncio.CancelledError:
        return


def _config(settings: Settings, pool: Pool) -> uvicorn.Config:
    return uvicorn.Config(
        application(settings, pool),
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        h11_max_incomplete_event_size=MAX_ADDRESS,
        limit_concurrency=MOST_REQUESTS,
        timeout_graceful_shutdown=FAREWELL,
    )


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """The socket of the address, which no other program listens on."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(MOST_REQUESTS)
    except OSError as error:
        raise PortTaken(error.strerror or str(error)) from None
    with listener:
        yield listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
