"""A build in the place of an earlier one keeps what has not changed, and ends as one from nothing does."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.building import build
from graph.building import run as building
from graph.building.blocks import Block, write_blocks
from graph.building.kept import last
from graph.folder import Layout
from graph.links.kept import drawn
from graph.store import open_store

SAMPLES = Path(__file__).parents[1] / "samples"
AUTHORITIES = (SAMPLES / "authorities.ttl",)
NAMES = (
    "harrowdale-2012-child-protection.txt",
    "harrowdale-2016-single-inspection.pdf",
    "harrowdale-2017-committee-pack.txt",
    "harrowdale-2022-ilacs.pdf",
    "harrowdale-2024-ilacs.txt",
    "saltmere-2015-single-inspection.txt",
    "saltmere-2020-ilacs.pdf",
    "saltmere-2021-news.txt",
    "unknown-leaflet.txt",
)
FILES = ("graph.nq", "graph.ttl", "inferred.ttl", "report.json")


@pytest.fixture(autouse=True)
def any_change_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """With so few documents every change would be a large one, and the store filled anew."""
    monkeypatch.setattr(building, "_MUCH", 2)
    monkeypatch.setattr("graph.building.run.program_digest", lambda: "the program")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("graph.building.run.program_digest", lambda: "the program")
        out = tmp_path_factory.mktemp("whole") / "out"
        made(NAMES, out)
        yield out


def made(names: tuple[str, ...], out: Path) -> None:
    build([SAMPLES / name for name in names], out, vocabulary_files=AUTHORITIES, workers=1)


def from_nothing(names: tuple[str, ...], out: Path, whole: Path) -> Path:
    """A build that knows how each document reads, and nothing else."""
    (out / "cache").mkdir(parents=True)
    (out / ".inspection-graph").touch()
    for entry in (whole / "cache").glob("*.zip"):
        shutil.copyfile(entry, out / "cache" / entry.name)
    made(names, out)
    return out


def contents(out: Path) -> tuple[dict[str, bytes], list[bytes]]:
    texts = {f"text/{path.name}": path.read_bytes() for path in (out / "text").iterdir()}
    quads = ox.serialize(iter(open_store(out)), format=ox.RdfFormat.N_QUADS) or b""
    return {name: (out / name).read_bytes() for name in FILES} | texts, sorted(quads.splitlines())


@pytest.mark.parametrize("seed", range(3))
def test_documents_may_come_and_go_in_any_order(whole: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    out = from_nothing(NAMES[:4], tmp_path / "out", whole)
    for turn in range(3):
        names = tuple(chance.sample(NAMES, chance.randint(1, len(NAMES))))
        made(names, out)
        assert contents(out) == contents(from_nothing(names, tmp_path / f"anew-{turn}", whole))


def test_one_more_document_draws_the_links_of_its_own_authority_alone(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = from_nothing(NAMES[:-3], tmp_path / "out", whole)
    asked = []
    monkeypatch.setattr("graph.links.kept.drawn", lambda group: asked.append(group.authorities) or drawn(group))
    made((*NAMES[:-3], "saltmere-2020-ilacs.pdf"), out)
    assert len(asked) == 1
    assert (
        contents(out)[0]["inferred.ttl"]
        == contents(from_nothing(NAMES[:-2], tmp_path / "anew", whole))[0]["inferred.ttl"]
    )


def test_only_the_blocks_that_changed_are_asked_for(tmp_path: Path) -> None:
    asked = []

    def block(key: str, words: bytes) -> Block:
        return Block(key, words.decode(), lambda: asked.append(key) or words)

    index = write_blocks(tmp_path / "a", [block("x", b"one"), block("y", b"two"), block("z", b"")], tmp_path / "-", {})
    assert asked == ["x", "y", "z"]
    write_blocks(tmp_path / "b", [block("y", b"two"), block("w", b"new"), block("x", b"ONE")], tmp_path / "a", index)
    assert asked == ["x", "y", "z", "w", "x"]
    assert (tmp_path / "b").read_bytes() == b"twonewONE"


@pytest.mark.parametrize("part", ["graph.nq", "graph.ttl", "store/CURRENT"])
def test_what_was_changed_since_is_not_built_upon(whole: Path, tmp_path: Path, part: str) -> None:
    out = from_nothing(NAMES[:3], tmp_path / "out", whole)
    (out / part).write_bytes((out / part).read_bytes()[:-1] if part == "graph.nq" else (out / part).read_bytes())
    known = last(Layout(out))
    assert [
        part
        for part, held in zip(
            ("graph.nq", "graph.ttl", "store/CURRENT"), (known.quads, known.stated, known.stored), strict=True
        )
        if not held
    ] == [part]


def test_a_build_that_breaks_off_is_not_built_upon(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = from_nothing(NAMES[:3], tmp_path / "out", whole)
    with monkeypatch.context() as patched:
        patched.setattr("graph.building.run.remember", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            made(NAMES[:4], out)
    made(NAMES[:5], out)
    assert contents(out) == contents(from_nothing(NAMES[:5], tmp_path / "anew", whole))


def test_links_that_were_damaged_since_are_not_built_upon(whole: Path, tmp_path: Path) -> None:
    out = from_nothing(NAMES, tmp_path / "out", whole)
    for path in (out / "cache").glob("*.links"):
        content = bytearray(path.read_bytes())
        content[-400] ^= 0xFF
        path.write_bytes(content)
    made(NAMES[:-4], out)
    assert contents(out) == contents(from_nothing(NAMES[:-4], tmp_path / "anew", whole))
