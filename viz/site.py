"""Writing pages to a folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import queries

if TYPE_CHECKING:
    from viz.network import View

Draw = Callable[[queries.Source, Mapping[str, str] | None], "View"]


def _theme_map(source: queries.Source, parameters: Mapping[str, str] | None) -> View:
    # imported when drawn: networkx takes a while, and other commands should not wait for it
    from viz.theme_map import theme_map  # noqa: PLC0415

    return theme_map(source, parameters)


VIEWS: Mapping[str, Draw] = {"theme-map": _theme_map}


def write_page(name: str, source: queries.Source, file: Path, parameters: Mapping[str, str] | None = None) -> Path:
    """Write the view of that name to `file` and return it; KeyError where there is no such view."""
    draw = VIEWS[name]
    from viz.network import page  # noqa: PLC0415  (pyvis imports IPython: see above)

    html = page(draw(source, parameters))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(html, encoding="utf8", newline="\n")
    return file


def write_site(source: queries.Source, folder: Path) -> list[Path]:
    """Write every view, and `index.html`, which is the theme map, to `folder`; the files written."""
    return [write_page("theme-map", source, folder / "index.html")]
