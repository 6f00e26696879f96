"""`export`: the whole graph, the model or the questions in a format that other tools read."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import IO, Annotated

import typer

from cli.console import err, fail
from cli.source import GraphOption
from graph.exports import FORMATS, OF_THE_MODEL, export_model, export_tables
from graph.exports import export as write
from queries.catalogue import catalogue


class Format(StrEnum):
    """What `export` writes: a build, as CSV tables a folder of them; or the model or the questions, without a build."""

    turtle = "turtle"
    nquads = "nquads"
    trig = "trig"
    jsonld = "jsonld"
    graphml = "graphml"
    graphml_themes = "graphml-themes"
    graphml_authorities = "graphml-authorities"
    csvw = "csvw"
    questions = "questions"
    context = "context"
    frame = "frame"
    mermaid = "mermaid"


def export(
    graph: Annotated[Path | None, GraphOption] = None,
    format: Annotated[
        Format,
        typer.Option(
            "--format",
            "-f",
            help="The format. csvw is a folder of tables; questions, context, frame and mermaid need no graph.",
        ),
    ] = Format.turtle,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file, or a folder for csvw; standard output by default.")
    ] = None,
    target: Annotated[str | None, typer.Option(help="Of questions: the SPARQL endpoint that they are for.")] = None,
) -> None:
    """Write a built graph, the model or the questions in another format.

    Example: inspection-graph export --graph demo/graph --format jsonld -o demo/graph.jsonld
    """
    if format is Format.csvw:
        if output is None:
            raise fail("csvw is a folder of tables", remedy="Add --output FOLDER.", code=2)
        export_tables(_needed(graph), output)
    else:
        _to(output, _writer(format, graph, target))
    if output is not None:
        err.print(f"wrote {output}", soft_wrap=True)


def _writer(format: Format, graph: Path | None, target: str | None) -> Callable[[IO[bytes]], object]:
    if format is Format.questions:
        return lambda file: file.write(catalogue(target).encode())
    if format.value in OF_THE_MODEL:
        return lambda file: export_model(format.value, file)
    assert format.value in FORMATS
    folder = _needed(graph)
    return lambda file: write(folder, format.value, file)


def _needed(graph: Path | None) -> Path:
    if graph is None:
        raise fail("no graph is named", remedy="Add --graph FOLDER (that `build` wrote).", code=2)
    return graph


def _to(output: Path | None, write_to: Callable[[IO[bytes]], object]) -> None:
    """Write to the file, which is there whole or not at all, or to standard output."""
    if output is None:
        write_to(sys.stdout.buffer)
        return
    part = output.with_name(output.name + ".part")
    try:
        with part.open("wb") as file:
            write_to(file)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
