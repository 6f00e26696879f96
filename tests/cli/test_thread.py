"""The red thread as the command tells it."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from cli.__main__ import app
from cli.thread import NOT_AGAIN

RUN = CliRunner()


def told(built: Path, *options: str) -> str:
    result = RUN.invoke(app, ["thread", "Harrowdale", "--graph", str(built), *options])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_thread_tells_its_steps_in_the_order_of_time_each_with_its_place(built: Path) -> None:
    threads = json.loads(told(built, "--json"))
    seen = [one for one in threads if any(step["step"] == "seen" for step in one["steps"])]
    assert seen
    for one in threads:
        after = [
            step["when"] for step in one["steps"] if step["step"] in ("promised", "resolved", "seen") and step["when"]
        ]
        assert after == sorted(after)
        assert all(step["words"] and step["document"] for step in one["steps"])
    for one in seen:
        for step in one["steps"]:
            if step["step"] == "seen":
                assert step["when"] > one["start"]
                assert step["outcome"] and step["reason"] and 0 < step["confidence"] < 1


def test_what_is_not_mentioned_again_is_not_called_solved(built: Path) -> None:
    threads = json.loads(told(built, "--json", "--sure", "1"))
    assert not any(step["step"] == "seen" for one in threads for step in one["steps"])
    assert told(built, "--markdown", "--sure", "1").count(NOT_AGAIN) == len(threads) > 0


def test_a_matter_that_nobody_asked_about_is_said_to_be_none(built: Path) -> None:
    assert "No inspection in this graph asked" in told(built, "--theme", "private-fostering")
