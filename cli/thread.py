"""`thread`: from what was found to what the next inspectors saw, in the order of time, with the words of each step."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Annotated

import pyoxigraph as ox
import typer
from rich.text import Text

import queries
from cli.console import out, short
from cli.source import EndpointOption, GraphOption, source

ORDER = ("found", "asked", "promised", "resolved", "seen")
NOT_AGAIN = "Not taken up again by any later inspection in this graph; not mentioned again is not solved."


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a thread with its quotation; the last four are of what is linked by inference."""

    step: str
    when: str
    words: str
    document: str
    page: int | None
    thing: str
    kind: str = ""
    outcome: str = ""
    confidence: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """One recommendation and what is known before and after it."""

    recommendation: str
    start: str
    steps: tuple[Step, ...]


def thread(
    authority: Annotated[str, typer.Argument(help="The council: a name, a code or an IRI.")],
    theme: Annotated[str | None, typer.Option(help="Only recommendations on this theme.")] = None,
    graph: Annotated[Path | None, GraphOption] = None,
    endpoint: Annotated[str | None, EndpointOption] = None,
    sure: Annotated[float, typer.Option(help="Leave out what is linked less surely than this.")] = 0.0,
    as_json: Annotated[bool, typer.Option("--json", help="For a program.")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="For a report.")] = False,
) -> None:
    """Tell what became of what an authority was asked for: finding, recommendation, action, resolution, what was seen.

    Example: inspection-graph thread Harrowdale --theme supervision --graph demo/graph
    """
    asked = source(graph, endpoint)
    parameters = {"authority": authority, "sure": str(sure), **({"theme": theme} if theme else {})}
    told = threads(asked, parameters)
    if as_json:
        print(json.dumps([asdict(one) for one in told], indent=1, ensure_ascii=False))
        return
    about = f"{authority}: {theme}" if theme else authority
    lines = list(_markdown(about, told))
    if as_markdown:
        print("\n".join(lines))
    else:
        for line in lines:
            style = "bold" if line.startswith("#") else "dim" if line.startswith("  ") else ""
            out.print(Text(line.removeprefix("## ").removeprefix("# "), style=style), soft_wrap=True)


def threads(asked: queries.Source, parameters: Mapping[str, str]) -> list[Thread]:
    """The threads of an authority's recommendations, the earliest first; each thing with the first of its passages."""
    table = queries.table(queries.find_question("thread-steps"), asked, parameters)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    names = queries.labels(
        asked, {term.value for row in rows for term in row.values() if isinstance(term, ox.NamedNode)}
    )
    found = []
    for (start, recommendation), of in groupby(
        rows, key=lambda row: (_plain(row["start"]), _plain(row["recommendation"]))
    ):
        steps: dict[tuple[str, str], Step] = {}
        for row in of:
            step = _step(row, names)
            steps.setdefault((step.step, step.thing), step)
        ordered = sorted(
            steps.values(), key=lambda one: (ORDER.index(one.step) > 1, one.when or start, ORDER.index(one.step))
        )
        found.append(Thread(recommendation, start, tuple(ordered)))
    return found


def _step(row: Mapping[str, queries.Term | None], names: Mapping[str, str]) -> Step:
    def named(column: str) -> str:
        value = _plain(row[column])
        return names.get(value, short(value)) if value else ""

    page, confidence = _plain(row["page"]), _plain(row["confidence"])
    return Step(
        _plain(row["step"]),
        _plain(row["when"]),
        _plain(row["words"]),
        named("document"),
        int(page) if page else None,
        _plain(row["thing"]),
        named("linkKind"),
        named("outcome"),
        float(confidence) if confidence else None,
        _plain(row["reason"]),
    )


def _plain(term: queries.Term | None) -> str:
    return "" if term is None else str(getattr(term, "value", term))


def _markdown(about: str, told: Sequence[Thread]) -> Iterator[str]:
    yield f"# {about}"
    if not told:
        yield ""
        yield "No inspection in this graph asked for anything on this; what was not supplied may have."
    for one in told:
        asked = next((step for step in one.steps if step.step == "asked"), None)
        yield ""
        yield f"## {one.start}: {asked.words if asked else short(one.recommendation)}"
        for step in one.steps:
            yield from _told(step)
        if not any(step.step == "seen" for step in one.steps):
            yield ""
            yield NOT_AGAIN


def _told(step: Step) -> Iterator[str]:
    page = f", page {step.page}" if step.page else ""
    judged = f" {step.kind}, {step.outcome} (confidence {step.confidence:.2f})" if step.confidence is not None else ""
    yield ""
    yield f"- {step.when or 'undated'} {step.step}{judged}: “{step.words}”"
    yield f"  {step.document}{page}"
    if step.reason:
        yield f"  because {step.reason}"
