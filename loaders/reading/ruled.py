"""Tables by their ruling lines: which cell of which table a point of the page lies in, merged cells made one.

No file format is known here: rules are stretches of line in points from the page's lower left corner.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

from loaders.reading.drafts import Bit, Draft
from loaders.reading.lines import Line
from loaders.reading.markers import marker

_NEAR = 3.0  # points: nearer lines are one, and meet
_LEAST = 6.0
_FEWEST_COLUMNS = 4  # tables of fewer read well by what stands beside what
_FULL_ROWS = 2
_MOST_RULES = 800


class Rule(NamedTuple):
    """A stretch of line: at `at`, from `start` to `end`; of an upright one `at` is its distance from the left."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: where its columns and rows part, and for each of their crossings the cell that it belongs to."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    """From the page's foot upwards."""
    cells: dict[tuple[int, int], tuple[int, int]]
    """(row, column) -> the first row and column of its cell; rows are counted from the top."""

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """The first row and column of the cell that a point lies in; None outside of the table."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        return self.cells.get((len(self.ys) - 2 - row, column))


def grids(rules: Iterable[Rule]) -> tuple[Grid, ...]:
    """The tables that the rules of a page make, from the top: two rows at least of four cells or more."""
    lines = _merged(rules)
    if len(lines) > _MOST_RULES:
        return ()
    found = (_grid(group) for group in _connected(lines))
    return tuple(sorted((grid for grid in found if grid), key=lambda grid: -grid.ys[-1]))


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """The rules, those made one that go on with each other, or that print one thick line together."""
    lines: list[Rule] = []
    ordered = sorted(rules)
    for upright, group in groupby(ordered, key=lambda rule: rule.upright):
        for level in _levels(list(group)):
            at = sum(rule.at for rule in level) / len(level)
            start, end = level[0].start, level[0].end
            for rule in level[1:]:
                if rule.start > end + _NEAR:
                    lines.append(Rule(upright, at, start, end))
                    start, end = rule.start, rule.end
                end = max(end, rule.end)
            lines.append(Rule(upright, at, start, end))
    return [line for line in lines if line.end - line.start >= _LEAST]


def _levels(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """The rules at one distance each, by where they start."""
    level: list[Rule] = []
    for rule in rules:
        if level and rule.at - level[0].at > _NEAR:
            yield sorted(level, key=lambda one: one.start)
            level = []
        level.append(rule)
    if level:
        yield sorted(level, key=lambda one: one.start)


def _connected(lines: Sequence[Rule]) -> Iterator[list[Rule]]:
    """The lines, those that meet together."""
    waiting = list(lines)
    while waiting:
        group, edge = [], [waiting.pop()]
        while edge:
            line = edge.pop()
            group.append(line)
            edge += [other for other in waiting if _meet(line, other)]
            waiting = [other for other in waiting if not _meet(line, other)]
        yield group


def _meet(line: Rule, other: Rule) -> bool:
    return (
        line.upright != other.upright
        and line.start - _NEAR <= other.at <= line.end + _NEAR
        and other.start - _NEAR <= line.at <= other.end + _NEAR
    )


def _grid(group: Sequence[Rule]) -> Grid | None:
    upright = [rule for rule in group if rule.upright]
    level = [rule for rule in group if not rule.upright]
    if not upright or not level:
        return None
    xs, ys = _edges(upright, level), _edges(level, upright)
    if len(xs) <= _FEWEST_COLUMNS:
        return None
    cells = _cells(xs, ys, upright, level)
    begun = Counter(row for row, _ in set(cells.values()))
    full = sum(count >= _FEWEST_COLUMNS for count in begun.values())
    return Grid(xs, ys, cells) if full >= _FULL_ROWS else None


def _edges(rules: Sequence[Rule], across: Sequence[Rule]) -> tuple[float, ...]:
    """Where the rules lie, and where those across them end beyond: a table may have no line at its sides."""
    ends = [min(rule.start for rule in across), max(rule.end for rule in across)]
    found: list[float] = []
    for at in sorted([*(rule.at for rule in rules), *ends]):
        if not found or at - found[-1] > _NEAR + 1:
            found.append(at)
    return tuple(found)


def _cells(
    xs: Sequence[float], ys: Sequence[float], upright: Sequence[Rule], level: Sequence[Rule]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Each crossing's cell: with what is left of it or above it, where no line parts them."""
    cells: dict[tuple[int, int], tuple[int, int]] = {}
    last = len(ys) - 2
    for row in range(last + 1):
        foot, top = ys[last - row], ys[last - row + 1]
        for column, (left, right) in enumerate(pairwise(xs)):
            own = (row, column)
            if column and not _parts(upright, left, (foot + top) / 2):
                own = cells[row, column - 1]
            elif row and not _parts(level, top, (left + right) / 2):
                own = cells[row - 1, column]
            cells[row, column] = own
    return cells


def _parts(rules: Sequence[Rule], at: float, middle: float) -> bool:
    return any(abs(rule.at - at) <= _NEAR + 1 and rule.start <= middle <= rule.end for rule in rules)


def filled_tables(tables: Sequence[Grid], lines: Iterable[Line]) -> tuple[Grid, ...]:
    """The tables with words in half the columns of a row, four at least, and in three of another.

    Other lines that cross frame parts of the page, or lie behind words.
    """
    columns: dict[tuple[int, int], set[int]] = {}
    for cell in (line.cell for line in lines if line.cell):
        columns.setdefault((cell.table, cell.row), set()).add(cell.column)
    filled = (sorted(len(held) for (table, _), held in columns.items() if table == at) for at in range(len(tables)))
    return tuple(
        table
        for table, counts in zip(tables, filled, strict=True)
        if len(counts) > 1
        and counts[-1] >= max(_FEWEST_COLUMNS, (len(table.xs) - 1) / 2)
        and counts[-2] >= _FEWEST_COLUMNS - 1
    )


def ordered(lines: Sequence[Line]) -> list[Line]:
    """A page's lines, those of each table row by row and cell by cell where its first line stands."""
    first: dict[int, int] = {}
    for at, line in enumerate(lines):
        if line.cell:
            first.setdefault(line.cell.table, at)

    def place(item: tuple[int, Line]) -> tuple[float, ...]:
        at, line = item
        if line.cell is None:
            return (at,)
        return (first[line.cell.table], line.cell.row, line.cell.column, -round(line.y / 2), line.x0)

    return [line for _, line in sorted(enumerate(lines), key=place)]


def ruled_row(lines: Sequence[Line], at: int) -> tuple[Draft, int] | None:
    """The row of a ruled table that begins with a line, and how many lines it takes; None outside of such tables."""
    cell = lines[at].cell
    if cell is None:
        return None
    bits: list[list[Bit]] = [[] for _ in range(cell.columns)]
    taken = 0
    for line in lines[at:]:
        if line.cell is None or line.page != lines[at].page or line.cell[:2] != cell[:2]:
            break
        found = marker(line.text)
        words = line.text[found.end :] if found and found.kind == "bullet" else line.text
        bits[line.cell.column].append(Bit(words, line.page, line.hyphen))
        taken += 1
    return Draft("row", cells=bits), taken
