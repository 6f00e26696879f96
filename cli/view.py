"""`view`: write interactive pages that open from disk."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import viz
from cli.console import fail, out
from cli.query import as_parameters
from cli.source import EndpointOption, GraphOption, source

FEW = 8
"""Files that are named one by one."""


def view(
    output: Annotated[Path, typer.Option("--output", "-o", help="A folder for the site; with NAME, a file.")],
    name: Annotated[str | None, typer.Argument(help="One view only.")] = None,
    graph: Annotated[Path | None, GraphOption] = None,
    endpoint: Annotated[str | None, EndpointOption] = None,
    authority: Annotated[str | None, typer.Option(help="Of one view: this authority only, by name or code.")] = None,
    theme: Annotated[str | None, typer.Option(help="Of the red thread: this theme only.")] = None,
    param: Annotated[list[str] | None, typer.Option("--param", "-p", help="name=value; a label or an IRI.")] = None,
) -> None:
    """Write the pages of a built graph; they open from disk and ask nothing of any network.

    Example: inspection-graph view --graph demo/graph -o demo/site
    """
    asked = source(graph, endpoint)
    given = [
        *(param or []),
        *(f"{key}={value}" for key, value in (("authority", authority), ("theme", theme)) if value),
    ]
    if name is None:
        written = viz.write_site(asked, output)
    elif name in viz.VIEWS:
        file = output / f"{name}.html" if output.is_dir() or not output.suffix else output
        written = [viz.write_page(name, asked, file, as_parameters(given))]
    else:
        raise fail(f"there is no view '{name}'", remedy=f"There are: {', '.join(viz.VIEWS)}.", code=2)
    for file in written[:FEW]:
        out.print(f"wrote {file}", soft_wrap=True)
    if len(written) > FEW:
        weight = sum(file.stat().st_size for file in written) / 1e6
        out.print(f"and {len(written) - FEW} more, {weight:,.0f} MB in all; begin at {written[0]}", soft_wrap=True)
