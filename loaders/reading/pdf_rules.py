"""The ruling lines of a PDF's page, from the paths that are drawn on it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from loaders.reading.ruled import Rule

_THIN = 3.0  # points: what is thinner is a line, however it was drawn
_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 1_000
_WHOLE = 0.9  # of the page: what is larger is its background


def rules(page: pypdfium2.PdfPage) -> Iterator[Rule]:
    """The lines and edges of boxes on a page, level and upright ones."""
    raw = page.raw
    count = pdfium.FPDFPage_CountObjects(raw)
    largest = _WHOLE * page.get_width() * page.get_height()
    for index in range(count if count <= _MOST_OBJECTS else 0):
        path = pdfium.FPDFPage_GetObject(raw, index)
        if pdfium.FPDFPageObj_GetType(path) == pdfium.FPDF_PAGEOBJ_PATH and _is_drawn(path):
            yield from _of_path(path, largest)


def _is_drawn(path: Any) -> bool:
    """Whether a path shows: some only clip others."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    return bool(fill.value or stroke.value)


def _of_path(path: Any, largest: float) -> Iterator[Rule]:
    segments = pdfium.FPDFPath_CountSegments(path)
    sides = tuple(ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(path, *sides)
    left, foot, right, top = (side.value for side in sides)
    if right - left <= _THIN and top - foot > _THIN:
        yield Rule(True, (left + right) / 2, foot, top)
    elif top - foot <= _THIN and right - left > _THIN:
        yield Rule(False, (foot + top) / 2, left, right)
    elif segments <= _MOST_SEGMENTS and (right - left) * (top - foot) < largest:
        yield from _of_segments(path, segments)


def _of_segments(path: Any, count: int) -> Iterator[Rule]:
    """The straight level and upright stretches of a path."""
    points = [_point(path, index) for index in range(count)]
    start = points[0] if points else None
    for before, point in pairwise(points):
        if point[2] == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif point[2] == pdfium.FPDF_SEGMENT_LINETO:
            yield from _between(before, point)
        if point[3] and start:
            yield from _between(point, start)


_Point = tuple[float, float, int, bool]  # x, y, kind of segment, whether it closes the path


def _point(path: Any, index: int) -> _Point:
    segment = pdfium.FPDFPath_GetPathSegment(path, index)
    x, y, m = ctypes.c_float(), ctypes.c_float(), pdfium.FS_MATRIX()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    pdfium.FPDFPageObj_GetMatrix(path, m)
    kind, closes = pdfium.FPDFPathSegment_GetType(segment), bool(pdfium.FPDFPathSegment_GetClose(segment))
    return m.a * x.value + m.c * y.value + m.e, m.b * x.value + m.d * y.value + m.f, kind, closes


def _between(one: _Point, other: _Point) -> Iterator[Rule]:
    (x0, y0), (x1, y1) = one[:2], other[:2]
    if abs(x0 - x1) < 1 < abs(y0 - y1):
        yield Rule(True, (x0 + x1) / 2, min(y0, y1), max(y0, y1))
    elif abs(y0 - y1) < 1 < abs(x0 - x1):
        yield Rule(False, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
