"""What `query` and `export` write to files, and what they refuse."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.__main__ import app
from queries import WrongForm


def ran(*arguments: str) -> tuple[int, str, BaseException | None]:
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.output, result.exception


def test_an_answer_goes_to_a_file(built: Path, tmp_path: Path) -> None:
    file = tmp_path / "themes.csv"
    assert ran("query", "themes", "-g", str(built), "-f", "csv", "-o", str(file))[0] == 0
    assert file.read_text(encoding="utf8").startswith("theme,under")


def test_an_answer_that_cannot_be_written_leaves_no_file(built: Path, tmp_path: Path) -> None:
    _, _, error = ran("query", "themes", "-g", str(built), "-f", "turtle", "-o", str(tmp_path / "themes.ttl"))
    assert isinstance(error, WrongForm)
    assert list(tmp_path.iterdir()) == []


def test_a_long_table_is_cut_and_says_so(built: Path) -> None:
    _, said, _ = ran("query", "themes", "-g", str(built), "--limit", "2")
    assert "2 of " in said
    assert "--format csv writes all" in said


def test_a_parameter_given_twice_is_refused(built: Path) -> None:
    code, said, _ = ran("query", "cohorts", "-g", str(built), "-p", "sure=0.5", "-p", "sure=0.9")
    assert (code, "parameter 'sure' is given twice" in said) == (2, True)


def test_tables_need_a_folder_and_a_graph(tmp_path: Path) -> None:
    assert ran("export", "-f", "csvw")[0] == 2
    assert ran("export", "-f", "csvw", "-o", str(tmp_path / "tables"))[0] == 2


@pytest.mark.parametrize("format", ["questions", "context", "frame", "mermaid"])
def test_the_model_and_the_questions_need_no_graph(format: str, tmp_path: Path) -> None:
    file = tmp_path / "out"
    assert ran("export", "-f", format, "-o", str(file))[0] == 0
    assert file.stat().st_size > 1000
