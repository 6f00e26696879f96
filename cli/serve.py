"""`serve`: a SPARQL endpoint over a copy of a built store, which is read and nothing else."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import pyoxigraph as ox
import typer

from cli.console import err, fail
from cli.source import GraphOption
from graph.store import open_store


def serve(
    graph: Annotated[Path, GraphOption],
    host: Annotated[str, typer.Option(help="Address to listen on; loopback unless told otherwise.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 for any that is free.", min=0, max=65535)] = 7878,
    timeout: Annotated[float, typer.Option(help="Seconds after which a query is stopped.", min=0.1)] = 30,
    max_answer: Annotated[int, typer.Option(help="Largest answer, in MiB.", min=1)] = 100,
    memory: Annotated[int, typer.Option(help="Memory of each process of the store, in MiB; 0: any.", min=0)] = 4096,
    workers: Annotated[int, typer.Option(help="Queries answered at once; 0: by the number of cores.", min=0)] = 0,
    cors: Annotated[
        list[str] | None, typer.Option(help="Pages of this origin may ask, such as https://example.org; '*': any.")
    ] = None,
) -> None:
    """Serve a built graph over SPARQL until interrupted: an editor at /, the protocol at /query, the data's IRIs below.

    Example: inspection-graph serve --graph demo/graph --port 7878
    """
    from cli.endpoint import PortTaken, Settings, StoreFailed, run  # noqa: PLC0415 - the other commands start sooner

    with tempfile.TemporaryDirectory(prefix="inspection-graph-") as folder:
        copy = Path(folder) / "store"
        settings = Settings(
            copy,
            _copied(graph, copy),
            _oxigraph(),
            host=host,
            port=port,
            time_limit=timeout,
            answer_limit=max_answer * 2**20,
            memory_limit=memory * 2**20,
            origins=tuple(cors or ()),
            workers=workers or max(2, (os.cpu_count() or 1) + 1),
        )
        try:
            run(settings, _announce)
        except PortTaken as error:
            where = f"{host}, port {port}"
            raise fail(f"cannot listen on {where}: {error}", remedy="--port names another.", code=3) from None
        except StoreFailed as error:
            raise fail(f"the Oxigraph server did not start: {error}", code=3) from None


def _copied(graph: Path, copy: Path) -> frozenset[str]:
    """Copy the store of a build; the names of its graphs."""
    store = open_store(graph)
    store.backup(copy)
    return frozenset(name.value for name in store.named_graphs() if isinstance(name, ox.NamedNode))


def _announce(address: str) -> None:
    err.print(f"{address}query answers SPARQL, read-only; {address} has an editor (interrupt to stop)", soft_wrap=True)


def _oxigraph() -> str:
    beside = Path(sys.executable).with_name("oxigraph")
    found = str(beside) if beside.exists() else shutil.which("oxigraph")
    if not found:
        raise fail("the Oxigraph server is not installed", remedy="Install it with: pip install oxigraph", code=3)
    return found
