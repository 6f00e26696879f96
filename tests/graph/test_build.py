from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from graph.building import BuildResult, Progress, build
from graph.building import work as working
from graph.errors import CannotWrite, ForeignFolder, NotABuild, NothingBuilt, OutInUse
from graph.folder import writing
from graph.store import chunks, open_store
from loaders.records import Report

SAMPLES = Path(__file__).parents[1] / "samples"
AUTHORITIES = (SAMPLES / "authorities.ttl",)
NAMES = (
    "harrowdale-2012-child-protection.txt",
    "harrowdale-2017-committee-pack.txt",
    "harrowdale-2023-focused-visit-letter.pdf",
    "saltmere-2021-news.txt",
    "unknown-leaflet.txt",
)
FILES = ("graph.nq", "graph.ttl", "inferred.ttl", "report.json")


def documents(folder: Path, names: tuple[str, ...] = NAMES) -> list[Path]:
    folder.mkdir(exist_ok=True)
    for name in names:
        shutil.copyfile(SAMPLES / name, folder / name)
    return [folder / name for name in names]


def built(paths: list[Path], out: Path, **settings: Any) -> BuildResult:
    return build(paths, out, vocabulary_files=AUTHORITIES, **{"workers": 1, **settings})


def written(out: Path) -> dict[str, bytes]:
    """All that a build leaves behind, but for the store and the cache."""
    texts = {f"text/{path.name}": path.read_bytes() for path in (out / "text").iterdir()}
    return {name: (out / name).read_bytes() for name in FILES} | texts


@pytest.fixture(scope="module", autouse=True)
def the_same_program() -> Iterator[None]:
    """Nobody changes the program between two builds, whatever is edited while the tests run."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("graph.building.run.program_digest", lambda: "the program")
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildResult]:
    folder = tmp_path_factory.mktemp("made")
    return folder / "out", built(documents(folder / "documents"), folder / "out")


def test_the_bytes_are_the_same_in_another_order_another_place_and_with_two_processes(
    made: tuple[Path, BuildResult], tmp_path: Path
) -> None:
    paths = documents(tmp_path / "elsewhere entirely")
    built(list(reversed(paths)), tmp_path / "another out", workers=2)
    assert written(tmp_path / "another out") == written(made[0])


def test_the_quads_are_sorted_and_each_stands_once(made: tuple[Path, BuildResult]) -> None:
    lines = (made[0] / "graph.nq").read_bytes().splitlines()
    assert lines == sorted(set(lines))


def test_the_store_holds_what_the_quads_say_and_nothing_else(made: tuple[Path, BuildResult]) -> None:
    out, result = made
    said = set(ox.parse(path=str(out / "graph.nq"), format=ox.RdfFormat.N_QUADS))
    assert set(open_store(out)) == said
    assert result.quads == len(said)


def test_the_turtle_files_say_what_the_named_graphs_say(made: tuple[Path, BuildResult]) -> None:
    stated, inferred = set(), set()
    for quad in open_store(made[0]):
        name = str(quad.graph_name)
        if "/graph/inferred/" in name:
            inferred.add(quad.triple)
        elif "/id/graph/" in name and "/dataset" not in name:
            stated.add(quad.triple)
    assert {quad.triple for quad in ox.parse(path=str(made[0] / "graph.ttl"), format=ox.RdfFormat.TURTLE)} == stated
    assert {
        quad.triple for quad in ox.parse(path=str(made[0] / "inferred.ttl"), format=ox.RdfFormat.TURTLE)
    } == inferred
    assert inferred


def test_there_are_no_blank_nodes(made: tuple[Path, BuildResult]) -> None:
    assert b"_:" not in b"".join(line.split(b'"')[0] for line in (made[0] / "graph.nq").read_bytes().splitlines())


def test_every_passage_slices_back_to_its_words(made: tuple[Path, BuildResult]) -> None:
    out = made[0]
    rows = open_store(out).query(
        """PREFIX ig: <https://w3id.org/inspection-graph/ontology#>
        SELECT * { ?p ig:document/ig:sha256 ?sha ; ig:start ?s ; ig:end ?e ; ig:exact ?x }""",
        use_default_graph_as_union=True,
    )
    assert isinstance(rows, ox.QuerySolutions)
    wrong = 0
    count = 0
    for row in rows:
        text = (out / "text" / f"{row['sha'].value[:16]}.txt").read_bytes().decode()
        wrong += text[int(row["s"].value) : int(row["e"].value)] != row["x"].value
        count += 1
    assert (wrong, count > 100) == (0, True)


def test_no_folder_and_no_time_stands_in_what_is_written(made: tuple[Path, BuildResult]) -> None:
    everything = b"".join(written(made[0]).values())
    assert str(made[0].parent).encode() not in everything


def test_an_unchanged_document_is_not_read_again(
    made: tuple[Path, BuildResult], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(made[0], tmp_path / "out")

    def refuse(*_: object) -> None:
        raise AssertionError("a document was read")

    monkeypatch.setattr("graph.building.processes.work", refuse)
    result = built(documents(tmp_path / "documents"), tmp_path / "out")
    assert result.reused == len(NAMES)
    assert written(tmp_path / "out") == written(made[0])


def test_a_changed_document_alone_is_read_and_takes_its_own_place(
    made: tuple[Path, BuildResult], tmp_path: Path
) -> None:
    shutil.copytree(made[0], tmp_path / "out")
    paths = documents(tmp_path / "documents")
    paths[-1].write_text("Another leaflet altogether.\n\nIt has nothing to say about anything.\n", encoding="utf8")
    result = built(paths, tmp_path / "out")
    assert result.reused == len(NAMES) - 1
    graphs = {str(graph) for graph in open_store(tmp_path / "out").named_graphs()}
    before = {str(graph) for graph in open_store(made[0]).named_graphs()}
    assert len(graphs - before) == len(before - graphs) == 1


def test_a_document_that_is_no_longer_given_is_gone_with_its_text(
    made: tuple[Path, BuildResult], tmp_path: Path
) -> None:
    shutil.copytree(made[0], tmp_path / "out")
    paths = documents(tmp_path / "documents")
    built(paths[:2], tmp_path / "out")
    built(paths[:2], tmp_path / "anew")
    assert written(tmp_path / "out") == written(tmp_path / "anew")
    assert len(list((tmp_path / "out" / "cache").glob("*.zip"))) == 2


def test_another_vocabulary_reads_every_document_again(made: tuple[Path, BuildResult], tmp_path: Path) -> None:
    shutil.copytree(made[0], tmp_path / "out")
    result = build(documents(tmp_path / "documents")[-1:], tmp_path / "out", workers=1)
    assert result.reused == 0


def test_two_files_with_the_same_bytes_are_one_document(tmp_path: Path) -> None:
    paths = documents(tmp_path / "documents", NAMES[-1:])
    twin = tmp_path / "documents" / "a-twin.txt"
    shutil.copyfile(paths[0], twin)
    result = built([*paths, twin], tmp_path / "out")
    assert [reading.name for reading in result.readings] == ["a-twin.txt"]


def test_a_file_that_cannot_be_read_is_told_of_and_costs_no_other(tmp_path: Path) -> None:
    paths = documents(tmp_path / "documents", NAMES[-1:])
    broken = tmp_path / "documents" / "empty.txt"
    broken.write_bytes(b"")
    missing = tmp_path / "nowhere.pdf"
    result = built([missing, broken, *paths], tmp_path / "out")
    assert [(failure.name, failure.kind) for failure in result.failures] == [
        ("empty.txt", "EmptyFile"),
        ("nowhere.pdf", "MissingPath"),
    ]
    assert [reading.name for reading in result.readings] == list(NAMES[-1:])
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf8"))
    assert [failure["name"] for failure in report["failures"]] == ["empty.txt", "nowhere.pdf"]
    assert all(failure["remedy"] for failure in report["failures"])


def test_a_document_that_failed_stands_in_the_graph_with_its_problem(tmp_path: Path) -> None:
    paths = documents(tmp_path / "documents", NAMES[-1:])
    (tmp_path / "documents" / "empty.txt").write_bytes(b"")
    built([*paths, tmp_path / "documents" / "empty.txt"], tmp_path / "out")
    found = open_store(tmp_path / "out").query(
        """PREFIX ig: <https://w3id.org/inspection-graph/ontology#>
        ASK { ?d ig:fileName "empty.txt" ; ig:hasProblem/ig:problemKind "EmptyFile" }""",
        use_default_graph_as_union=True,
    )
    assert bool(found)


def test_a_fault_of_the_program_in_one_document_is_told_with_its_place_and_tried_again_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = documents(tmp_path / "documents", NAMES[-2:])

    def faulty(source: Any, text: Any, vocabulary: Any) -> Report:
        if source.name == NAMES[-1]:
            raise KeyError("page")
        return understand(source, text, vocabulary)

    understand = working.understand
    with monkeypatch.context() as patched:
        patched.setattr(working, "understand", faulty)
        result = built(paths, tmp_path / "out")
    (failure,) = result.failures
    assert (failure.name, failure.kind) == (NAMES[-1], "KeyError")
    assert (failure.place or "").startswith("graph/building/work.py, line ")
    assert [reading.name for reading in result.readings] == [NAMES[-2]]
    again = built(paths, tmp_path / "out")
    assert (again.failures, again.reused) == ((), 1)


def test_records_that_cannot_be_written_down_cost_no_other_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = documents(tmp_path / "documents", NAMES[-2:])

    def dangling(source: Any, text: Any, vocabulary: Any) -> Report:
        report = understand(source, text, vocabulary)
        return replace(report, kind="no IRI <at all>") if source.name == NAMES[-1] else report

    understand = working.understand
    monkeypatch.setattr(working, "understand", dangling)
    result = built(paths, tmp_path / "out")
    assert [(failure.name, failure.kind) for failure in result.failures] == [(NAMES[-1], "ValueError")]
    assert [reading.name for reading in result.readings] == [NAMES[-2]]


def test_a_folder_that_cannot_be_made_is_said_to_be_so(tmp_path: Path) -> None:
    paths = documents(tmp_path / "documents", NAMES[-1:])
    (tmp_path / "file").write_text("", encoding="utf8")
    with pytest.raises(CannotWrite, match="Not a directory"):
        built(paths, tmp_path / "file" / "out")


def test_the_bytes_do_not_depend_on_the_order_of_sets(made: tuple[Path, BuildResult], tmp_path: Path) -> None:
    paths = documents(tmp_path / "documents")
    script = "import sys; from pathlib import Path; from graph.building import build; "
    script += (
        "paths = [Path(p) for p in sys.argv[1:]]; build(paths[2:], paths[0], workers=1, vocabulary_files=paths[1:2])"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "out"), str(AUTHORITIES[0]), *map(str, paths)]
    for seed in ("1", "2"):
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
        subprocess.run(command, cwd=SAMPLES.parents[1], env={"PYTHONHASHSEED": seed}, check=True)
        assert written(tmp_path / "out") == written(made[0])


def test_a_process_that_dies_costs_no_other_document(tmp_path: Path) -> None:
    class Dying(Executor):
        """Its processes have all died."""

        def submit(self, *_: Any, **__: Any) -> Future[Any]:  # type: ignore[override]
            future: Future[Any] = Future()
            future.set_exception(BrokenProcessPool("a process died"))
            return future

    result = built(documents(tmp_path / "documents", NAMES[-1:]), tmp_path / "out", executor=Dying())
    assert (len(result.readings), result.failures) == (1, ())


def test_a_document_that_takes_for_ever_is_stopped() -> None:
    with pytest.raises(working.OutOfTime), working.at_most(0.05):
        while True:
            pass


def test_nothing_is_built_of_nothing_that_can_be_read_and_an_earlier_build_stays(
    made: tuple[Path, BuildResult], tmp_path: Path
) -> None:
    shutil.copytree(made[0], tmp_path / "out")
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    with pytest.raises(NothingBuilt, match=r"empty\.txt: the file is empty"):
        built([empty], tmp_path / "out")
    assert written(tmp_path / "out") == written(made[0])


def test_an_out_that_another_build_writes_to_is_said_to_be_in_use(tmp_path: Path) -> None:
    paths = documents(tmp_path / "documents", NAMES[-1:])
    with writing(tmp_path / "out"), pytest.raises(OutInUse, match="out is in use"):
        built(paths, tmp_path / "out")


def test_a_folder_that_no_build_made_is_left_alone(tmp_path: Path) -> None:
    paths = documents(tmp_path / "documents", NAMES[-1:])
    with pytest.raises(ForeignFolder, match=r"not empty: it holds unknown-leaflet\.txt"):
        built(paths, tmp_path / "documents")
    assert [path.name for path in (tmp_path / "documents").iterdir()] == [NAMES[-1]]


def test_what_somebody_puts_into_a_build_s_folder_stays(made: tuple[Path, BuildResult], tmp_path: Path) -> None:
    shutil.copytree(made[0], tmp_path / "out")
    for name in ("notes.md", "text/notes.txt"):
        (tmp_path / "out" / name).write_text("mine", encoding="utf8")
    built(documents(tmp_path / "documents")[:1], tmp_path / "out")
    assert (tmp_path / "out" / "notes.md").exists()
    assert (tmp_path / "out" / "text" / "notes.txt").exists()


def test_a_build_among_its_documents_does_not_read_its_own_texts(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    documents(folder, NAMES[-1:])
    built([folder], folder / "out")
    assert len(built([folder], folder / "out").readings) == 1


def test_progress_is_told_of_every_document_and_stage(tmp_path: Path) -> None:
    told: list[Progress] = []
    built(documents(tmp_path / "documents", NAMES[-2:]), tmp_path / "out", progress=told.append)
    assert [step.done for step in told if step.stage == "reading"] == [0, 1, 2]
    assert {step.stage for step in told} == {"reading", "linking", "writing", "storing"}


@pytest.mark.parametrize("part", ["store", "graph.nq", "report.json"])
def test_a_folder_without_a_whole_build_cannot_be_opened(
    made: tuple[Path, BuildResult], tmp_path: Path, part: str
) -> None:
    shutil.copytree(made[0], tmp_path / "out")
    target = tmp_path / "out" / part
    shutil.rmtree(target) if target.is_dir() else target.unlink()
    with pytest.raises(NotABuild, match=f"has no {part}"):
        open_store(tmp_path / "out")


def test_a_store_that_is_no_store_is_not_a_build(made: tuple[Path, BuildResult], tmp_path: Path) -> None:
    shutil.copytree(made[0], tmp_path / "out")
    shutil.rmtree(tmp_path / "out" / "store")
    (tmp_path / "out" / "store").mkdir()
    with pytest.raises(NotABuild, match="store that can be opened"):
        open_store(tmp_path / "out")


def test_an_opened_store_cannot_be_written_to(made: tuple[Path, BuildResult]) -> None:
    store = open_store(made[0])
    node = ox.NamedNode("http://example.org/x")
    with pytest.raises(RuntimeError, match="read-write"):
        store.add(ox.Quad(node, node, node))


def test_chunks_are_as_large_as_asked_and_lose_no_piece() -> None:
    pieces = [f"line {number}\n".encode() * (number % 3 + 1) for number in range(200)]
    found = list(chunks(pieces, 64))
    assert b"".join(found) == b"".join(pieces)
    assert len(found) > 10
    assert all(len(chunk) >= 64 for chunk in found[:-1])


def test_lines_are_in_the_order_that_sort_gives(made: tuple[Path, BuildResult]) -> None:
    checked = subprocess.run(["sort", "-c", "-u", str(made[0] / "graph.nq")], env={"LC_ALL": "C"}, check=False)
    assert checked.returncode == 0


def test_the_cache_follows_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = documents(tmp_path / "documents", NAMES[-1:])
    built(paths, tmp_path / "out")
    digest: Callable[[], str] = lambda: "another program"  # noqa: E731
    monkeypatch.setattr("graph.building.run.program_digest", digest)
    assert built(paths, tmp_path / "out").reused == 0
