"""`evaluate` as a user runs it: draw sentences, label them, measure; and `explain` of a finding."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.evaluation import Told, ToldGraph

Here = Callable[..., Any]


@pytest.fixture(scope="module")
def told(built: Path) -> ToldGraph:
    return ToldGraph(built)


@pytest.fixture
def drawn(here: Here, built: Path, tmp_path: Path) -> Path:
    """A sample with what the graph says filled in, as a second reader might correct it."""
    file = tmp_path / "drawn.csv"
    done = here("evaluate", "--sample", "60", "--graph", built, "-o", file, "--with-labels")
    assert done.returncode == 0, done.stderr
    return file


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def test_a_sample_for_a_blind_reading_does_not_tell_what_the_graph_says(
    here: Here, built: Path, tmp_path: Path
) -> None:
    file = tmp_path / "labels.csv"
    done = here("evaluate", "--sample", "40", "--graph", built, "-o", file)
    assert done.returncode == 0
    assert "docs/labelling.md" in done.stderr
    rows = rows_of(file)
    assert len(rows) == 40
    to_fill = ("finding", "polarity", "themes", "prevalence", "cohort", "change", "note")
    assert {row[column] for row in rows for column in to_fill} == {""}
    assert "confidence" not in rows[0]
    assert all(row["text"] and row["document"] and "/passage/" in row["passage"] for row in rows)
    again = here("evaluate", file, "--graph", built)
    assert again.returncode == 3
    assert "no row is labelled yet" in again.stderr


def test_the_same_sample_is_drawn_twice_and_never_over_a_file(here: Here, built: Path, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        assert here("evaluate", "--sample", "20", "--graph", built, "-o", tmp_path / name).returncode == 0
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    done = here("evaluate", "--sample", "20", "--graph", built, "-o", tmp_path / "a.csv")
    assert done.returncode == 3
    assert "is there already" in done.stderr


def test_labels_that_repeat_what_the_graph_says_agree_with_it(here: Here, built: Path, drawn: Path) -> None:
    found = json.loads(here("evaluate", drawn, "--graph", built, "--format", "json").stdout)
    assert found["sentences"] == 60
    assert found["finding"]["right"]["value"] == 1.0
    assert {scheme["micro"]["f1"]["value"] for scheme in found["schemes"]} <= {1.0, None}


def test_a_difference_is_shown_with_the_graphs_reasons(here: Here, built: Path, drawn: Path, tmp_path: Path) -> None:
    content = drawn.read_text(encoding="utf-8-sig").replace(",strength,", ",weakness,")
    (tmp_path / "mine.csv").write_text(content, encoding="utf8")
    done = here("evaluate", tmp_path / "mine.csv", "--graph", built, "--worst", "2")
    assert done.returncode == 0
    assert "Worst cases: polarity" in done.stdout
    assert re.search(r"graph: strength \(0\.\d\d\)   readers: weakness", done.stdout)
    assert "why: strength: " in done.stdout
    assert re.search(r"polarity, right +0\.\d{3} +0\.\d{3}–[01]\.\d{3}", done.stdout)
    assert "How far confidence can be trusted: themes" in done.stdout


def test_figures_are_written_for_papers_and_programs(here: Here, built: Path, drawn: Path) -> None:
    markdown = here("evaluate", drawn, "--graph", built, "--format", "markdown").stdout
    assert "| figure | value | 95% | of |\n|---|---:|---:|---:|\n" in markdown
    table = list(csv.DictReader(here("evaluate", drawn, "--graph", built, "--format", "csv").stdout.splitlines()))
    assert list(table[0]) == ["table", "label", "measure", "value", "low", "high", "of"]
    assert {"figures", "polarity", "theme", "polarity calibration", "polarity confusion"} <= {r["table"] for r in table}


def test_two_readers_are_compared_without_a_graph(here: Here, drawn: Path, tmp_path: Path) -> None:
    content = drawn.read_text(encoding="utf-8-sig").replace(",strength,", ",weakness,", 2)
    (tmp_path / "other.csv").write_text(content, encoding="utf8")
    done = here("evaluate", drawn, "--against", tmp_path / "other.csv")
    assert done.returncode == 0
    assert "Two readers of 60 sentences" in done.stdout
    assert re.search(r"themes +1\.000", done.stdout)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("x.pdf,Plans are good.,yes,strenght,", "labels.csv:2: “polarity” is “strenght”: did you mean “strength”?"),
        ("x.pdf,Plans are good.,yes,strength,supervison", "“themes” is “supervison”: did you mean “supervision”?"),
        ("x.pdf,Plans are good.,maybe,,", "labels.csv:2: “finding” is “maybe”: expected yes or no"),
    ],
)
def test_a_wrong_label_is_named_with_file_line_and_what_was_expected(
    here: Here, built: Path, tmp_path: Path, line: str, problem: str
) -> None:
    file = tmp_path / "labels.csv"
    file.write_text(f"document,text,finding,polarity,themes\n{line}\n", encoding="utf8")
    done = here("evaluate", file, "--graph", built)
    assert (done.returncode, done.stdout) == (3, "")
    assert problem in " ".join(done.stderr.split())


def test_labels_of_documents_that_were_not_built_are_listed(
    here: Here, built: Path, drawn: Path, tmp_path: Path
) -> None:
    file = tmp_path / "labels.csv"
    file.write_text(drawn.read_text(encoding="utf-8-sig"), encoding="utf8")
    width = len(rows_of(file)[0])
    cells = dict.fromkeys(rows_of(file)[0], "") | {"document": "gone.pdf", "text": "Plans are good.", "finding": "yes"}
    with file.open("a", encoding="utf8") as opened:
        opened.write(",".join(cells.values()) + "\n")
    assert width == len(cells)
    done = here("evaluate", file, "--graph", built)
    assert "Not built, so left out (1 sentences)\n  gone.pdf: 1" in done.stdout
    nothing = tmp_path / "nothing.csv"
    nothing.write_text("document,text,finding\ngone.pdf,Plans are good.,yes\n", encoding="utf8")
    assert here("evaluate", nothing, "--graph", built).returncode == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["evaluate"], "no labels are named"),
        (["evaluate", "labels.csv"], "no graph is named"),
        (["evaluate", "--sample", "5", "--graph", "GRAPH"], "no file is named"),
        (["evaluate", "nowhere.csv", "--graph", "GRAPH"], "nowhere.csv: cannot be read"),
    ],
)
def test_what_is_missing_is_told(here: Here, built: Path, arguments: list[str], said: str) -> None:
    done = here(*(str(built) if word == "GRAPH" else word for word in arguments))
    assert done.returncode in (2, 3)
    assert said in done.stderr


def test_explain_gives_each_label_its_words_and_each_slices_to_them(here: Here, built: Path, told: ToldGraph) -> None:
    wanted = [one for key in told.documents for one in told.findings(key) if one.ids("prevalence")][:2]
    for finding in wanted:
        asked = json.loads(here("explain", "--json", finding.iri, "--graph", built).stdout)
        text = told.text(finding.document)
        labels = {(one["scheme"], one["concept"].rpartition("/")[2]) for one in asked["reasons"]}
        assert labels == {(scheme, id) for scheme in finding.labels for id in finding.ids(scheme)}
        for one in asked["reasons"]:
            assert (one["confidence"] is not None) == (one["scheme"] in ("polarity", "theme"))
            for words in one["words"]:
                assert text[words["start"] : words["end"]] == words["exact"]
                assert finding.start <= words["start"] < words["end"] <= finding.end
        assert any(one["words"] and one["words"][0]["kind"] for one in asked["reasons"])
        assert any(one["weights"] for one in asked["reasons"])


def test_explain_says_which_name_of_a_concept_stands_where(here: Here, built: Path, told: ToldGraph) -> None:
    def has(one: Told) -> bool:
        return "supervision" in one.ids("theme") and "supervision" in one.statement

    finding = next(one for key in told.documents for one in told.findings(key) if has(one))
    at = finding.start + told.text(finding.document)[finding.start :].index("supervision")
    shown = here("explain", finding.iri, "--graph", built).stdout
    assert re.search(rf"“supervision” {at}-{at + 11}\b.*  its (hidden |other )?label “supervision”", shown)
    assert re.search(r"theme +Supervision +0\.\d\d", shown)
    assert re.search(r"learnt weights +“", shown)
