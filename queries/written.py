"""Answers written down in the forms that programs read, row by row, so that an enormous answer needs no memory."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from itertools import islice
from typing import IO, Any

import pyoxigraph as ox

from queries.errors import MissingExtra, WrongForm
from queries.run import Answer, python_value

RESULTS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
FORMS = (*RESULTS, "parquet", "turtle")
"""The forms by name; Turtle is for CONSTRUCT and DESCRIBE, the others for SELECT, and for ASK but for Parquet."""
BATCH = 20_000
"""Rows that are held at once on the way to Parquet; the first so many tell the columns' types."""


def write(answer: Answer, form: str, target: IO[bytes]) -> None:
    """Write an answer to `target` in one of FORMS; WrongForm where its kind cannot be written so."""
    if isinstance(answer, ox.QueryTriples):
        if form != "turtle":
            raise WrongForm(form, "this query builds a graph", ("turtle",))
        ox.serialize(answer, output=target, format=ox.RdfFormat.TURTLE)
    elif form == "turtle":
        raise WrongForm(form, "this query answers with a table", FORMS[:-1])
    elif form == "parquet":
        _parquet(answer, target)
    else:
        answer.serialize(target, format=RESULTS[form])
        if form not in ("csv", "tsv"):  # those end their last line themselves
            target.write(b"\n")


def _parquet(answer: ox.QuerySolutions | ox.QueryBoolean, target: IO[bytes]) -> None:
    """Columns of integers, decimals, dates and truth values where all rows of the first batch are such; else text."""
    if isinstance(answer, ox.QueryBoolean):
        raise WrongForm("parquet", "this query answers with yes or no", tuple(RESULTS))
    try:
        arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        raise MissingExtra("Parquet", "parquet") from None
    columns = [v.value for v in answer.variables]
    rows = ([python_value(row[c]) for c in columns] for row in answer)
    batch = list(islice(rows, BATCH))
    types = [_column_type([row[k] for row in batch], arrow) for k in range(len(columns))]
    schema = arrow.schema(list(zip(columns, types, strict=True)))
    with parquet.ParquetWriter(target, schema) as writer:
        writer.write_table(_arrow(batch, schema, arrow))
        while batch := list(islice(rows, BATCH)):
            writer.write_table(_arrow(batch, schema, arrow))


def _column_type(values: list[object], arrow: Any) -> object:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {int, float}:
        return arrow.float64()
    by_kind = {int: arrow.int64(), float: arrow.float64(), bool: arrow.bool_(), date: arrow.date32()}
    return by_kind.get(kinds.pop(), arrow.string()) if len(kinds) == 1 else arrow.string()


def _arrow(rows: list[list[object]], schema: Any, arrow: Any) -> object:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    held = []
    for field, values in zip(schema, columns, strict=True):
        as_text = field.type == arrow.string()
        try:
            cells = [None if v is None else str(v) for v in values] if as_text else values
            held.append(arrow.array(cells, type=field.type))
        except (arrow.ArrowInvalid, arrow.ArrowTypeError):
            odd = f"column '{field.name}' begins as {field.type} and goes on with other values"
            raise WrongForm("parquet", odd, tuple(RESULTS)) from None
    return arrow.Table.from_arrays(held, schema=schema)
