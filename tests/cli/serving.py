"""The endpoint as a user starts it: a process of its own over the samples, and a port that nobody else has."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
PATIENCE = 60


class Endpoint:
    """A running `serve`; `said` is what it printed on standard error so far."""

    def __init__(self, built: Path, folder: Path, *options: str, port: int = 0) -> None:
        self.folder = folder
        self._log = folder / f"serve-{time.monotonic_ns()}.log"
        command = [sys.executable, "-m", "cli", "serve", "--graph", str(built), "--port", str(port), *options]
        environment = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1", "TMPDIR": str(folder)}
        with self._log.open("w") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=ROOT, env=environment
            )

    def ready(self) -> Endpoint:
        """The same, once it says that it answers."""
        end = time.monotonic() + PATIENCE
        while not (said := re.search(r"(http://\S+:\d+)/query answers", self.said)):
            assert time.monotonic() < end and self.process.poll() is None, self.said
            time.sleep(0.02)
        self.home = said[1]
        self.http = httpx.Client(base_url=self.home, timeout=PATIENCE, trust_env=False)
        return self

    @property
    def said(self) -> str:
        return self._log.read_text()

    def ask(self, query: str, accept: str = "text/csv", **more: str) -> httpx.Response:
        return self.http.get("/query", params={"query": query, **more}, headers={"Accept": accept})

    def __enter__(self) -> Endpoint:
        return self.ready()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def servers(self) -> list[int]:
        """The processes of Oxigraph that it started and that still run."""
        return [pid for pid, parent in _parents().items() if parent == self.process.pid]

    def stop(self, how: int = signal.SIGINT) -> int:
        """Tell it to stop; its exit code."""
        if hasattr(self, "http"):
            self.http.close()
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(PATIENCE)


def _parents() -> dict[int, int]:
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in listed.splitlines()]
    return {int(pid): int(parent) for pid, parent, state in rows if not state.startswith("Z")}


def running(pid: int) -> bool:
    return pid in _parents()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
