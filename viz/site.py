"""Writing pages to a folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import queries
from viz.network import View, page
from viz.theme_map import theme_map

VIEWS: Mapping[str, Callable[[queries.Source, Mapping[str, str] | None], View]] = {"theme-map": theme_map}


def write_page(name: str, source: queries.Source, file: Path, parameters: Mapping[str, str] | None = None) -> Path:
    """Write the view of that name to `file` and return it; KeyError where there is no such view."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page(VIEWS[name](source, parameters)), encoding="utf8", newline="\n")
    return file


def write_site(source: queries.Source, folder: Path) -> list[Path]:
    """Write every view, and `index.html`, which is the theme map, to `folder`; the files written."""
    return [write_page("theme-map", source, folder / "index.html")]
