"""Answers as files: each form can be read back, wrong pairs are refused, and a large answer is not held in memory."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

import queries
from queries import MissingExtra, WrongForm

PREFIX = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
ROWS = """SELECT ?n ?share ?day ?word ?none {
  VALUES (?n ?share ?day ?word) { (1 0.5 "2024-02-29"^^xsd:date "a,b") (2 1.5 "2024-03-01"^^xsd:date "c") }
  OPTIONAL { ?none ?none ?none }
} ORDER BY ?n"""


def answer(sparql: str) -> queries.Answer:
    return ox.Store().query(PREFIX + sparql)


def written(sparql: str, form: str) -> bytes:
    target = io.BytesIO()
    queries.write(answer(sparql), form, target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("form", "syntax"),
    [
        ("json", ox.QueryResultsFormat.JSON),
        ("xml", ox.QueryResultsFormat.XML),
        ("tsv", ox.QueryResultsFormat.TSV),
    ],
)
def test_what_is_written_reads_back_as_the_same_terms(form: str, syntax: ox.QueryResultsFormat) -> None:
    back, asked = ox.parse_query_results(written(ROWS, form), syntax), answer(ROWS)
    assert isinstance(back, ox.QuerySolutions) and isinstance(asked, ox.QuerySolutions)
    assert [list(row) for row in back] == [list(row) for row in asked]


def test_csv_leaves_a_cell_empty_where_a_row_has_no_value() -> None:
    assert written(ROWS, "csv").decode().splitlines() == [
        "n,share,day,word,none",
        '1,0.5,2024-02-29,"a,b",',
        "2,1.5,2024-03-01,c,",
    ]


def test_parquet_keeps_numbers_and_days() -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra 'parquet' brings pyarrow")
    table = parquet.read_table(io.BytesIO(written(ROWS, "parquet")))
    assert [str(field.type) for field in table.schema] == ["int64", "double", "date32[day]", "string", "string"]
    assert table.to_pylist()[0] == {"n": 1, "share": 0.5, "day": date(2024, 2, 29), "word": "a,b", "none": None}


def test_parquet_of_no_rows_has_its_columns() -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra 'parquet' brings pyarrow")
    table = parquet.read_table(io.BytesIO(written("SELECT ?a ?b { ?a ?b ?c }", "parquet")))
    assert (table.column_names, table.num_rows) == (["a", "b"], 0)


def test_parquet_makes_a_column_text_where_its_values_are_of_several_kinds() -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra 'parquet' brings pyarrow")
    table = parquet.read_table(io.BytesIO(written('SELECT ?x { VALUES ?x { 1 "one" } }', "parquet")))
    assert table.to_pydict() == {"x": ["1", "one"]}


def test_without_pyarrow_parquet_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r"pip install 'inspection-graph\[parquet\]'"):
        written(ROWS, "parquet")


def test_a_graph_is_written_as_turtle() -> None:
    turtle = written("CONSTRUCT { <http://a/s> <http://a/p> ?x } { VALUES ?x { 1 2 } }", "turtle")
    assert len(list(ox.parse(turtle, format=ox.RdfFormat.TURTLE))) == 2


@pytest.mark.parametrize(
    ("sparql", "form", "said"),
    [
        ("CONSTRUCT { ?a ?b ?c } { ?a ?b ?c }", "csv", "builds a graph, which cannot be written as csv: use turtle"),
        ("SELECT * { ?a ?b ?c }", "turtle", "answers with a table, which cannot be written as turtle: use csv, tsv"),
        ("ASK { ?a ?b ?c }", "parquet", "yes or no, which cannot be written as parquet"),
    ],
)
def test_a_form_that_does_not_fit_is_refused_with_those_that_do(sparql: str, form: str, said: str) -> None:
    with pytest.raises(WrongForm, match=said):
        written(sparql, form)


LARGE = """
import io, resource, sys
import pyoxigraph as ox
import queries
class Nowhere(io.RawIOBase):
    size = 0
    def writable(self): return True
    def write(self, data): self.size += len(data); return len(data)
numbers = " ".join(str(n) for n in range(800))
store, target = ox.Store(), Nowhere()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
query = f"SELECT ?a ?b {{ VALUES ?a {{ {numbers} }} VALUES ?b {{ {numbers} }} }}"
queries.write(store.query(query), "csv", target)
print(target.size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_half_a_million_rows_take_no_memory_on_their_way_to_csv() -> None:
    done = subprocess.run([sys.executable, "-c", LARGE], capture_output=True, text=True, check=True)
    size, more = map(int, done.stdout.split())
    kib = 1 if sys.platform == "linux" else 1024
    assert size > 640_000 * 4
    assert more / kib < 20_000


def test_a_table_keeps_as_many_rows_as_asked_for_and_counts_the_rest(built: Path) -> None:
    source, question = queries.Folder(built), queries.library()["themes"]
    whole, few = queries.table(question, source), queries.table(question, source, most=3)
    assert (few.rows, few.beyond) == (whole.rows[:3], len(whole.rows) - 3)
