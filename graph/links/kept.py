"""Links of a group of authorities that were drawn before and would be drawn the same again."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor, Future, as_completed
from pathlib import Path

from graph import iris
from graph.folder import write_whole
from graph.links.groups import Group, links, written
from graph.links.pieces import Piece, packed, rendered, unpacked

RULE = "revisits"
ENDING = ".links"


def drawn(group: Group) -> Piece:
    """The links of a group as the files hold them."""
    return rendered(written(links(group)), iris.inferred_graph(RULE))


def kept_piece(folder: Path, name: str) -> Piece | None:
    """The piece of that name in a folder; None where it is missing or damaged."""
    try:
        return unpacked((folder / f"{name}{ENDING}").read_bytes())
    except (OSError, KeyError, zipfile.BadZipFile, zlib.error):
        return None


class Links:
    """The links of groups, from `folder` where they lie, else drawn by `executor` or here, and then put there.

    They are known by a digest of everything that they depend on: the group, and `state`, which changes whenever the
    program or the vocabulary does.
    """

    def __init__(self, folder: Path, state: str, executor: Executor | None) -> None:
        self._folder = folder
        self._state = state
        self._executor = executor

    def of(self, groups: Sequence[Group]) -> dict[str, Piece]:
        """The pieces of all groups by their digests, in the order of the groups."""
        names = [self._digest(group) for group in groups]
        found = {name: piece for name in names if (piece := self.known(name)) is not None}
        fresh = {name: group for name, group in zip(names, groups, strict=True) if name not in found}
        for name, piece in self._drawn(fresh):
            write_whole(self.place(name), packed(piece))
            found[name] = piece
        return {name: found[name] for name in names}

    def known(self, name: str) -> Piece | None:
        """The piece of a digest, where it is kept."""
        return kept_piece(self._folder, name)

    def place(self, name: str) -> Path:
        return self._folder / f"{name}{ENDING}"

    def _drawn(self, fresh: dict[str, Group]) -> Iterable[tuple[str, Piece]]:
        if self._executor is None:
            return ((name, drawn(group)) for name, group in fresh.items())
        # the largest first, so that no process is left with a long one in the end
        order = sorted(fresh, key=lambda name: -_size(fresh[name]))
        waiting: dict[Future[Piece], str] = {self._executor.submit(drawn, fresh[name]): name for name in order}
        return ((waiting[done], done.result()) for done in as_completed(waiting))

    def _digest(self, group: Group) -> str:
        moments = [[(one.first, one.last, one.full, one.statements) for one in held] for held in group.moments]
        told = json.dumps([self._state, group.authorities, moments, group.repetitions])
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def _size(group: Group) -> int:
    return sum(len(moment.statements) for held in group.moments for moment in held)
