"""`build`: from documents to a graph, with a table of what was and was not understood."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table
from rich.text import Text

import ontology
from cli.console import err, fail, out
from graph.building import BuildResult
from graph.building import Progress as Step
from graph.building import build as build_graph
from graph.errors import NothingBuilt
from graph.reading import Failure, Reading

COLUMNS = {
    "documents": "files",
    "judgements": "grades",
    "findings": "findings",
    "recommendations": "asks",
    "statistics": "figures",
    "actions": "actions",
    "resolutions": "agreed",
    "doubts": "doubts",
}
DOUBTS_SHOWN = 12


def build(
    paths: Annotated[list[Path], typer.Argument(help="Documents, or folders of them.", metavar="PATH…")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder for the graph.")],
    vocabulary: Annotated[
        list[Path] | None,
        typer.Option("--vocabulary", "-v", help="More Turtle: themes, phrases, authorities of your own."),
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; one for each core by default.")] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with 1 where a file could not be read or a fact is wrong or missing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the build's report for a program.")] = False,
) -> None:
    """Build a graph from documents; what did not change since the last build is not read again.

    Example: inspection-graph build tests/samples --vocabulary tests/samples/authorities.ttl -o demo/graph
    """
    for warning in ontology.load(tuple(vocabulary or ())).warnings:
        err.print(Text(f"warning: {warning}", style="yellow"), soft_wrap=True)
    try:
        with _bar() as watch:
            result = build_graph(
                paths, output, workers=workers, vocabulary_files=tuple(vocabulary or ()), progress=watch
            )
    except NothingBuilt as error:
        _print_failures(error.failures)
        raise fail("nothing was built: no document could be read", code=1) from None
    wrong = sum(len(reading.doubts_of("error")) for reading in result.readings) + len(result.failures)
    if as_json:
        print((output / "report.json").read_text(encoding="utf8"), end="")
    else:
        _print_result(result, output)
    if strict and wrong:
        things = "1 thing is" if wrong == 1 else f"{wrong} things are"
        raise fail(f"{things} wrong, missing or unreadable", remedy=f"look at {output / 'reading.html'}")


def _print_result(result: BuildResult, output: Path) -> None:
    _print_kinds(result.readings)
    _print_doubts(result.readings)
    _print_failures(result.failures)
    inferred = sum(n for _, n in result.inferred)
    out.print(
        f"{output}: {result.stated:,} statements of {len(result.readings)} documents, {inferred:,} inferred; "
        f"{result.reused} documents were kept from the last build",
        soft_wrap=True,
    )


@contextmanager
def _bar() -> Iterator[Callable[[Step], None]]:
    """A progress bar on stderr; nothing where that is no terminal."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task("reading", total=None)

        def watch(step: Step) -> None:
            progress.update(task, description=step.stage, completed=step.done, total=step.total)

        yield watch


def _print_kinds(readings: tuple[Reading, ...]) -> None:
    """Documents by kind with what was found in them."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for reading in readings:
        row = found[reading.kind, reading.framework or ""]
        row["documents"] += 1
        row["doubts"] += len(reading.doubts)
        row.update(dict(reading.counts))
    grid = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 1, 0, 0))
    grid.add_column("kind", no_wrap=True)
    for heading in COLUMNS.values():
        grid.add_column(heading, justify="right", no_wrap=True)
    for (kind, framework), row in sorted(found.items()):
        grid.add_row(framework or kind, *(f"{row[c]:,}" if row[c] else "·" for c in COLUMNS))
    out.print(grid)


def _print_doubts(readings: tuple[Reading, ...]) -> None:
    """What was not understood, and where: the first places of each kind of doubt."""
    grave = ("error", "warning", "note")
    doubts = [(doubt, reading) for reading in readings for doubt in reading.doubts]
    doubts.sort(key=lambda pair: grave.index(pair[0].severity))
    if not doubts:
        return
    out.print(Text("\nNot understood", style="bold"))
    for doubt, reading in doubts[:DOUBTS_SHOWN]:
        place = f", page {doubt.page}" if doubt.page else ""
        words = f": “{doubt.words[:90]}”" if doubt.words else ""
        told = Text(f"  {doubt.severity} {reading.name}{place}: {doubt.description}{words}")
        out.print(told, soft_wrap=True)
    if len(doubts) > DOUBTS_SHOWN:
        out.print(Text(f"  … and {len(doubts) - DOUBTS_SHOWN} more in reading.html", style="dim"))


def _print_failures(failures: tuple[Failure, ...]) -> None:
    """Files that could not be read, on stderr."""
    for failure in failures:
        place = f", {failure.place}" if failure.place else ""
        err.print(Text(f"{failure.name}{place}: {failure.problem}", style="red"), soft_wrap=True)
        if failure.remedy:
            err.print(Text(f"  {failure.remedy}"), soft_wrap=True)
