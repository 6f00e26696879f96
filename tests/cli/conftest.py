"""Commands run within the test's own process, which saves a second of start for each; one endpoint for all who ask."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli import console
from cli.__main__ import main
from tests.cli.serving import Endpoint


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended and what it printed."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Runs one command with its arguments, on paper 200 letters wide."""

    def run(*arguments: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["inspection-graph", *map(str, arguments)])
        monkeypatch.setattr(console.out, "_width", 200)
        monkeypatch.setattr(console.err, "_width", 200)
        out, err, code = io.StringIO(), io.StringIO(), 0
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                main()
            except SystemExit as end:
                code = int(end.code or 0)
        return Done(code, out.getvalue(), err.getvalue())

    return run


@pytest.fixture(scope="package")
def endpoint(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """A running `serve` over the samples, for all tests that only ask it."""
    with Endpoint(built, tmp_path_factory.mktemp("serve"), "--timeout", "20") as started:
        yield started
