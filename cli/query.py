"""`query`: ask a question of the library, of a file or of standard input; `queries`: what there is to ask."""

from __future__ import annotations

import json
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pyoxigraph as ox
import typer
from rich.text import Text

import queries
from cli.console import err, fail, out, print_table
from cli.source import EndpointOption, GraphOption, source
from queries import Question

MOST = 1000
"""Rows that a table for people shows where no limit is given."""


class Format(StrEnum):
    """How an answer is written."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    xml = "xml"
    parquet = "parquet"
    turtle = "turtle"


def complete_question(incomplete: str) -> list[tuple[str, str]]:
    """The questions whose names begin so, each with what it asks, for the shell."""
    return [(q.name, q.question) for q in queries.library().values() if q.name.startswith(incomplete)]


def complete_parameter(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The parameters of the question that the command line names so far, and after `=` their values, for the shell."""
    question = queries.library().get(ctx.params.get("name") or _question_in_line())
    parameters = {p.name: p for p in question.parameters} if question else {}
    name, equals, begun = incomplete.partition("=")
    if not equals:
        return [(f"{p.name}=", p.help) for p in parameters.values() if p.name.startswith(name)]
    if name not in parameters:
        return []
    parameter = parameters[name]
    values = dict(queries.known_names(parameter.type)) or {parameter.example: f"as in {parameter.example}"}
    return [(f"{name}={value}", means) for value, means in values.items() if value.startswith(begun.casefold())]


def _question_in_line() -> str:
    """The question in the line as the shell hands it over: with `--param` last, click parses no further than that."""
    line = os.environ.get("_TYPER_COMPLETE_ARGS") or os.environ.get("COMP_WORDS") or ""
    return next((word for word in line.split()[1:] if word in queries.library()), "")


def query(
    name: Annotated[
        str,
        typer.Argument(
            help="A question of the library, a file, or - for standard input.", autocompletion=complete_question
        ),
    ],
    graph: Annotated[Path | None, GraphOption] = None,
    endpoint: Annotated[str | None, EndpointOption] = None,
    param: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", help="name=value; a label or an IRI.", autocompletion=complete_parameter),
    ] = None,
    format: Annotated[
        Format, typer.Option("--format", "-f", help="Turtle is for CONSTRUCT; Parquet needs the extra 'parquet'.")
    ] = Format.table,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; standard output by default.")] = None,
    columns: Annotated[str, typer.Option(help="Of a table: only these columns, parted by commas.")] = "",
    limit: Annotated[int | None, typer.Option(min=0, help=f"Of a table: at most so many rows, else {MOST}.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Print the final SPARQL instead of asking it.")] = False,
) -> None:
    """Ask a question.

    Example: inspection-graph query weaknesses-by-authority --graph demo/graph --param authority=Harrowdale
    """
    question = _question(name)
    asked = source(graph, endpoint)
    parameters = as_parameters(param or [])
    if explain:
        print(queries.prepare(question, asked, parameters))
    elif format is Format.table:
        _print_answer(queries.table(question, asked, parameters, most=MOST if limit is None else limit), asked, columns)
    elif output is None and format is Format.parquet and sys.stdout.isatty():
        raise fail("Parquet is not for reading on a terminal", remedy="Add --output FILE.", code=2)
    elif output is None:
        queries.write(queries.ask(question, asked, parameters), format.value, sys.stdout.buffer)
    else:
        _write_file(queries.ask(question, asked, parameters), format, output)


def list_queries(
    name: Annotated[str | None, typer.Argument(help="One question, in full.", autocompletion=complete_question)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For a program.")] = False,
) -> None:
    """List the questions of the library, or show one in full.

    Example: inspection-graph queries after-recommendation
    """
    found = [queries.find_question(name)] if name else list(queries.library().values())
    if as_json:
        print(json.dumps([_as_dict(q) for q in found], indent=1, ensure_ascii=False))
    elif name:
        print(found[0].sparql, end="")
    else:
        folder = ""
        for question in found:
            if question.folder != folder:
                folder = question.folder
                out.print(Text(f"\n{folder}", style="bold"))
            takes = " ".join(f"{p.name}=" for p in question.parameters)
            out.print(Text.assemble(f"  {question.name}", (f"  {takes}" if takes else "", "dim")))
            out.print(Text(f"      {question.question}"))


def _question(name: str) -> Question:
    if name == "-":
        return queries.read_question("standard input", "", sys.stdin.read())
    return queries.find_question(name)


def as_parameters(given: list[str]) -> dict[str, str]:
    pairs = [item.partition("=") for item in given]
    if wrong := [item for item, (_, equals, _) in zip(given, pairs, strict=True) if not equals]:
        raise fail(f"'{wrong[0]}' is no parameter", remedy="Write --param name=value.", code=2)
    if twice := [name for k, (name, _, _) in enumerate(pairs) if name in {other for other, _, _ in pairs[:k]}]:
        raise fail(f"parameter '{twice[0]}' is given twice", remedy="A question takes one value of each.", code=2)
    return {name: value for name, _, value in pairs}


def _print_answer(table: queries.Table, asked: queries.Source, columns: str) -> None:
    wanted = [c for c in columns.split(",") if c]
    if unknown := [c for c in wanted if c not in table.columns]:
        raise fail(f"there is no column '{unknown[0]}'", remedy=f"It has: {', '.join(table.columns)}.", code=2)
    iris = {t.value for row in table.rows for t in row if isinstance(t, ox.NamedNode)}
    print_table(table, queries.labels(asked, iris), wanted)
    if table.beyond:
        all_rows = len(table.rows) + table.beyond
        err.print(f"{len(table.rows)} of {all_rows} rows; --limit shows more, --format csv writes all", style="dim")


def _write_file(answer: queries.Answer, format: Format, file: Path) -> None:
    """A file that is there is whole: what breaks off in the middle leaves nothing under that name."""
    part = file.with_name(file.name + ".part")
    try:
        with part.open("wb") as target:
            queries.write(answer, format.value, target)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _as_dict(question: Question) -> dict[str, object]:
    return {
        "name": question.name,
        "folder": question.folder,
        "question": question.question,
        "row": question.row,
        "caveats": list(question.caveats),
        "parameters": [
            {"name": p.name, "type": p.type, "default": p.default, "help": p.help, "example": p.example}
            for p in question.parameters
        ],
        "sparql": question.sparql,
    }
