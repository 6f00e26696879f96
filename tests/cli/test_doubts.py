"""What does not add up between documents, as one who builds a graph is told of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.__main__ import app
from tests.graph.test_links_doubts import CASES, OF_KIND

RUN = CliRunner(env={"COLUMNS": "200"})


@pytest.mark.parametrize(
    "case",
    [
        "a plan that answers an inspection nobody has",
        "two plans for one inspection, the later one moved and fallen back",
        "a plan dated before what it speaks of",
        "a plan of an authority that the list does not have",
        "a report of an authority that the list does not have",
        "two reports with two first days",
        "a letter that gives the report's inspection another grade",
    ],
)
def test_a_doubt_is_printed_stands_in_the_report_and_in_the_graph(case: str, tmp_path: Path, samples: Path) -> None:
    documents, expected = CASES[case]
    books = tmp_path / "books"
    books.mkdir()
    for name, words in documents.items():
        (books / name).write_text(words, encoding="utf8")
    out = tmp_path / "graph"
    options = ["-v", str(samples / "authorities.ttl"), "-o", str(out), "--workers", "1"]
    built = RUN.invoke(app, ["build", str(books), *options])
    assert built.exit_code == 0, built.output
    report = json.loads((out / "report.json").read_text(encoding="utf8"))
    told = {one["name"]: {doubt["kind"] for doubt in one["doubts"]} & OF_KIND for one in report["documents"]}
    assert {name: kinds for name, kinds in told.items() if kinds} == expected
    said = {doubt["description"] for one in report["documents"] for doubt in one["doubts"] if doubt["kind"] in OF_KIND}
    assert all(one in built.output for one in said)
    asked = RUN.invoke(app, ["query", "not-understood", "--graph", str(out), "--format", "json"])
    assert asked.exit_code == 0, asked.output
    found = {row["description"]["value"] for row in json.loads(asked.output)["results"]["bindings"]}
    assert said <= found


def test_a_doubt_goes_with_the_document_that_it_rests_on(tmp_path: Path, samples: Path) -> None:
    documents, _ = CASES["two reports with two first days"]
    books, out = tmp_path / "books", tmp_path / "graph"
    books.mkdir()
    for name, words in documents.items():
        (books / name).write_text(words, encoding="utf8")
    for number in (2, 1):
        command = ["build", str(books), "-v", str(samples / "authorities.ttl"), "-o", str(out), "--workers", "1"]
        assert RUN.invoke(app, command).exit_code == 0
        report = json.loads((out / "report.json").read_text(encoding="utf8"))
        kinds = [doubt["kind"] for one in report["documents"] for doubt in one["doubts"]]
        assert kinds.count("documents-disagree") == (2 if number == 2 else 0)
        (books / "b.txt").unlink(missing_ok=True)
