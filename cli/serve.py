"""`serve`: the real Oxigraph server, read-only, over a copy of a built store."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from cli.console import err, fail
from cli.source import GraphOption
from graph.store import open_store


def serve(
    graph: Annotated[Path, GraphOption],
    host: Annotated[str, typer.Option(help="Address to listen on; loopback unless told otherwise.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 7878,
    timeout: Annotated[int, typer.Option(help="Seconds after which a query is stopped.")] = 30,
) -> None:
    """Serve a built graph over SPARQL until interrupted.

    Example: inspection-graph serve --graph demo/graph --port 7878
    """
    program = _oxigraph()
    with tempfile.TemporaryDirectory(prefix="inspection-graph-") as folder:
        copy = Path(folder) / "store"
        open_store(graph).backup(copy)
        err.print(f"http://{host}:{port}/query answers SPARQL, read-only (interrupt to stop)")
        command = [program, "serve-read-only", "--location", str(copy), "--bind", f"{host}:{port}"]
        command += ["--union-default-graph", "--timeout-s", str(timeout)]
        try:
            code = subprocess.run(command, check=False).returncode
        except KeyboardInterrupt:
            return
    if code:
        raise fail(f"the server stopped with code {code}", remedy="Is the port free? --port names another.", code=3)


def _oxigraph() -> str:
    beside = Path(sys.executable).with_name("oxigraph")
    found = str(beside) if beside.exists() else shutil.which("oxigraph")
    if not found:
        raise fail("the Oxigraph server is not installed", remedy="Install it with: pip install oxigraph", code=3)
    return found
