"""Small tables that are printed for people, as Markdown for papers, or as CSV for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from rich.table import Table
from rich.text import Text

from cli.console import out


@dataclass(frozen=True, slots=True)
class Grid:
    """A titled table; the first column names the row, the others are figures."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def print_grids(grids: Sequence[Grid]) -> None:
    """Print tables for a person."""
    for grid in grids:
        out.print(Text(f"\n{grid.title}", style="bold"))
        table = Table(box=None, header_style="bold", pad_edge=False)
        for place, column in enumerate(grid.columns):
            table.add_column(column, justify="right" if place else "left", overflow="fold")
        for row in grid.rows:
            table.add_row(*map(Text, row))
        out.print(table)


def as_markdown(grids: Sequence[Grid]) -> str:
    """The tables as Markdown."""
    parts = []
    for grid in grids:
        lines = [f"### {grid.title}", "", _markdown_row(grid.columns), "|---|" + "---:|" * (len(grid.columns) - 1)]
        parts.append("\n".join([*lines, *map(_markdown_row, grid.rows)]))
    return "\n\n".join(parts) + "\n"


def _markdown_row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def as_csv(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows under a header, None as an empty cell, lines that end in LF."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return written.getvalue()
