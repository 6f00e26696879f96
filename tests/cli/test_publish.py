"""`publish` as a user runs it: against a real Oxigraph server, and where it cannot work."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.graph.real_stores import Running, oxigraph
from tests.graph.scripted import Reply, scripted

ROOT = Path(__file__).parents[2]


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1", **environment}
    command = [sys.executable, "-m", "cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=known, timeout=120)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as running:
        yield running


def test_it_says_what_it_would_do_does_it_and_then_has_nothing_to_do(store: Running, built: Path) -> None:
    would = run("publish", "--graph", built, "--to", store.graphs, "--dry-run")
    assert would.returncode == 0, would.stderr
    assert "send" in would.stdout
    assert "would be sent" in would.stdout
    done = run("publish", "--graph", built, "--to", store.graphs)
    assert done.returncode == 0, done.stderr
    assert "0 as they were, 0 removed" in done.stdout
    again = run("publish", "--graph", built, "--update", store.update)
    assert f"{store.update}: 0 graphs with 0 statements sent" in again.stdout
    asked = run("query", "coverage", "--endpoint", store.query, "-f", "tsv")
    here = run("query", "coverage", "--graph", built, "-f", "tsv")
    assert asked.stdout == here.stdout


def test_a_strangers_graphs_and_how_to_take_them_over(store: Running, built: Path) -> None:
    assert run("publish", "--graph", built, "--to", store.graphs).returncode == 0
    refused = run("publish", "--graph", built, "--to", store.graphs, "--dataset", "mine")
    assert refused.returncode == 3
    assert "no publish of 'mine' sent" in refused.stderr
    assert "--take-over" in refused.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "name one address"),
        (["--to", "http://localhost:1/a", "--update", "http://localhost:1/b"], "name one address"),
        (["--to", "http://localhost:1/unheard-of"], "--endpoint"),
        (["--to", "http://localhost:1/store", "--dataset", "No name"], "is no name"),
    ],
)
def test_what_is_not_understood(options: list[str], said: str, built: Path) -> None:
    done = run("publish", "--graph", built, *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_password_is_used_and_never_shown(built: Path) -> None:
    with scripted(Reply(status=401, headers={"WWW-Authenticate": 'Basic realm="x"'})) as closed:
        known = {"INSPECTION_GRAPH_USER": "ann", "INSPECTION_GRAPH_PASSWORD": "s3cret"}
        done = run("publish", "--graph", built, "--to", closed.url, "--endpoint", closed.url, **known)
        assert any("authorization" in request.headers for request in closed.requests)
    assert done.returncode == 3
    assert "does not know this user" in done.stderr
    assert "s3cret" not in done.stdout + done.stderr


def test_query_warns_on_stderr_that_an_answer_may_be_cut(built: Path) -> None:
    triples = b"".join(b"<a:a> <a:b> %d .\n" % n for n in range(1000))
    question = built.parent / "all.rq"
    question.write_text("CONSTRUCT WHERE { ?s ?p ?o }")
    with scripted(Reply(triples)) as server:
        done = run("query", question, "--endpoint", server.url, "-f", "turtle")
    assert done.returncode == 0, done.stderr
    assert "may be cut" in done.stderr
    assert "may be cut" not in done.stdout


def test_a_time_that_is_none_is_refused() -> None:
    done = run("query", "coverage", "--endpoint", "http://localhost:1/query", INSPECTION_GRAPH_TIMEOUT="soon")
    assert done.returncode == 2
    assert "INSPECTION_GRAPH_TIMEOUT" in done.stderr
