"""`publish`: send a built graph to a triple store, and keep the two equal."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from cli.console import err, fail, out, short
from cli.source import GraphOption, tell, timeout
from graph.errors import RemoteError
from graph.publish import (
    DATASET,
    Busy,
    GraphStore,
    Overtaken,
    Plan,
    Progress,
    Publication,
    PublishError,
    Settings,
    StrangersGraphs,
    Target,
    Updates,
    read_at,
)
from graph.remote import Credentials, Denied, Patience, RemoteStore, Service

REMEDIES: dict[type[Exception], str] = {
    StrangersGraphs: "--take-over replaces them, and makes them this dataset's from then on.",
    Busy: "Wait until it has ended, or give this one a name of its own with --dataset.",
    Overtaken: "Run the command again once the other has ended.",
}
AGAIN = "Run the same command again: what has arrived is not sent twice."


def publish(
    graph: Annotated[Path, GraphOption],
    to: Annotated[str | None, typer.Option(help="Where the store speaks the Graph Store Protocol.")] = None,
    update: Annotated[str | None, typer.Option(help="Where the store takes SPARQL updates, instead of --to.")] = None,
    endpoint: Annotated[
        str | None, typer.Option(help="Where it answers queries; known of most stores by the other address.")
    ] = None,
    dataset: Annotated[str, typer.Option(help="The name under which the store lists what was sent.")] = DATASET,
    take_over: Annotated[
        bool, typer.Option("--take-over", help="Replace graphs of the same names that others put there.")
    ] = False,
    check_all: Annotated[
        bool, typer.Option("--check-all", help="Read every graph back, not only those that were sent.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")] = False,
) -> None:
    """Send a built graph to a triple store, graph by graph: what differs is sent, what is gone is removed.

    INSPECTION_GRAPH_USER and INSPECTION_GRAPH_PASSWORD, or INSPECTION_GRAPH_TOKEN, tell the store who writes.

    Example: inspection-graph publish --graph demo/graph --to http://localhost:7878/store
    """
    target, asked = _store(to, update, endpoint)
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", dataset):
        raise fail(f"'{dataset}' is no name", remedy="Use small letters, digits and hyphens.", code=2)
    settings = Settings(dataset, take_over=take_over, check_all=check_all)
    try:
        with _bar() as bar:
            publication = Publication(graph, target, asked, settings, _shown(bar))
            plan = publication.plan()
            if not dry_run:
                publication.send(plan)
    except (PublishError, RemoteError) as error:
        raise fail(str(error), remedy=_remedy(error), code=3) from None
    except KeyboardInterrupt:
        raise fail("stopped", remedy=AGAIN, code=1) from None
    _print_result(plan, target, dry_run=dry_run)


def _store(to: str | None, update: str | None, endpoint: str | None) -> tuple[Target, RemoteStore]:
    """Where to write and where to read; exits with a message where the options do not say."""
    if bool(to) == bool(update):
        raise fail("name one address to send to", remedy="--to for Graph Store Protocol, or --update.", code=2)
    url = to or update or ""
    reading = endpoint or read_at(url)
    if not reading:
        raise fail(f"it is not known where {url} answers queries", remedy="Say so with --endpoint.", code=2)
    credentials = Credentials.from_environment()
    service = Service(url, credentials, Patience(timeout=max(timeout(), 600.0)), tell)
    target: Target = GraphStore(service) if to else Updates(service)
    return target, RemoteStore(reading, timeout=timeout(), credentials=credentials, notice=tell)


def _remedy(error: Exception) -> str | None:
    if isinstance(error, Denied):
        return "Is it open for writing, and to this user?" if error.status != 401 else None
    if isinstance(error, RemoteError):
        return AGAIN
    return next((remedy for kind, remedy in REMEDIES.items() if isinstance(error, kind)), None)


def _bar() -> Bar:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Bar(*columns, console=Console(stderr=True), transient=True, disable=not err.is_terminal)


def _shown(bar: Bar) -> Callable[[Progress], None]:
    tasks: dict[str, TaskID] = {}

    def show(progress: Progress) -> None:
        if progress.stage not in tasks:
            tasks[progress.stage] = bar.add_task(progress.stage)
        named = f"{progress.stage} {short(progress.graph)}" if progress.graph else progress.stage
        bar.update(tasks[progress.stage], description=named, completed=progress.done, total=progress.total)

    return show


def _print_result(plan: Plan, target: Target, *, dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    if plan.resumed:
        tell("an earlier publish was broken off: what had arrived then was not sent again")
    if dry_run:
        for part in plan.send:
            print(f"send    {part.triples:>9,}  {part.graph}")
        for graph in plan.remove:
            print(f"remove             {graph}")
    out.print(
        f"{target.name}: {len(plan.send)} graphs with {plan.triples:,} statements {would}sent, {len(plan.keep)} "
        f"as they were, {len(plan.remove)} {would}removed",
        soft_wrap=True,
    )
