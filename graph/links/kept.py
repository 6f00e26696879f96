"""Links of an authority that were drawn before and would be drawn the same again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import astuple
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

from graph.folder import write_whole
from graph.links.moments import Moment
from graph.links.revisits import Revisit

_ENDING = ".links"


class LinksKept(Executor):
    """Runs what draws the links of one authority, on `executor` or here, but for those whose result is in `folder`.

    A result is known by a digest of everything that it depends on: the authority's moments, `state` (the vocabulary's
    digest), the code and the learnt meanings. When it is left, results that were not asked for are thrown away.
    """

    def __init__(self, folder: Path, state: str, executor: Executor | None) -> None:
        self._folder = folder
        self._state = f"{_program()} {state}"
        self._executor = executor
        self._used: set[Path] = set()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The links of the authority whose moments are the only argument."""
        (held,) = args
        path = self._folder / f"{self._digest(held)}{_ENDING}"
        self._used.add(path)
        known = _read(path)
        if known is None and self._executor is not None:
            future: Future[Any] = self._executor.submit(fn, held, **kwargs)
            future.add_done_callback(lambda done: None if _failed(done) else _write(path, done.result()))
            return future
        future = Future()
        if known is None:
            known = fn(held, **kwargs)
            _write(path, known)
        future.set_result(known)
        return future

    def _digest(self, held: Sequence[Moment]) -> str:
        return hashlib.sha256(f"{self._state} {held!r}".encode()).hexdigest()[:32]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        if error is None:
            for path in self._folder.glob(f"*{_ENDING}"):
                if path not in self._used:
                    path.unlink()
        return None


def _failed(done: Future[Any]) -> bool:
    return done.cancelled() or done.exception() is not None


def _read(path: Path) -> list[Revisit] | None:
    try:
        return [Revisit(*row) for row in json.loads(path.read_bytes())]
    except (OSError, ValueError):
        return None


def _write(path: Path, links: Sequence[Revisit]) -> None:
    write_whole(path, json.dumps([astuple(link) for link in links], ensure_ascii=False).encode())


@cache
def _program() -> str:
    """A digest that changes whenever the code or the meanings that draw links do."""
    held = hashlib.sha256()
    for path in sorted(Path(__file__).parent.iterdir()):
        if path.suffix in (".py", ".npz", ".json"):
            held.update(path.name.encode() + path.read_bytes())
    return held.hexdigest()
