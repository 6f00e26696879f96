"""`thread`: from what was found to what the next inspectors saw, in the order of time, with the words of each step."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from cli.console import out
from cli.source import EndpointOption, GraphOption, source
from cli.threads import Step, Thread, threads

NOT_AGAIN = "Not taken up again by any later inspection in this graph; not mentioned again is not solved."
NOTHING = "No inspection in this graph asked for anything; what was not supplied may have."
NOTHING_ON_THIS = (
    "No inspection in this graph asked for anything on this; what was not supplied may have. Asked on other matters: "
)
MOST = 3
"""Statements of one later inspection that are told unless all are wanted."""


def thread(
    authority: Annotated[str, typer.Argument(help="The council: a name, a code or an IRI.")],
    theme: Annotated[
        str | None, typer.Option(help="Only recommendations on this theme, or on one that it is broader than.")
    ] = None,
    graph: Annotated[Path | None, GraphOption] = None,
    endpoint: Annotated[str | None, EndpointOption] = None,
    sure: Annotated[float, typer.Option(help="Leave out what is linked less surely than this.")] = 0.0,
    every: Annotated[
        bool, typer.Option("--all", help=f"Of each later inspection all that it said, not the {MOST} nearest.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For a program; always all.")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="For a report.")] = False,
) -> None:
    """Tell what became of what an authority was asked for: finding, recommendation, action, resolution, what was seen.

    Example: inspection-graph thread Harrowdale --theme supervision --graph demo/graph
    """
    asked = source(graph, endpoint)
    whose = {"authority": authority, "sure": str(sure)}
    told = threads(asked, {**whose, **({"theme": theme} if theme else {})})
    if as_json:
        print(json.dumps([asdict(one) for one in told], indent=1, ensure_ascii=False))
        return
    lines = [f"# {authority}: {theme}" if theme else f"# {authority}"]
    for one in told:
        lines += _told(one, None if every else MOST)
    if not told:
        others = len(threads(asked, whose)) if theme else 0
        lines += ["", f"{NOTHING_ON_THIS}{others}." if theme else NOTHING]
    for line in lines:
        if as_markdown:
            print(line)
        else:
            style = "bold" if line.startswith("#") else "dim" if line.startswith("  ") and "- " not in line[:5] else ""
            out.print(Text(line.removeprefix("## ").removeprefix("# "), style=style), soft_wrap=True)


def _told(one: Thread, most: int | None) -> Iterator[str]:
    """The lines of a thread as Markdown: what was asked as a heading, then a paragraph or list for each time."""
    asked = one.asked
    yield ""
    yield f"## {one.start}: {asked.words if asked else one.recommendation}"
    if asked:
        yield ""
        yield f"Asked in {_where(asked)}"
    told = [step for step in one.steps if step.step != "asked"]
    for (_, when, *_), of in groupby(told, key=lambda step: (step.step, step.when, step.by, step.document)):
        yield ""
        yield from _at(when or "undated", list(of), most)
    if not any(step.step == "seen" for step in one.steps):
        yield ""
        yield NOT_AGAIN


def _at(when: str, steps: Sequence[Step], most: int | None) -> Iterator[str]:
    """What one inspection, plan or meeting has to do with the thread, as one document tells it."""
    first = steps[0]
    match first.step:
        case "promised":
            yield f"- {when} promised in “{first.by}”, {first.document}"
            for step in steps:
                yield from _promised(step)
        case "seen":
            outcomes = Counter(step.outcome for step in steps).most_common()
            told = ", ".join(f"{outcome.lower()} {count}" for outcome, count in outcomes)
            yield f"- {when} seen in “{first.document}”: {told}"
            for step in steps[:most]:
                yield from _seen(step)
            if most is not None and len(steps) > most:
                yield f"  - and {len(steps) - most} more, which --all tells"
        case _:
            for step in steps:
                yield f"- {when} {first.step}: “{step.words}”"
                yield f"  {_where(step)}"


def _where(step: Step) -> str:
    return ", ".join(filter(None, (f"“{step.document}”", _page(step))))


def _promised(step: Step) -> Iterator[str]:
    reference = f"{step.reference} " if step.reference else ""
    state = "; ".join(filter(None, (f"due {step.due}" if step.due else "", step.rating, _page(step))))
    yield f"  - {reference}“{step.words}”{f' ({state})' if state else ''}"


def _seen(step: Step) -> Iterator[str]:
    of = f"of action {step.reference}" if step.reference else ""
    how = ", ".join(filter(None, (of, step.kind.lower(), f"confidence {step.confidence or 0:.2f}", _page(step))))
    yield f"  - {step.outcome} ({how}): “{step.words}”"
    yield f"    because {step.reason}"


def _page(step: Step) -> str:
    return f"page {step.page}" if step.page else ""
