"""`check`: whether a built graph is as the shapes ask, and whether the model contradicts itself."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from cli.console import err, out, short
from cli.source import GraphOption
from graph.check import CheckResult, Violation
from graph.check import check as check_graph

SHOWN = 40


def check(
    graph: Annotated[Path, GraphOption],
    as_json: Annotated[bool, typer.Option("--json", help="For a program.")] = False,
) -> None:
    """Validate a built graph with SHACL and, where Java is installed, reason over the ontology with HermiT.

    Exit code 1 where it does not conform. Example: inspection-graph check --graph demo/graph
    """
    with err.status("checking …"):
        result = check_graph(graph)
    if as_json:
        print(json.dumps(dataclasses.asdict(result), indent=1, ensure_ascii=False))
    else:
        _print(result)
    if not result.conforms:
        raise typer.Exit(1)


def _print(result: CheckResult) -> None:
    for violation in result.violations[:SHOWN]:
        out.print(_line(violation), soft_wrap=True)
    if len(result.violations) > SHOWN:
        out.print(Text(f"… and {len(result.violations) - SHOWN} more (--json gives all)", style="dim"))
    verdict = "conforms to the shapes" if result.conforms else "does not conform"
    out.print(f"{result.graphs} graphs looked at; the whole {verdict}; {len(result.violations)} remarks")
    reasoning = result.reasoning
    if not reasoning.ran:
        out.print(f"HermiT did not run: {reasoning.missing}")
    elif reasoning.consistent and not reasoning.unsatisfiable:
        out.print("HermiT: consistent, no class without possible members")
    else:
        out.print(Text(f"HermiT: contradictory; without possible members: {', '.join(reasoning.unsatisfiable)}", "red"))


def _line(violation: Violation) -> Text:
    page = f", page {violation.page}" if violation.page else ""
    words = f" “{violation.words[:120]}”" if violation.words else ""
    return Text.assemble(
        (f"{violation.severity}: ", "red" if violation.severity == "Violation" else "yellow"),
        f"{violation.document}{page}: {violation.message} ({short(violation.focus)}){words}",
    )
