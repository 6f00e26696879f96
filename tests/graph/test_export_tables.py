"""The CSV tables with their CSVW description, as a reader of CSVW that is not ours takes them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from csvw import TableGroup

from graph.building import build
from graph.exports.tables import METADATA, TABLES, export_tables
from graph.store import open_store
from ontology import IG

SAMPLES = Path(__file__).parents[1] / "samples"
NAMES = ("harrowdale-2012-child-protection.txt", "harrowdale-2017-committee-pack.txt", "saltmere-2021-news.txt")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables") / "out"
    documents = [path for path in (SAMPLES / name for name in NAMES) if path.exists()]
    build(documents, folder, workers=1, vocabulary_files=(SAMPLES / "authorities.ttl",))
    return folder


@pytest.fixture(scope="module")
def folder(out: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("csvw")
    export_tables(out, folder)
    return folder


@pytest.fixture(scope="module")
def group(folder: Path) -> TableGroup:
    return TableGroup.from_file(folder / METADATA)


def test_every_table_stands_beside_its_description(folder: Path) -> None:
    said = json.loads((folder / METADATA).read_text(encoding="utf8"))
    assert said["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "en"}]
    assert {table["url"] for table in said["tables"]} == {p.name for p in folder.glob("*.csv")}
    for table in said["tables"]:
        with (folder / table["url"]).open(encoding="utf8", newline="") as file:
            assert next(csv.reader(file)) == [column["titles"] for column in table["tableSchema"]["columns"]]


def test_every_cell_is_of_the_type_that_is_described(group: TableGroup) -> None:
    for table in group.tables:
        for _ in table.iterdicts(strict=True):  # raises at a cell that does not parse, or a row without its key
            pass


def test_keys_lead_to_rows(group: TableGroup) -> None:
    assert group.check_referential_integrity()


@pytest.mark.parametrize("kind", ["Finding", "Recommendation", "Passage", "Judgement", "Classification"])
def test_a_table_has_a_row_for_each_thing_of_its_class(kind: str, out: Path, group: TableGroup) -> None:
    (made,) = (table for table in TABLES if table.kind == IG[kind])
    (table,) = (table for table in group.tables if str(table.url) == f"{made.name}.csv")
    typed = open_store(out).quads_for_pattern(
        None, ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), ox.NamedNode(IG[kind])
    )
    assert [row["id"] for row in table.iterdicts()] == sorted({quad.subject.value for quad in typed})  # type: ignore[union-attr]


def test_several_values_are_one_cell_that_a_reader_parts(group: TableGroup) -> None:
    (findings,) = (table for table in group.tables if str(table.url) == "findings.csv")
    assert any(len(row["themes"]) > 1 for row in findings.iterdicts())


def test_the_tables_are_the_same_each_time(out: Path, folder: Path, tmp_path: Path) -> None:
    for path in export_tables(out, tmp_path):
        assert path.read_bytes() == (folder / path.name).read_bytes()
