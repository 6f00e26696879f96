"""The benchmark of publishes that are broken off, on the samples: a process killed, connections cut, a store away."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_a_publish_that_is_killed_or_cut_off_is_equal_in_the_end(built: Path) -> None:
    command = [sys.executable, "benchmarks/publish.py", str(built), "--trials", "3", "--seed", "3", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    run = json.loads(done.stdout)
    assert [trial["equal"] for trial in run["trials"]] == [True, True, True]
    killed, cut, away = run["trials"]
    assert killed["broke"]
    assert away["broke"]
    assert not cut["broke"]  # it asked again by itself
    assert 0 < away["arrived"] < run["graphs"]
