"""Files of labels that people make, and what is wrong with some of them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from graph.errors import LabelsError
from graph.evaluation import read_labels

KNOWN = {
    "polarity": {"strength": "strength", "weakness": "weakness", "mixed": "mixed", "neutral": "neutral"},
    "theme": {"early-help": "early-help", "early help": "early-help", "supervision": "supervision"},
    "prevalence": {"some": "some", "almost all": "almost-all", "almost-all": "almost-all"},
    "cohort": {"parents": "parents"},
    "change": {"improved": "improved"},
}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{\n", ":1: not JSON: "),
        ('{"sha": "a", "text": "Good.", "finding": true}\n[1]\n', ":2: expected an object such as"),
        ('{"sha": "a", "finding": true}\n', ":1: “text” is missing: expected the sentence"),
        ('{"text": "Good.", "finding": true}\n', ":1: “document” is missing"),
        ('{"sha": "a", "text": "Good.", "finding": "perhaps"}\n', ":1: “finding” is “perhaps”: expected yes or no"),
        ('{"sha": "a", "text": "Good.", "finding": true, "polarity": "strenght"}\n',
         ":1: “polarity” is “strenght”: did you mean “strength”?"),
        ('{"sha": "a", "text": "Good.", "finding": true, "themes": ["zzz"]}\n',
         ":1: “themes” is “zzz”: expected one of early-help, supervision"),
        ('{"sha": "a", "text": "Good.", "finding": true, "polarity": ["strength", "mixed"]}\n',
         ":1: “polarity” holds 2 values: expected one"),
        ('{"sha": "a", "text": "Good.", "finding": true, "weight": -1}\n', ":1: “weight” is “-1”: expected a number"),
        ("", ": no label is in it"),
    ],
)  # fmt: skip
def test_a_malformed_line_is_named_with_what_was_expected(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text(content, encoding="utf8")
    with pytest.raises(LabelsError) as caught:
        read_labels(path, KNOWN)
    assert f"{path}{problem}" in str(caught.value)


def test_all_malformed_lines_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text("no\n" * 30, encoding="utf8")
    with pytest.raises(LabelsError) as caught:
        read_labels(path, KNOWN)
    assert (len(caught.value.problems), caught.value.count) == (20, 30)
    assert str(caught.value).endswith("and 10 more")


@pytest.mark.parametrize("parted", [",", ";", "\t"])
def test_a_table_from_a_spreadsheet_program_is_read(tmp_path: Path, parted: str) -> None:
    path = tmp_path / "labels.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=parted)
        writer.writerow(["Document", "Text", "Finding", "Polarity", "Themes", "Prevalence", "My own column"])
        writer.writerow(["a.pdf", "Most are\ngood, “really”.", "YES", "Strength", "Early help | supervision", "", "x"])
        writer.writerow(["a.pdf", "Not looked at yet.", "", "", "", "", ""])
        writer.writerow(["a.pdf", "Seen, but not labelled.", "yes", "", "", "Almost all", ""])
        writer.writerow(["a.pdf", "A heading", "no", "", "", "", ""])
    file_ = read_labels(path, KNOWN)
    assert [row.line for row in file_.rows] == [2, 5, 6]
    assert file_.unlabelled == (4,)
    first, second, third = file_.rows
    assert first.labels == {
        "polarity": {"strength"}, "theme": {"early-help", "supervision"}, "prevalence": frozenset(),
    }  # fmt: skip
    assert second.labels == {"prevalence": {"almost-all"}}
    assert (third.finding, third.labels) == (False, {})


def test_a_table_without_the_columns_that_are_needed_or_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_text("document,sentence\na,b\n", encoding="utf8")
    with pytest.raises(LabelsError, match=r"labels\.csv:1: expected a first line with the columns .*“text”, “finding”"):
        read_labels(path, KNOWN)
    path.write_bytes("document,text,finding\na.pdf,children’s,yes\n".encode("cp1252"))
    with pytest.raises(LabelsError, match=r"labels\.csv:2: not UTF-8: in a spreadsheet program"):
        read_labels(path, KNOWN)
