"""Text frames that a page draws after its other text, such as boxes with examples: put back where they are printed."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.reading.lines import Line

_FOOT = 0.09  # of the page's height: below stand page numbers, which many files draw first
_CLIMB = 2.0  # ems by which a line must stand higher than the one before it
_FEWEST = 3  # lines on either side
_WIDE = 15.0  # ems of a line that is no cell and no label
_ASIDE = 5.0  # ems by which a frame may be set in


def in_printed_order(lines: Sequence[Line]) -> list[Line]:
    """The lines of one page; those that climb above what was drawn before come first, where both take the same column.

    Where lines drawn before stand between them, as in columns and tables, the order stays as it was drawn.
    """
    at = _beginning(lines)
    if at is None:
        return list(lines)
    before, frame = lines[:at], lines[at:]
    top, foot = max(line.y for line in frame), min(line.y for line in frame if not _is_foot(line))
    if any(foot - line.size < line.y < top + line.size for line in before if not _is_foot(line)):
        return list(lines)
    higher = [line.y > top or _is_foot(line) for line in before]
    first = [line for line, is_higher in zip(before, higher, strict=True) if is_higher]
    return [*first, *frame, *(line for line, is_higher in zip(before, higher, strict=True) if not is_higher)]


def _is_foot(line: Line) -> bool:
    return line.y < _FOOT * line.height


def _beginning(lines: Sequence[Line]) -> int | None:
    """Where the first frame begins, with enough text before and after it."""
    seen = 0
    for at in range(1, len(lines) - _FEWEST + 1):
        seen += not _is_foot(lines[at - 1])
        if seen >= _FEWEST and _climbs(lines[at - 1], lines[at]):
            return at
    return None


def _climbs(last: Line, line: Line) -> bool:
    """Whether a wide line begins a frame: higher than the line of text before it, and as far to the left."""
    if _is_foot(last) or line.cell or last.cell or line.y - last.y < _CLIMB * line.size:
        return False
    return abs(line.x0 - last.x0) < _ASIDE * line.size and line.x1 - line.x0 > _WIDE * line.size
