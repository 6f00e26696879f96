"""The README cannot drift: what it prints is what the commands print, and every command is in it.

`UPDATE_README=1` writes the outputs anew.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from cli.__main__ import app

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
BLOCK = re.compile(r"```console\n\$ (inspection-graph [^\n]+)\n(.*?)```", re.DOTALL)
EXAMPLES = BLOCK.findall(README.read_text(encoding="utf8"))


def printed(command: str, built: Path) -> str:
    arguments = shlex.split(command.replace("demo/graph", str(built)))[1:]
    environment = {**os.environ, "COLUMNS": "110", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "cli", *arguments], capture_output=True, text=True, check=True, cwd=ROOT, env=environment
    )
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


@pytest.mark.parametrize(("command", "output"), EXAMPLES, ids=[c[:60] for c, _ in EXAMPLES])
def test_an_example_prints_what_the_readme_says(command: str, output: str, built: Path) -> None:
    now = printed(command, built)
    if os.environ.get("UPDATE_README"):
        text = README.read_text(encoding="utf8")
        README.write_text(text.replace(f"$ {command}\n{output}", f"$ {command}\n{now}"), encoding="utf8")
    else:
        assert now == output


def test_every_command_is_in_the_readme() -> None:
    text = README.read_text(encoding="utf8")
    for command in app.registered_commands:
        name = command.name or command.callback.__name__  # type: ignore[union-attr]
        assert re.search(rf"\| `{name}\b", text), name
