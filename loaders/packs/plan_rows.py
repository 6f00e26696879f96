"""Lines of a table put together to the rows of an action plan.

Where a table was read line by line, a row's cells go on over the lines below it, column by column, and what stands in
the margin of the page (its number, broken letters) bleeds into the first column. Where it was read row by row, each
line is a row. Which of the two it is shows in how often a line of the action's column begins in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loaders.packs.due_dates import names_time
from loaders.packs.plan_columns import Columns, Role
from loaders.packs.plan_references import printed
from loaders.text import Span, Text

_LOWER = re.compile(r"[\"'“‘(]*[a-z]")
_FRESH = re.compile(r"[\"'“‘(]*[A-Z0-9]")
_WRAPPED_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table under its columns; `first` where it is the first under its recommendation."""

    cells: tuple[Span, ...]
    columns: Columns
    first: bool = False


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One action as its table gives it: for each column the stretches of its cell, in order, none empty."""

    cells: Mapping[Role, tuple[Span, ...]]

    def words(self, text: Text, role: Role) -> str:
        """The words of a cell in one line."""
        return joined([text.words(span) for span in self.cells.get(role, ())])


def rows(lines: Sequence[Line], text: Text, way: str | None) -> tuple[PlanRow, ...]:
    """The rows that the lines make; `way` is how references are written (see plan_references)."""
    wrapped = _wrapped(lines, text)
    found: list[dict[Role, list[Span]]] = []
    for line in lines:
        cells = _by_role(line, text)
        if not found or line.first or _begins(cells, found[-1], wrapped, text, way):
            found.append({})
        for role, span in cells.items():
            found[-1].setdefault(role, []).append(span)
    kept = (PlanRow({role: tuple(spans) for role, spans in row.items()}) for row in found)
    return tuple(row for row in kept if row.words(text, "action"))


def joined(pieces: Sequence[str]) -> str:
    """The lines of a cell as one; a hyphen or slash at a line's end joins without a space, and debris is left out.

    >>> joined(["decision-", "making by Ann/", "Bo"])
    'decision-making by Ann/Bo'
    """
    whole = ""
    for piece in pieces:
        words = " ".join(piece.split())
        if _is_debris(words, whole):
            continue
        glued = whole.endswith("/") or (whole.endswith("-") and whole[-2:-1].isalpha() and words[:1].islower())
        whole = whole + words if glued or not whole else f"{whole} {words}"
    return whole


# A line that was read twice: after the end of a sentence, a decimal grown together with letters begins no other.
_READ_TWICE = re.compile(r"\d+\.\d+[a-z]{3,}\b")


def _is_debris(words: str, before: str) -> bool:
    return before.endswith((".", "!", "?")) and _READ_TWICE.match(words) is not None


def _by_role(line: Line, text: Text) -> dict[Role, Span]:
    found: dict[Role, Span] = {}
    for column, span in enumerate(line.cells):
        role = line.columns.role(column)
        trimmed = _trimmed(text, span)
        if role and trimmed.start < trimmed.end:
            found[role] = trimmed
    return found


def _trimmed(text: Text, span: Span) -> Span:
    words = text.words(span)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.end - (len(words) - len(words.rstrip()))))


def _wrapped(lines: Sequence[Line], text: Text) -> bool:
    """Whether the table was read line by line: many of its lines go on in the middle of a sentence."""
    actions = [text.words(span) for line in lines if (span := _by_role(line, text).get("action"))]
    return sum(_LOWER.match(words) is not None for words in actions) > _WRAPPED_SHARE * len(actions)


def _begins(
    cells: Mapping[Role, Span], row: Mapping[Role, Sequence[Span]], wrapped: bool, text: Text, way: str | None
) -> bool:
    """Whether a line begins a row of its own rather than going on with the one above."""
    if "action" not in cells:
        return False
    goes_on = _LOWER.match(text.words(cells["action"])) is not None
    if "reference" in cells and printed(text.words(cells["reference"]), way):
        # A reference may stand in the middle of its row's height.
        return not goes_on or "reference" in row
    if goes_on:
        return False
    if "action" not in row:
        return False
    return (not wrapped and _holds_more(cells)) or _answered_anew(cells, row, text)


def _holds_more(cells: Mapping[Role, Span]) -> bool:
    """Whether a line gives more than an action's words: a row of a table read row by row does."""
    return len(cells) > 1


def _answered_anew(cells: Mapping[Role, Span], row: Mapping[Role, Sequence[Span]], text: Text) -> bool:
    """Whether the row above has its time already and this line names somebody or some time again."""
    timed = any(names_time(text.words(span)) for role in ("due", "lead-and-due") for span in row.get(role, ()))
    fresh = (cells[role] for role in ("lead-and-due", "lead", "due") if role in cells)
    return timed and any(_FRESH.match(text.words(span)) for span in fresh)
