"""`view`: write interactive pages that open from disk."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import viz
from cli.console import fail, out
from cli.query import as_parameters
from cli.source import EndpointOption, GraphOption, source


def view(
    output: Annotated[Path, typer.Option("--output", "-o", help="A folder for the site; with NAME, a file.")],
    name: Annotated[str | None, typer.Argument(help="One view only.")] = None,
    graph: Annotated[Path | None, GraphOption] = None,
    endpoint: Annotated[str | None, EndpointOption] = None,
    param: Annotated[list[str] | None, typer.Option("--param", "-p", help="name=value; a label or an IRI.")] = None,
) -> None:
    """Write the pages of a built graph; they open from disk and ask nothing of any network.

    Example: inspection-graph view --graph demo/graph -o demo/site
    """
    asked = source(graph, endpoint)
    if name is None:
        written = viz.write_site(asked, output)
    elif name in viz.VIEWS:
        file = output / f"{name}.html" if output.is_dir() or not output.suffix else output
        written = [viz.write_page(name, asked, file, as_parameters(param or []))]
    else:
        raise fail(f"there is no view '{name}'", remedy=f"There are: {', '.join(viz.VIEWS)}.", code=2)
    for file in written:
        out.print(f"wrote {file}", soft_wrap=True)
