"""`export`: the whole graph in a format that other tools read."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.console import err
from cli.source import GraphOption
from graph.export import export as write


class Format(StrEnum):
    """What `export` writes: Turtle and GraphML without the names of graphs, the others with them."""

    turtle = "turtle"
    nquads = "nquads"
    trig = "trig"
    jsonld = "jsonld"
    graphml = "graphml"


def export(
    graph: Annotated[Path, GraphOption],
    format: Annotated[Format, typer.Option("--format", "-f", help="The format.")] = Format.turtle,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; standard output by default.")] = None,
) -> None:
    """Write a built graph in another format.

    Example: inspection-graph export --graph demo/graph --format jsonld -o demo/graph.jsonld
    """
    if output is None:
        write(graph, format.value, sys.stdout.buffer)
        return
    part = output.with_name(output.name + ".part")
    try:
        with part.open("wb") as target:
            write(graph, format.value, target)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    err.print(f"wrote {output}", soft_wrap=True)
