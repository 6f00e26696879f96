"""Real triple stores, each started anew in a folder of its own, on a port that is free."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.publish import GraphStore, Target, Updates
from graph.remote import Credentials, Patience, RemoteStore, Service

NOBODY = Credentials()


@dataclass(frozen=True)
class Running:
    """A store that has been started: where it answers, takes graphs, and takes updates."""

    query: str
    graphs: str
    update: str
    credentials: Credentials = NOBODY

    @property
    def asked(self) -> RemoteStore:
        return RemoteStore(self.query, credentials=self.credentials)

    def target(self, kind: str = "graphs") -> Target:
        patience = Patience(timeout=60, pause=0.05)
        if kind == "graphs":
            return GraphStore(Service(self.graphs, self.credentials, patience))
        return Updates(Service(self.update, self.credentials, patience))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, server: subprocess.Popen[bytes], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            break
        time.sleep(0.05)
    pytest.fail(f"the store did not start: {server.args!r}")


@contextmanager
def stopped_at_the_end(command: list[str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            yield server
        finally:
            server.kill()
            server.wait()


@contextmanager
def oxigraph(folder: Path, *, read_only: bool = False) -> Iterator[Running]:
    """The Oxigraph server that the project depends on: in memory, or read-only over `folder`/store."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    kind = ["serve-read-only", "--location", str(folder / "store")] if read_only else ["serve"]
    program = str(Path(sys.executable).with_name("oxigraph"))
    command = [program, *kind, "--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    with stopped_at_the_end(command, folder) as server:
        wait_for(port, server)
        base = f"http://127.0.0.1:{port}"
        yield Running(f"{base}/query", f"{base}/store", f"{base}/update")


INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 10000
"""
GRANTS = """DB.DBA.USER_CREATE ('publisher', 'secret');
GRANT SPARQL_UPDATE TO "publisher";
GRANT SPARQL_SELECT TO "publisher";
DB.DBA.RDF_DEFAULT_USER_PERMS_SET ('nobody', 1);
DB.DBA.RDF_DEFAULT_USER_PERMS_SET ('publisher', 15);
"""


@contextmanager
def virtuoso(folder: Path) -> Iterator[Running]:
    """A Virtuoso 7 of its own with a user who may write, cut at 10,000 rows as it is out of the box."""
    program, isql = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if not program or not isql:
        pytest.skip("Virtuoso 7 is not installed: on Debian, apt-get install virtuoso-opensource-7-bin")
    folder.mkdir(parents=True, exist_ok=True)
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(INI.format(sql=sql, http=http))
    (folder / "grants.sql").write_text(GRANTS)
    with stopped_at_the_end([program, "+foreground", "+configfile", "virtuoso.ini"], folder) as server:
        wait_for(http, server)
        done = subprocess.run([isql, str(sql), "dba", "dba", "grants.sql"], cwd=folder, capture_output=True, check=True)
        assert b"Error" not in done.stdout + done.stderr, done.stdout
        base = f"http://127.0.0.1:{http}"
        known = Credentials("publisher", "secret")
        yield Running(f"{base}/sparql-auth", f"{base}/sparql-graph-crud-auth", f"{base}/sparql-auth", known)
