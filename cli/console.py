"""What the commands print: tables and messages for people on one side, data for programs on the other."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

import pyoxigraph as ox
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

import ontology
import queries

out = Console(soft_wrap=False, highlight=False)
err = Console(stderr=True, highlight=False)


def fail(message: str, *, remedy: str | None = None, code: int = 1) -> typer.Exit:
    """Say what went wrong on stderr; raise what comes back."""
    err.print(Text(f"inspection-graph: {message}", style="red"))
    if remedy:
        err.print(Text(f"  {remedy}"))
    return typer.Exit(code)


def short(iri: str) -> str:
    """The IRI with a prefix for its stem where that leaves a plain name; the IRI itself otherwise."""
    stem, best = "", ""
    for prefix, namespace in ontology.PREFIXES.items():
        if iri.startswith(namespace) and len(namespace) > len(stem):
            stem, best = namespace, prefix
    return f"{best}:{iri.removeprefix(stem)}" if best else iri


def shown(term: queries.Term | None, names: Mapping[str, str]) -> str:
    """A term for a person: the label of an IRI where it has one, the value of a literal."""
    match term:
        case None:
            return ""
        case ox.NamedNode():
            return names.get(term.value) or short(term.value)
        case ox.Literal() | ox.BlankNode():
            return term.value
    return str(term)


def print_table(table: queries.Table, names: Mapping[str, str], columns: Sequence[str] = ()) -> None:
    """Print the rows as a table that fits the terminal, labels in place of IRIs."""
    chosen = [table.columns.index(c) for c in columns] if columns else range(len(table.columns))
    grid = Table(show_lines=False, header_style="bold", box=None, pad_edge=False)
    for k in chosen:
        numeric = all(r[k] is None or _is_number(r[k]) for r in table.rows)
        grid.add_column(table.columns[k], justify="right" if numeric else "left", overflow="fold")
    for row in table.rows:
        grid.add_row(*(Text(shown(row[k], names)) for k in chosen))
    out.print(grid)
    if sys.stdout.isatty():
        err.print(f"{len(table.rows)} rows", style="dim")


def _is_number(term: queries.Term | None) -> bool:
    return isinstance(term, ox.Literal) and term.datatype.value.rpartition("#")[2] in ("integer", "decimal", "double")
