"""The red thread as the command tells it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.__main__ import app
from cli.thread import MOST, NOT_AGAIN
from tests.graph.real_stores import oxigraph
from tests.graph.shelf import Shelf, minutes, pack, plan
from tests.graph.shelf import report as told_of
from tests.graph.shelf import shelf as placed

RUN = CliRunner()
STEPS = ("found", "asked", "promised", "resolved", "seen")


def told(built: Path, *options: str, whose: str = "Harrowdale") -> str:
    result = RUN.invoke(app, ["thread", whose, "--graph", str(built), *options])
    assert result.exit_code == 0, result.output
    return result.output


def steps(built: Path, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(told(built, "--json", *options))
    return found


def test_a_thread_tells_its_steps_in_the_order_of_time_each_with_its_place(built: Path) -> None:
    threads = steps(built)
    seen = [one for one in threads if any(step["step"] == "seen" for step in one["steps"])]
    assert seen
    for one in threads:
        after = [
            step["when"] for step in one["steps"] if step["step"] in ("promised", "resolved", "seen") and step["when"]
        ]
        assert after == sorted(after)
        assert all(step["words"] and step["document"] and step["by"] for step in one["steps"])
    for one in seen:
        for step in one["steps"]:
            if step["step"] == "seen":
                assert step["when"] > one["start"]
                assert step["outcome"] and step["reason"] and 0 < step["confidence"] < 1


def test_no_step_is_told_twice(built: Path) -> None:
    threads = steps(built)
    assert {step["step"] for one in threads for step in one["steps"]} == set(STEPS)
    for one in threads:
        things = [(step["step"], step["thing"]) for step in one["steps"]]
        assert len(set(things)) == len(things)


def test_what_members_resolved_has_the_day_of_their_meeting(built: Path) -> None:
    resolved = {
        (step["when"], step["by"]) for one in steps(built) for step in one["steps"] if step["step"] == "resolved"
    }
    assert {when for when, _ in resolved} == {"2016-11-24"}


def test_threads_come_as_their_inspection_numbers_them_and_actions_as_their_plan_does(built: Path) -> None:
    threads = [one for one in steps(built) if one["start"] == "2016-06-06"]
    numbers = [int(step["number"]) for one in threads for step in one["steps"] if step["step"] == "asked"]
    assert numbers == sorted(numbers) and len(numbers) > 5
    for one in threads:
        references = [step["reference"] for step in one["steps"] if step["step"] == "promised"]
        assert references == sorted(references, key=lambda told: [int(part) for part in told.split(".")])


def test_what_became_of_the_recommendation_itself_comes_before_what_became_of_its_actions(built: Path) -> None:
    both = 0
    for one in steps(built):
        seen = [step for step in one["steps"] if step["step"] == "seen"]
        for day in {step["when"] for step in seen}:
            through = [bool(step["reference"]) for step in seen if step["when"] == day]
            assert through == sorted(through)
            both += len(set(through)) == 2
    assert both


def test_a_later_inspection_is_told_by_its_outcomes_and_few_of_its_statements(built: Path) -> None:
    short, long = told(built, "--markdown"), told(built, "--markdown", "--all")
    heads = [line for line in short.splitlines() if " seen in “" in line]
    assert heads == [line for line in long.splitlines() if " seen in “" in line]
    quoted = re.split(r"^- |^#", short, flags=re.MULTILINE)
    counts = [len(re.findall(r"^  - .*confidence", part, flags=re.MULTILINE)) for part in quoted]
    assert max(counts) == MOST
    assert "which --all tells" in short
    assert "which --all tells" not in long
    for head in heads:
        assert re.search(r": (?:[a-z ]+ \d+(?:, )?)+$", head)
    total = sum(int(number) for head in heads for number in re.findall(r" (\d+)", head.rpartition("”: ")[2]))
    assert total == len(re.findall(r"^  - .*confidence", long, flags=re.MULTILINE))


def test_a_recommendation_is_quoted_once_and_every_quotation_has_its_document(built: Path) -> None:
    lines = told(built, "--markdown", "--all").splitlines()
    asked = [line.partition(": ")[2] for line in lines if line.startswith("## ")]
    assert all(sum(f"“{words}”" in line for line in lines if line.startswith("- ")) == 0 for words in asked)
    places = [line for line in lines if line.startswith("Asked in “")]
    assert len(places) == len(asked)
    assert any(re.search(r", page \d+$", line) for line in places)


def test_what_is_not_mentioned_again_is_not_called_solved(built: Path) -> None:
    threads = steps(built, "--sure", "1")
    assert not any(step["step"] == "seen" for one in threads for step in one["steps"])
    assert told(built, "--markdown", "--sure", "1").count(NOT_AGAIN) == len(threads) > 0


def test_a_matter_that_nobody_asked_about_is_said_to_be_none_beside_how_much_was_asked(built: Path) -> None:
    words = told(built, "--theme", "private-fostering")
    assert "No inspection in this graph asked" in words
    assert f"Asked on other matters: {len(steps(built))}." in words


def test_a_broad_theme_takes_in_the_narrower_ones(built: Path) -> None:
    broad = {one["recommendation"] for one in steps(built, "--theme", "care-leavers")}
    narrow = {one["recommendation"] for one in steps(built, "--theme", "pathway-planning")}
    assert narrow and narrow < broad


def test_a_server_tells_the_same_thread_as_the_folder(built: Path, tmp_path: Path) -> None:
    (tmp_path / "store").symlink_to(built / "store")
    with oxigraph(tmp_path, read_only=True) as server:
        result = RUN.invoke(app, ["thread", "Harrowdale", "--theme", "supervision", "--endpoint", server.query])
    assert result.exit_code == 0, result.output
    assert result.output == told(built, "--theme", "supervision")
    assert " seen in “" in result.output


ASKED = "Ensure that every child in care has an independent visitor."
ROW = "1.{}\tTrain twelve visitors.\tTrust.\tAnn Lee\t30/06/2016\tBegun.\t{}"


@pytest.fixture(scope="module")
def unseen(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Iterator[Shelf]:
    """Two packs with a plan that answers an inspection whose report nobody has, and a later report."""
    documents = {
        name: pack(
            "Harrowdale",
            day,
            "3 Improvement plan",
            minutes(
                "Harrowdale",
                held,
                "Councillor Iris Dunn (Chair)",
                "2 Improvement plan after Ofsted's inspection\n\n2.1 RESOLVED:\n\nThat the improvement plan be noted.",
            ),
            "Agenda Item 3\n\nImprovement plan\n\nThis plan answers the Ofsted inspection of June 2015.\n\n"
            + plan(ROW.format(1, rating), ASKED),
        )
        for name, day, held, rating in (
            ("january", "Tuesday, 5 January 2016", "1 December 2015", "Amber"),
            ("july", "Tuesday, 5 July 2016", "7 June 2016", "Green"),
        )
    }
    later = told_of("Harrowdale", "3 to 14 June 2024", "Too few children in care have an independent visitor.")
    with placed(tmp_path_factory.mktemp("unseen"), samples, report=later, **documents) as held:
        yield held


def test_what_a_plan_answers_is_told_though_nobody_has_the_report(unseen: Shelf) -> None:
    (one,) = [one for one in steps(unseen.folder) if one["start"] == "2015-06"]
    assert [(step["step"], step["when"]) for step in one["steps"]] == [
        ("asked", "2015-06"),
        ("resolved", "2015-12-01"),
        ("promised", "2016-01-05"),
        ("resolved", "2016-06-07"),
        ("promised", "2016-07-05"),
        ("seen", "2024-06-03"),
    ]
    assert "2015-06: Ensure that every child" in told(unseen.folder)


def test_ratings_of_one_action_stand_beside_each_other_over_the_versions_of_its_plan(unseen: Shelf) -> None:
    table = unseen.table("versions", authority="Harrowdale")
    (row,) = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    assert [str(row[name]).rpartition("/")[2].strip(">") for name in ("progress", "laterProgress")] == [
        "amber",
        "green",
    ]
    assert len(unseen.table("ratings", authority="Harrowdale").rows) == 2
