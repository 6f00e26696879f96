"""The guide cannot drift: each query in it runs and answers as printed, and what is generated is up to date.

`UPDATE_GUIDE=1 .venv/bin/python -m pytest tests/guide` writes the answers and the drawing anew.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from graph.exports import export_model, export_tables

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "guide"
TEN = GUIDE / "ten-questions.md"
BLOCK = re.compile(r"```sparql\n(.*?)```\n```text\n(.*?)```", re.DOTALL)
ASKED = BLOCK.findall(TEN.read_text(encoding="utf8"))
COMMAND = re.compile(r"```console\n\$ (inspection-graph [^\n]+)\n(.*?)```", re.DOTALL)
PAGES = sorted(GUIDE.glob("*.md"))
COMMANDS = [(page, *found) for page in PAGES for found in COMMAND.findall(page.read_text(encoding="utf8"))]
MODEL = re.compile(r"```mermaid\n(.*?)```", re.DOTALL)


def ran(arguments: list[str], given: str = "") -> str:
    environment = {**os.environ, "COLUMNS": "110", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "cli", *arguments],
        input=given,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=environment,
    )
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def hold(page: Path, printed: str, now: str) -> None:
    """That the page has it so, or is made to have it so."""
    if os.environ.get("UPDATE_GUIDE"):
        page.write_text(page.read_text(encoding="utf8").replace(printed, now), encoding="utf8", newline="\n")
    else:
        assert now == printed


def test_there_are_ten_questions() -> None:
    headings = re.findall(r"^## (\d+)\. ", TEN.read_text(encoding="utf8"), re.MULTILINE)
    assert headings == [str(n) for n in range(1, 11)]
    assert len(ASKED) == 10


@pytest.mark.parametrize(("sparql", "answer"), ASKED, ids=range(1, len(ASKED) + 1))
def test_a_question_answers_as_printed(sparql: str, answer: str, built: Path) -> None:
    now = ran(["query", "-", "--graph", str(built), "--limit", "5"], sparql)
    assert len(now.splitlines()) > 1
    hold(TEN, f"{sparql}```\n```text\n{answer}```", f"{sparql}```\n```text\n{now}```")


@pytest.mark.parametrize(("page", "command", "output"), COMMANDS, ids=[c[:60] for _, c, _ in COMMANDS])
def test_a_command_prints_what_the_guide_says(page: Path, command: str, output: str, built: Path) -> None:
    arguments = re.findall(r"""'([^']*)'|(\S+)""", command)
    words = [quoted or plain for quoted, plain in arguments][1:]
    now = ran([word.replace("demo/graph", str(built)) for word in words])
    hold(page, f"$ {command}\n{output}```", f"$ {command}\n{now}```")


def test_the_drawing_is_that_of_the_ontology() -> None:
    page = GUIDE / "model.md"
    (drawn,) = MODEL.findall(page.read_text(encoding="utf8"))
    target = io.BytesIO()
    export_model("mermaid", target)
    hold(page, f"```mermaid\n{drawn}```", f"```mermaid\n{target.getvalue().decode()}```")


def test_a_page_of_the_guide_leads_only_to_what_is_there() -> None:
    for page in PAGES:
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_notebook_runs_from_its_first_cell_to_its_last(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The code cells in their order, in one namespace, as a kernel would; the build of the samples is its graph."""
    pytest.importorskip("pandas", reason="the notebook puts its answers into data frames")
    notebook = json.loads((GUIDE / "inspection-graph.ipynb").read_text(encoding="utf8"))
    assert (notebook["nbformat"], notebook["metadata"]["kernelspec"]["language"]) == (4, "python")
    monkeypatch.setenv("INSPECTION_GRAPH", str(built))
    names: dict[str, object] = {"display": lambda *_: None}
    for cell in notebook["cells"]:
        assert cell["source"]
        if cell["cell_type"] == "code":
            assert (cell["outputs"], cell["execution_count"]) == ([], None), "outputs are not kept in the repository"
            exec(compile("".join(cell["source"]), "cell", "exec"), names)
    assert names["weak"].shape[0] > 0  # type: ignore[attr-defined]


PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)
SNIPPETS = PYTHON.findall((GUIDE / "recipes.md").read_text(encoding="utf8"))


@pytest.mark.parametrize("snippet", SNIPPETS, ids=[s.split("\n", 1)[0] for s in SNIPPETS])
def test_a_recipe_in_python_runs(
    snippet: str, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for package in re.findall(r"^import (pandas)|^from (csvw)", snippet, re.MULTILINE):
        pytest.importorskip(next(filter(None, package)))
    if "tables/" in snippet:
        export_tables(built, tmp_path / "tables")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(compile(snippet.replace("demo/graph", str(built)), "recipe", "exec"), names)
    if "weak" in names:
        assert len(names["weak"]) > 0  # type: ignore[arg-type]
    else:
        assert "AreaForImprovement" in capsys.readouterr().out


def test_sparql_in_the_other_pages_runs(built: Path) -> None:
    for page in PAGES:
        if page != TEN:
            for sparql in re.findall(r"```sparql\n(.*?)```", page.read_text(encoding="utf8"), re.DOTALL):
                assert len(ran(["query", "-", "--graph", str(built), "--format", "csv"], sparql).splitlines()) > 1
