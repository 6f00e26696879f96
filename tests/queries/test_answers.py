"""Every question of the library on the samples: the expected answer stands beside it, and all engines give the same.

`UPDATE_ANSWERS=1 .venv/bin/python -m pytest tests/queries/test_answers.py -k expected` writes the answers anew;
read the difference before it is committed.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

import queries
from cli.source import BuiltGraph
from graph.remote import RemoteStore

# rdflib warns of its own use of Dataset.default_context and the like
pytestmark = pytest.mark.filterwarnings("ignore:Dataset\\.:DeprecationWarning:rdflib")

EMPTY = {
    "conflicting-facts": "no two samples contradict each other",
    "versions": "no sample plan has a second version",
    "unanswered": "the plan of the samples answers every recommendation that it lists",
}
"""Questions whose true answer on the samples has no rows."""
BEYOND_RDFLIB = {
    "red-thread": "joins many optional steps: a quarter of a minute",
    "schema": "walks the lists of owl:unionOf of the whole ontology: minutes",
}
SLOW_ON_RDFLIB = {
    "documents", "inspection", "reasons", "strengths-to-learn-from", "themes-together", "unsure-labels",
    "weaknesses-among-neighbours",
}  # fmt: skip
ON_RDFLIB = [
    pytest.param(n, marks=pytest.mark.slow) if n in SLOW_ON_RDFLIB else n
    for n in queries.library()
    if n not in BEYOND_RDFLIB
]
ANSWERS = Path(__file__).parents[1] / "answers"
NAMES = list(queries.library())
Answers = Callable[[str], queries.Table]
MOST = 60
"""Rows that an answer file holds at most; the number of all stands in its first line."""


def written(table: queries.Table) -> str:
    rows = ["\t".join("" if term is None else str(term) for term in row) for row in table.rows]
    return "\n".join([f"# {len(rows)} rows", "\t".join(table.columns), *rows[:MOST]]) + "\n"


@pytest.fixture(scope="session")
def source(built: Path) -> BuiltGraph:
    return BuiltGraph(built)


@pytest.fixture(scope="session")
def answers(source: BuiltGraph) -> Answers:
    """The embedded store's answer to each question, asked once."""
    return lru_cache(maxsize=None)(lambda name: queries.table(queries.library()[name], source))


@pytest.fixture(scope="session")
def endpoint(built: Path) -> Iterator[str]:
    """A real Oxigraph server over the built samples, as `serve` starts it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "cli", "serve", "--graph", str(built), "--port", str(port), "--timeout", "20"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        else:
            pytest.fail("the server did not start within 30 seconds")
        yield f"http://127.0.0.1:{port}/query"
    finally:
        os.killpg(server.pid, 2)
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def dataset(built: Path) -> rdflib.Dataset:
    """The same graph in an engine that has no line in common with Oxigraph."""
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=(built / "graph.nq").read_bytes(), format="nquads")
    return dataset


def _values(row: Iterable[object]) -> tuple[object, ...]:
    return tuple(_value(term) for term in row)


def _value(term: object) -> object:
    """A term so that engines which write numbers, and order what they join, otherwise can be compared."""
    match term:
        case rdflib.Literal() | ox.Literal():
            kind = str(term.datatype).rpartition("#")[2].rstrip(">")
            if kind in ("integer", "decimal", "double"):
                return float(str(term.value))
            words = str(term) if isinstance(term, rdflib.Literal) else term.value
            return tuple(sorted(words.split("; ")))
        case ox.NamedNode():
            return term.value
        case rdflib.URIRef():
            return str(term)
        case rdflib.BNode() | ox.BlankNode():
            return "a blank node"
    return term


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_is_the_expected_one(name: str, answers: Answers) -> None:
    answer = written(answers(name))
    file = ANSWERS / f"{name}.tsv"
    if os.environ.get("UPDATE_ANSWERS"):
        file.write_text(answer, encoding="utf8", newline="\n")
    assert answer == file.read_text(encoding="utf8")


def test_no_answer_is_expected_of_a_question_that_is_gone() -> None:
    for file in ANSWERS.glob("*.tsv"):
        if os.environ.get("UPDATE_ANSWERS") and file.stem not in NAMES:
            file.unlink()
    assert {file.stem for file in ANSWERS.glob("*.tsv")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_has_rows_as_it_stands(name: str, answers: Answers) -> None:
    assert bool(answers(name).rows) is (name not in EMPTY)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_runs_unchanged_where_nobody_binds_its_parameters(
    name: str, source: BuiltGraph, answers: Answers
) -> None:
    rows = source.query(queries.library()[name].sparql)
    assert isinstance(rows, ox.QuerySolutions)
    assert tuple(tuple(row[c] for c in answers(name).columns) for row in rows) == answers(name).rows


@pytest.mark.parametrize("name", ON_RDFLIB)
def test_rdflib_gives_the_same_answer(name: str, answers: Answers, dataset: rdflib.Dataset) -> None:
    there = dataset.query(queries.library()[name].sparql)
    assert Counter(_values(row) for row in there) == Counter(_values(row) for row in answers(name).rows)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", NAMES)
def test_a_real_server_gives_the_same_answer(name: str, answers: Answers, endpoint: str) -> None:
    assert queries.table(queries.library()[name], RemoteStore(endpoint)) == answers(name)


def test_the_server_takes_no_update(endpoint: str, source: BuiltGraph) -> None:
    before = _count(source)
    with pytest.raises(urllib.error.HTTPError, match=r"40\d"):
        _update(endpoint.replace("/query", "/update"))
    assert _count(RemoteStore(endpoint)) == before


def _count(asked: queries.Source) -> str:
    rows = queries.table(queries.read_question("count", "", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }"), asked).rows
    assert isinstance(rows[0][0], ox.Literal)
    return rows[0][0].value


def _update(url: str) -> None:
    words = b"INSERT DATA { <http://example.org/a> <http://example.org/b> <http://example.org/c> }"
    asked = urllib.request.Request(url, words, {"Content-Type": "application/sparql-update"})
    with urllib.request.urlopen(asked, timeout=10):
        pass
