"""Writing pages to a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import queries

if TYPE_CHECKING:
    from viz.network import View

Draw = Callable[[queries.Source, Mapping[str, str] | None], "View"]


def _draws(name: str) -> Draw:
    """Draws the view of that name by the function of the module of that name."""

    def draw(source: queries.Source, parameters: Mapping[str, str] | None) -> View:
        # imported when drawn: networkx takes a while, and other commands should not wait for it
        made: View = getattr(import_module(f"viz.{name}"), name)(source, parameters)
        return made

    return draw


VIEWS: Mapping[str, Draw] = {
    name: _draws(name.replace("-", "_"))
    for name in ("theme-map", "authority-story", "red-thread", "authorities-and-themes", "inspection", "schema")
}


def write_page(name: str, source: queries.Source, file: Path, parameters: Mapping[str, str] | None = None) -> Path:
    """Write the view of that name to `file` and return it; KeyError where there is no such view."""
    draw = VIEWS[name]
    from viz.network import page  # noqa: PLC0415  (pyvis imports IPython: see above)

    return _write(page(draw(source, parameters)), file)


def write_site(source: queries.Source, folder: Path, *, workers: int | None = None) -> list[Path]:
    """Write `index.html` and all that it leads to into `folder`; the files written, the index first.

    Besides the three views of the whole there is a story and a red thread for each authority, and a page for each
    inspection. `workers` is the number of processes that draw them, by default one for each core; it changes no byte.
    """
    from viz.pages import pages  # noqa: PLC0415  (see above)

    return [_write(html, folder / name) for name, html in pages(source, workers or os.cpu_count() or 1)]


def _write(html: str, file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(html, encoding="utf8", newline="\n")
    return file
