"""Where a command asks: a built graph in a folder, or a SPARQL endpoint."""

from __future__ import annotations

import os
from pathlib import Path

import pyoxigraph as ox
import typer
from rich.text import Text

from cli.console import err, fail
from graph.remote import Credentials, RemoteStore
from graph.store import open_store
from queries import Source

GraphOption = typer.Option("--graph", "-g", help="The folder that `build` wrote.", envvar="INSPECTION_GRAPH")
EndpointOption = typer.Option(
    "--endpoint",
    help="A SPARQL 1.1 endpoint to ask instead of a folder. INSPECTION_GRAPH_USER and INSPECTION_GRAPH_PASSWORD, or "
    "INSPECTION_GRAPH_TOKEN, tell it who asks; INSPECTION_GRAPH_TIMEOUT is how many seconds of silence are borne (60).",
)


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
        return RemoteStore(endpoint, timeout=timeout(), credentials=Credentials.from_environment(), notice=tell)
    if graph is None:
        raise fail("no graph is named", remedy="Add --graph FOLDER (that `build` wrote) or --endpoint URL.", code=2)
    return BuiltGraph(graph)


def tell(sentence: str) -> None:
    """Say on stderr what a person should know of an answer: that it may be cut, that it is asked for again."""
    err.print(Text(f"inspection-graph: {sentence}", style="yellow"))


def timeout() -> float:
    """The seconds that INSPECTION_GRAPH_TIMEOUT names; exits with a message where it names none."""
    given = os.environ.get("INSPECTION_GRAPH_TIMEOUT", "60")
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0.0
    if seconds <= 0:
        raise fail(f"INSPECTION_GRAPH_TIMEOUT is '{given}'", remedy="Set it to a number of seconds.", code=2)
    return seconds
