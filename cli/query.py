"""`query`: ask a question of the library, of a file or of standard input; `queries`: what there is to ask."""

from __future__ import annotations

import json
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


class Format(StrEnum):
    """How an answer is written."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    xml = "xml"
    turtle = "turtle"


RESULTS = {
    Format.csv: ox.QueryResultsFormat.CSV,
    Format.tsv: ox.QueryResultsFormat.TSV,
    Format.json: ox.QueryResultsFormat.JSON,
    Format.xml: ox.QueryResultsFormat.XML,
}


def complete_question(incomplete: str) -> list[tuple[str, str]]:
    """The questions whose names begin so, each with what it asks, for the shell."""
    return [(q.name, q.question) for q in queries.library().values() if q.name.startswith(incomplete)]


def complete_parameter(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The parameters of the question that the command line names so far, for the shell."""
    question = queries.library().get(ctx.params.get("name") or "")
    parameters = question.parameters if question else ()
    return [(f"{p.name}=", p.help) for p in parameters if p.name.startswith(incomplete)]


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
    format: Annotated[Format, typer.Option("--format", "-f", help="Turtle is for CONSTRUCT.")] = Format.table,
    columns: Annotated[str, typer.Option(help="Of a table: only these columns, parted by commas.")] = "",
    limit: Annotated[int | None, typer.Option(help="Of a table: at most so many rows.")] = None,
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
        _print_answer(queries.table(question, asked, parameters), asked, columns, limit)
    else:
        sys.stdout.buffer.write(_serialised(queries.ask(question, asked, parameters), format))


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
    return {name: value for name, _, value in pairs}


def _print_answer(table: queries.Table, asked: queries.Source, columns: str, limit: int | None) -> None:
    wanted = [c for c in columns.split(",") if c]
    if unknown := [c for c in wanted if c not in table.columns]:
        raise fail(f"there is no column '{unknown[0]}'", remedy=f"It has: {', '.join(table.columns)}.", code=2)
    rows = table.rows[:limit]
    iris = {t.value for row in rows for t in row if isinstance(t, ox.NamedNode)}
    print_table(queries.Table(table.columns, rows), queries.labels(asked, iris), wanted)
    if len(rows) < len(table.rows):
        err.print(f"{len(rows)} of {len(table.rows)} rows", style="dim")


def _serialised(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, format: Format) -> bytes:
    if isinstance(answer, ox.QueryTriples):
        if format is not Format.turtle:
            raise fail("this query builds a graph", remedy="Add --format turtle.", code=2)
        return _bytes(ox.serialize(sorted(answer, key=str), format=ox.RdfFormat.TURTLE))
    if format is Format.turtle:
        raise fail(
            "this query answers with a table", remedy="Turtle is for CONSTRUCT; use csv, tsv, json or xml.", code=2
        )
    return _bytes(answer.serialize(format=RESULTS[format]))


def _bytes(written: bytes | None) -> bytes:
    assert written is not None  # only None where an output file was given
    return written if written.endswith(b"\n") else written + b"\n"


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
