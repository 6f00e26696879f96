"""The answers that views are drawn from: rows of plain texts in an order of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pyoxigraph as ox

import queries

ORDER = re.compile(r"\nORDER BY [^\n]*\s*\Z")
Row = dict[str, str]


def rows(source: queries.Source, name: str, parameters: Mapping[str, str] | None = None) -> list[Row]:
    """The rows of the question of that name, nothing for what is not bound, sorted as texts by their columns.

    The views sort anew what they draw, so the question's own order is not asked for: a store compares terms on disk,
    and took three times as long with it as without.
    """
    question = queries.library()[name]
    table = queries.table(replace(question, sparql=ORDER.sub("\n", question.sparql)), source, parameters)
    return _texts(table.columns, table.rows)


def answered(source: queries.Source, sparql: str) -> list[Row]:
    """The rows of a SELECT, as `rows` gives them."""
    answer = source.query(sparql)
    assert isinstance(answer, ox.QuerySolutions)
    return _texts([v.value for v in answer.variables], answer)


def _texts(columns: Sequence[str], found: Iterable[Iterable[queries.Term | None]]) -> list[Row]:
    kept: dict[str, str] = {"": ""}  # what comes again is the same text: it is kept, and handed to processes, once
    cells = []
    for row in found:
        words = ["" if term is None else str(getattr(term, "value", term)) for term in row]
        cells.append([kept.setdefault(word, word) for word in words])
    cells.sort()
    return [dict(zip(columns, row, strict=True)) for row in cells]
