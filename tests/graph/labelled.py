"""Files of labels as a reader would write them."""

from __future__ import annotations

import json
from pathlib import Path

from graph.evaluation import LabelFile, Told, ToldGraph, read_labels


def labels(folder: Path, *rows: dict[str, object]) -> Path:
    path = folder / "labels.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    return path


def as_told(one: Told, **changes: object) -> dict[str, object]:
    """The row that a reader would write who agrees with the graph."""
    row: dict[str, object] = {
        "sha": one.document,
        "text": one.statement,
        "finding": True,
        "themes": sorted(one.ids("theme")),
        "cohort": sorted(one.ids("cohort")),
    }
    row |= {scheme: next(iter(one.ids(scheme)), None) for scheme in ("polarity", "prevalence", "change")}
    return row | changes


def read(path: Path, told: ToldGraph) -> LabelFile:
    return read_labels(path, told.concepts())
