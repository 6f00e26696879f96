"""Where a command asks: a built graph in a folder, or a SPARQL endpoint."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import typer

from cli.console import fail
from graph.remote import RemoteStore
from graph.store import open_store
from queries import Source

GraphOption = typer.Option("--graph", "-g", help="The folder that `build` wrote.", envvar="INSPECTION_GRAPH")
EndpointOption = typer.Option("--endpoint", help="A SPARQL 1.1 endpoint to ask instead of a folder.")


class BuiltGraph:
    """The store of a build, all its graphs taken together where a query names none."""

    def __init__(self, folder: Path) -> None:
        self.name = str(folder)
        self._store = open_store(folder)

    def query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Answer one query."""
        return self._store.query(sparql, use_default_graph_as_union=True)


def source(graph: Path | None, endpoint: str | None) -> Source:
    """The source that the options name; exits with a message where they name none."""
    if endpoint:
        return RemoteStore(endpoint)
    if graph is None:
        raise fail("no graph is named", remedy="Add --graph FOLDER (that `build` wrote) or --endpoint URL.", code=2)
    return BuiltGraph(graph)
