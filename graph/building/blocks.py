"""Files made of blocks, of which those that have not changed are copied from the file of the build before."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

Index = dict[str, tuple[str, int, int]]
"""Of each block by its key: the state that it was made of, where it begins and how long it is, in bytes."""


_PIECE = 2**24


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a file: `content` is asked only where `state` differs from that of the block of the same key before."""

    key: str
    state: str
    content: Callable[[], bytes]


def write_blocks(path: Path, blocks: Iterable[Block], before: Path, known: Mapping[str, tuple[str, int, int]]) -> Index:
    """Write the blocks one after the other; `known` is the index of the file `before`, empty where there is none."""
    index: Index = {}
    with path.open("wb") as file:
        old = before.open("rb") if known else None
        try:
            for block in blocks:
                start = file.tell()
                state, begins, length = known.get(block.key, ("", 0, 0))
                if old is not None and state == block.state:
                    _copy(old, begins, length, file)
                else:
                    file.write(block.content())
                index[block.key] = (block.state, start, file.tell() - start)
        finally:
            if old is not None:
                old.close()
    return index


def _copy(source: IO[bytes], start: int, length: int, target: IO[bytes]) -> None:
    """Copy bytes to the end of a file, inside the system where it can: several times quicker than through here."""
    if not hasattr(os, "copy_file_range"):
        source.seek(start)
        while length and (piece := source.read(min(length, _PIECE))):
            target.write(piece)
            length -= len(piece)
        return
    target.flush()
    while length and (copied := os.copy_file_range(source.fileno(), target.fileno(), length, start)):
        start, length = start + copied, length - copied
    target.seek(0, os.SEEK_END)
