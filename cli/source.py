"""Where a command asks: a built graph in a folder, or a SPARQL endpoint."""

from __future__ import annotations

import os
from pathlib import Path

import typer

from cli.console import fail
from graph.remote import RemoteStore
from graph.store import open_store
from queries import Source

GraphOption = typer.Option("--graph", "-g", help="Folder that `build` wrote.", envvar="INSPECTION_GRAPH")
EndpointOption = typer.Option("--endpoint", help="SPARQL 1.1 endpoint to ask instead of a folder.")


def source(graph: Path | None, endpoint: str | None) -> Source:
    """The source that the options name; exits with a message where they name none."""
    if endpoint:
        return RemoteStore(endpoint)
    if graph is None:
        raise fail("no graph is named", remedy="Add --graph FOLDER (that `build` wrote) or --endpoint URL.", code=2)
    return open_store(Path(os.fspath(graph)))
