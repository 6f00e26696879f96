"""What a build remembers of itself for the next one: its files' blocks, what its store holds, and links drawn."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph.building.blocks import Index
from graph.folder import Layout, write_whole
from graph.links.kept import kept_piece

_NAME = "last.json"
_BEYOND = "beyond.nq"


@dataclass(frozen=True, slots=True)
class Beyond:
    """What no document states: lines, and the names of the kept links that hold the rest."""

    lines: frozenset[bytes] = frozenset()
    links: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Last:
    """The build before, as far as it still is what it was: parts that were changed or replaced since are not in it."""

    quads: Index = field(default_factory=dict)
    stated: Index = field(default_factory=dict)
    stored: Mapping[str, str] | None = None
    """Of each document in the store, by key, the state of its entry; None where the store cannot be built upon."""
    beyond: Beyond = Beyond()
    """What of the store no document states."""


def last(layout: Layout) -> Last:
    """What is remembered of the build at `layout`; nothing where there was none."""
    try:
        held = json.loads((layout.cache / _NAME).read_bytes())
        beyond = (layout.cache / _BEYOND).read_bytes()
    except (OSError, ValueError):
        return Last()
    same_store = (
        held.get("store") == _mark(layout.store / "CURRENT")
        and held.get("lines") == beyond.count(b"\n")
        and "links" in held
        and all(kept_piece(layout.cache, name) is not None for name in held["links"])
    )
    return Last(
        _index(held["quads"]) if held.get("quads mark") == _mark(layout.quads) else {},
        _index(held["stated"]) if held.get("stated mark") == _mark(layout.stated) else {},
        held["stored"] if same_store else None,
        Beyond(frozenset(beyond.splitlines(keepends=True)), frozenset(held["links"])) if same_store else Beyond(),
    )


def remember(layout: Layout, made: Last) -> None:
    """Keep what the next build needs to know of the one that now lies at `layout`."""
    (layout.cache / _NAME).unlink(missing_ok=True)  # whoever is stopped here must not leave old and new together
    write_whole(layout.cache / _BEYOND, b"".join(sorted(made.beyond.lines)))
    held = {
        "quads": made.quads,
        "stated": made.stated,
        "stored": made.stored,
        "lines": len(made.beyond.lines),
        "links": sorted(made.beyond.links),
        "store": _mark(layout.store / "CURRENT"),
        "quads mark": _mark(layout.quads),
        "stated mark": _mark(layout.stated),
    }
    write_whole(layout.cache / _NAME, json.dumps(held).encode())


def _mark(path: Path) -> list[int] | None:
    """What tells whether a file is still the one that was written."""
    try:
        status = path.stat()
    except OSError:
        return None
    return [status.st_ino, status.st_size, status.st_mtime_ns]


def _index(held: Mapping[str, list[object]]) -> Index:
    return {key: (str(state), int(str(start)), int(str(length))) for key, (state, start, length) in held.items()}
