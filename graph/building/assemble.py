"""The documents' entries and the links put together: graph.nq, graph.ttl, inferred.ttl and the texts."""

from __future__ import annotations

import hashlib
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from graph import dataset, iris
from graph.building.blocks import Block, Index, write_blocks
from graph.building.kept import Beyond, Last
from graph.folder import Layout
from graph.lines import in_order
from graph.links.draw import Inferred, described
from graph.links.pieces import DOCUMENT, Piece, rendered
from ontology import ONTOLOGY_IRI, PREFIXES, RDF

_KEY = slice(len(DOCUMENT), len(DOCUMENT) + 16)
_TYPE = f" <{RDF.type}> ".encode()


@dataclass(frozen=True, slots=True)
class Kept:
    """One document's packed entry on disk; its file's name changes whenever anything in it does."""

    key: str
    path: Path
    own: int
    """How many statements no other document can make."""

    @property
    def state(self) -> str:
        return self.path.name

    def part(self, name: str) -> bytes:
        with zipfile.ZipFile(self.path) as archive:
            return archive.read(name)


@dataclass(frozen=True, slots=True)
class Assembled:
    """How many quads documents state and each rule infers, what no document states, and the blocks."""

    stated: int
    inferred: tuple[tuple[str, int], ...]
    beyond: Beyond
    total: int
    """All quads of the build."""
    quads: Index
    turtle: Index


def assemble(  # noqa: PLR0913, PLR0917 - what a build is put together from
    kept: Sequence[Kept],
    links: Sequence[Inferred],
    kinds: Counter[str],
    model: Sequence[ox.Triple],
    before: tuple[Layout, Last],
    new: Layout,
) -> Assembled:
    """Write the files of the build; entries are in the order of their keys."""
    old, known = before
    inferred = [(link.rule, (rendered(described(link), link.graph), *link.pieces.values())) for link in links]
    pieces = [piece for _, held in inferred for piece in held]
    shared = [line for one in kept for line in one.part("shared.nq").splitlines(keepends=True)]
    kinds = kinds + _kinds(shared)
    stated = len(shared) + sum(one.own for one in kept)
    turtle = write_blocks(new.stated, _turtle(kept), old.stated, known.stated)
    for one in kept:
        (new.texts / f"{one.key}.txt").write_bytes(one.part("text.txt"))
    _write_inferred(inferred, new.inferred)
    counts = {rule: sum(piece.size for piece in held) for rule, held in inferred}
    covered = dataset.coverage((one.key for one in kept), shared)
    common = [
        *in_order(model, ONTOLOGY_IRI)[0],
        *in_order(dataset.described(len(kept), stated, counts, kinds, covered), iris.DATASET_GRAPH)[0],
    ]
    leading = [line for one in kept for line in one.part("leading.nq").splitlines(keepends=True)]
    lines = [*common, *shared, *leading]
    quads = write_blocks(new.quads, sorted_blocks(kept, pieces, lines), old.quads, known.quads)
    fixed = (line for _, held in inferred for line in held[0].lines())
    beyond = Beyond(frozenset((*common, *fixed)), frozenset(name for link in links for name in link.pieces))
    total = stated + len(common) + sum(counts.values())
    return Assembled(stated, tuple(sorted(counts.items())), beyond, total, quads, turtle)


def stated_lines(kept: Iterable[Kept]) -> Iterator[bytes]:
    """All that documents state, in pieces."""
    for one in kept:
        with zipfile.ZipFile(one.path) as archive:
            for part in ("own.nq", "leading.nq", "shared.nq"):
                yield archive.read(part)


def sorted_blocks(kept: Sequence[Kept], pieces: Sequence[Piece], others: Sequence[bytes]) -> Iterator[Block]:
    """All lines in the order of their bytes: before the documents' own, of each document, and after.

    A document's own lines, sorted already, stand together and apart from those of all other documents, so that only
    the other lines need sorting, and only those about a document need merging with its own.
    """
    before = [line for piece in pieces for line in piece.before.splitlines(keepends=True)]
    after = [line for piece in pieces for line in piece.after.splitlines(keepends=True)]
    within: dict[str, list[bytes]] = defaultdict(list)
    for line in (*others, *(line for piece in pieces for line in piece.about.splitlines(keepends=True))):
        if line.startswith(DOCUMENT):
            within[line[_KEY].decode()].append(line)
        else:
            (before if line < DOCUMENT else after).append(line)
    yield _block("before", "", before, None)
    for one in kept:
        yield _block(one.key, one.state, within[one.key], one)
    yield _block("after", "", after, None)


def _block(key: str, state: str, more: list[bytes], one: Kept | None) -> Block:
    more.sort()
    joined = b"".join(more)

    def content() -> bytes:
        own = one.part("own.nq") if one else b""
        return b"".join(sorted([*own.splitlines(keepends=True), *more])) if one and more else own or joined

    return Block(key, f"{state} {hashlib.sha256(joined).hexdigest()}", content)


def _kinds(shared: Sequence[bytes]) -> Counter[str]:
    """How many shared things are of each class, each once however many documents speak of it."""
    typed = {tuple(line.split(b" ", 3)[:3]) for line in shared if _TYPE in line}
    return Counter(kind[1:-1].decode() for _, _, kind in typed)


def _turtle(kept: Sequence[Kept]) -> Iterator[Block]:
    """graph.ttl, a block a document."""
    start = head("What documents state, one section a document.")
    yield Block("head", hashlib.sha256(start).hexdigest(), lambda: start)
    for one in kept:
        yield Block(one.key, one.state, partial(one.part, "stated.ttl"))


def _write_inferred(inferred: Sequence[tuple[str, Sequence[Piece]]], path: Path) -> None:
    with path.open("wb") as file:
        file.write(head("What follows across documents, one section a rule."))
        for rule, pieces in inferred:
            file.write(f"\n# {rule}\n".encode())
            file.writelines(piece.turtle for piece in pieces)


def head(comment: str) -> bytes:
    """How a Turtle file begins: what it holds, and the prefixes of all its sections."""
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    return f"# {comment}\n{prefixes}".encode()
