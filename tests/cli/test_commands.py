"""The commands, run as a user runs them: what they print, where, and how they end."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*arguments: str | Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "cli", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, input=stdin, check=False, cwd=ROOT, env=environment, timeout=120
    )


def test_build_tells_kinds_doubts_and_failures(tmp_path: Path, samples: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    for name in ("saltmere-2021-news.txt", "unknown-leaflet.txt", "broken/saved-page.pdf"):
        shutil.copy(samples / name, documents)
    done = run("build", documents, "-o", tmp_path / "out", "--vocabulary", samples / "authorities.ttl")
    assert done.returncode == 0
    assert re.search(r"ilacs-focused-visit +1 ", done.stdout)
    assert "unknown-leaflet.txt" in done.stdout
    assert "saved-page.pdf, byte 0: the name says PDF, but the content is a web page" in done.stderr
    again = run("build", documents, "-o", tmp_path / "out", "--vocabulary", samples / "authorities.ttl")
    assert "2 documents were kept from the last build" in again.stdout


def test_build_of_nothing_useful_fails(tmp_path: Path, samples: Path) -> None:
    done = run("build", samples / "broken" / "empty.txt", tmp_path / "nowhere.pdf", "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "empty.txt: the file is empty" in done.stderr
    assert "nowhere.pdf" in done.stderr
    assert not (tmp_path / "out" / "graph.nq").exists()


def test_a_strict_build_fails_where_a_fact_is_missing_and_not_where_it_need_not_be_said(
    tmp_path: Path, samples: Path
) -> None:
    options = ("-o", tmp_path / "out", "--strict", "--vocabulary", samples / "authorities.ttl")
    assert run("build", samples / "saltmere-2021-news.txt", *options).returncode == 0
    report = (samples / "harrowdale-2026-ilacs.txt").read_text(encoding="utf8")
    (tmp_path / "undated.txt").write_text(report.replace("Inspection dates: 1 to 12 June 2026", ""), encoding="utf8")
    done = run("build", tmp_path / "undated.txt", *options)
    assert done.returncode == 1
    assert "error undated.txt: the days of the inspection are not said" in done.stdout
    assert "1 thing is wrong, missing or unreadable" in done.stderr
    assert (tmp_path / "out" / "reading.html").is_file()


def test_build_into_a_folder_of_something_else_is_refused(tmp_path: Path, samples: Path) -> None:
    (tmp_path / "letter.docx").write_text("mine")
    done = run("build", samples / "unknown-leaflet.txt", "-o", tmp_path)
    assert done.returncode == 3
    assert "letter.docx" in done.stderr
    assert (tmp_path / "letter.docx").read_text() == "mine"


def test_query_prints_labels_for_people_and_terms_for_programs(built: Path) -> None:
    table = run("query", "judgements-over-time", "--graph", built, "--param", "authority=Saltmere")
    assert (table.returncode, table.stderr) == (0, "")
    assert re.search(r"Saltmere +2020-02-03 +\S.* +Overall effectiveness +Good", table.stdout)
    rows = run("query", "judgements-over-time", "--graph", built, "-p", "authority=Saltmere", "--format", "json")
    found = json.loads(rows.stdout)["results"]["bindings"]
    assert {row["authority"]["value"].rpartition("/")[2] for row in found} == {"E99000002"}


@pytest.mark.parametrize(
    ("arguments", "said", "remedy"),
    [
        (["judgments-over-time"], "did you mean 'judgements-over-time'", "'inspection-graph queries' lists them all"),
        (["inspections", "-p", "place=Saltmere"], "has no parameter 'place': it has authority", "queries NAME"),
        (["inspections", "-p", "authority=Saltmeer"], "did you mean 'saltmere'", ""),
        (["inspections", "-p", "authority"], "'authority' is no parameter", "--param name=value"),
        (["inspections", "--columns", "when"], "no column 'when'", "authority, start"),
        (["inspections", "--format", "turtle"], "answers with a table", "use csv, tsv"),
    ],
)
def test_a_question_put_wrongly_is_helped(built: Path, arguments: list[str], said: str, remedy: str) -> None:
    done = run("query", *arguments, "--graph", built)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert remedy in done.stderr


def test_a_syntax_error_names_line_and_column(built: Path) -> None:
    done = run("query", "-", "--graph", built, stdin="SELECT * WHERE {\n ?a ?b \n}")
    assert done.returncode == 2
    assert "standard input, line 2, column 2: from here on it is not understood" in done.stderr


def test_explain_query_gives_sparql_that_runs_elsewhere(built: Path) -> None:
    given = run("query", "inspections", "--graph", built, "-p", "authority=Saltmere", "--explain")
    again = run("query", "-", "--graph", built, "--format", "csv", stdin=given.stdout)
    direct = run("query", "inspections", "--graph", built, "-p", "authority=Saltmere", "--format", "csv")
    assert again.stdout == direct.stdout
    assert direct.stdout.count("\n") > 2


def test_queries_lists_all_and_shows_one() -> None:
    listed = json.loads(run("queries", "--json").stdout)
    assert {"judgements-over-time", "thread", "not-understood"} <= {question["name"] for question in listed}
    assert run("queries", "thread").stdout == (ROOT / "queries/threads/thread.rq").read_text(encoding="utf8")


def test_explain_shows_the_words_page_and_reasons(built: Path) -> None:
    row = run(
        "query",
        "findings-on-theme",
        "--graph",
        built,
        "-p",
        "authority=Saltmere",
        "-p",
        "theme=Supervision",
        "-f",
        "json",
    )
    finding = json.loads(row.stdout)["results"]["bindings"][0]
    told = run("explain", finding["finding"]["value"], "--graph", built)
    assert told.returncode == 0
    assert finding["statement"]["value"][:60] in told.stdout
    assert "The words" in told.stdout
    assert "Why" in told.stdout
    assert json.loads(run("explain", "--json", finding["finding"]["value"], "--graph", built).stdout)["quotations"]


def test_explain_of_a_document_shows_its_kind_and_what_was_expected_of_it(built: Path) -> None:
    told = run("explain", "harrowdale-2025-monitoring-visit-letter.txt", "--graph", built)
    assert "Read as inspection-letter, ilacs-monitoring-visit: its title says “Monitoring visit" in told.stdout
    assert re.search(r"✓ +which visit of the series +2\b", told.stdout)
    asked = json.loads(run("explain", "--json", "harrowdale-2025-monitoring-visit-letter.txt", "--graph", built).stdout)
    assert asked["reading"]["kind"] == "inspection-letter"


def test_explain_of_something_unknown_offers_what_is_near(built: Path) -> None:
    done = run("explain", "Harrowdael", "--graph", built)
    assert done.returncode == 2
    assert "did you mean 'harrowdale'" in done.stderr


@pytest.mark.parametrize("command", ["query inspections", "explain Saltmere", "view -o site", "export", "check"])
def test_a_folder_that_is_no_build_is_told_so(command: str, tmp_path: Path) -> None:
    done = run(*command.split(), "--graph", tmp_path)
    assert done.returncode == 3
    assert "is not the folder of a build" in done.stderr


def test_a_graph_must_be_named() -> None:
    done = run("query", "inspections")
    assert done.returncode == 2
    assert "--graph FOLDER" in done.stderr


@pytest.mark.parametrize("command", ["build", "query", "queries", "explain", "view", "export", "check", "serve"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    assert f"Example: inspection-graph {command}" in re.sub(r"\s+", " ", run(command, "--help").stdout)


def test_check_passes_on_the_samples(built: Path) -> None:
    done = run("check", "--graph", built)
    assert done.returncode == 0, done.stdout
    assert "conforms to the shapes" in done.stdout
    assert "HermiT: consistent" in done.stdout or "HermiT did not run: java" in done.stdout


@pytest.mark.parametrize("format", ["turtle", "nquads", "trig", "jsonld", "graphml"])
def test_export_writes_the_same_bytes_twice(built: Path, tmp_path: Path, format: str) -> None:
    for name in ("a", "b"):
        assert run("export", "--graph", built, "--format", format, "-o", tmp_path / name).returncode == 0
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert (tmp_path / "a").stat().st_size > 10_000
