"""Rows of tables, found by what stands beside what: no ruled lines are needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from loaders.reading.drafts import Bit, Draft
from loaders.reading.lines import Line, Measures, Piece
from loaders.reading.markers import Marker, ends, marker

_TIGHT = 1.3  # usual distances: further down is another row
_ALIGNED = 7.0  # points
_SNUG = 3.0
_SET_IN = 5.0  # ems from a number to its words


@dataclass(slots=True)
class _Column:
    x0: float
    x1: float
    last: float
    """Where its last piece begins."""
    lines: list[Line] = field(default_factory=list)
    bits: list[Bit] = field(default_factory=list)

    def add(self, piece: Piece, line: Line) -> None:
        self.x1 = max(self.x1, piece.x1)
        self.last = piece.x0
        self.lines.append(line)
        self.bits.append(Bit(piece.text, line.page, line.hyphen))


def row_at(lines: Sequence[Line], measures: Measures) -> tuple[Draft, int] | None:
    """The row of a table that these lines begin with, and how many it takes; None where no row begins."""
    columns = _columns(lines[0])
    following = 1
    while len(columns) == 1 and following < len(lines) and _is_label(columns[0], lines[following], measures):
        pieces = columns_of(lines[following])
        columns[0].add(pieces[0], lines[following])
        columns += [_column(piece, lines[following]) for piece in pieces[1:]]
        following += 1
    while following < len(lines) and (column := _column_for(columns, lines[following], measures)) is not None:
        for piece in columns_of(lines[following]):
            _nearest(columns, piece, column).add(piece, lines[following])
        following += 1
    return (_row(columns), following) if len(columns) > 1 else None


def columns_of(line: Line) -> list[Piece]:
    """The pieces of a line; a number or sign belongs to the words that are set in behind it."""
    pieces = list(line.pieces)
    if len(pieces) > 1 and item(line) and pieces[1].x0 - pieces[0].x0 < _SET_IN * line.size:
        pieces[:2] = [Piece(f"{pieces[0].text} {pieces[1].text}", pieces[0].x0, pieces[1].x1)]
    return pieces


def in_columns(line: Line, edges: Sequence[float]) -> Line:
    """The line, cut where a gap that is little wider than a space ends at the edge of a column of the row above."""
    for gap in line.gaps:
        if len(line.pieces) == 1 and any(abs(gap.x0 - edge) < _SNUG for edge in edges):
            left = Piece(line.text[: gap.at].rstrip(), line.x0, gap.x1)
            return replace(line, pieces=(left, Piece(line.text[gap.at :], gap.x0, line.x1)), gaps=())
    return line


def item(line: Line) -> Marker | None:
    """The marker that a line begins with; a bare number is one when a gap follows it."""
    found = marker(line.text)
    first = line.pieces[0].text
    if found is None and len(line.pieces) > 1 and first.isdigit() and len(first) < 4:
        found = Marker("paragraph", first, len(first) + 1)
    return found if found and (len(line.pieces) == 1 or found.end >= len(first)) else None


def _columns(line: Line) -> list[_Column]:
    return [_column(piece, line) for piece in columns_of(line)]


def _column(piece: Piece, line: Line) -> _Column:
    column = _Column(piece.x0, piece.x1, piece.x0)
    column.add(piece, line)
    return column


def _is_label(label: _Column, line: Line, measures: Measures) -> bool:
    """Whether a line goes on with a label that has nothing beside it yet."""
    last = label.lines[-1]
    if line.page != last.page or not 0 < measures.gap(last, line) < _TIGHT or abs(line.size - last.size) > 0.6:
        return False
    begins = line.pieces[0].text
    hangs = len(label.lines) == 1 and 0 < line.x0 - label.x0 < 3 * line.size
    if marker(begins) or not (hangs or abs(line.x0 - label.last) < _ALIGNED):
        return False
    # A label may end on the line of its grade, but a new row may begin there as well.
    return len(columns_of(line)) == 1 or begins[0].islower() or (begins[0] in "(‘'“" and not ends(last.text))


def _column_for(columns: list[_Column], line: Line, measures: Measures) -> _Column | None:
    """The column that a line goes on with, or a new one that stands beside the others; None where the row ends."""
    if line.page != columns[0].lines[0].page:
        return None
    if line.x0 > max(column.x1 for column in columns) + line.size / 2:
        if not _is_beside(columns, line):
            return None
        columns.append(_Column(line.x0, line.x1, line.x0))
        return columns[-1]
    column = min(columns, key=lambda column: abs(column.last - line.x0))
    aligned = len(columns) > 1 and abs(column.last - line.x0) <= _ALIGNED and not marker(line.text)
    alike = abs(line.size - columns[-1].lines[-1].size) < 1.1
    if aligned and alike and _is_below(columns, column, line, measures):
        return column if column is not columns[0] or _goes_on(column, line) else None
    return None


def _is_beside(columns: Sequence[_Column], line: Line) -> bool:
    """Whether a line to the right of all columns stands no higher and no lower than they do."""
    lowest = min(item.y for column in columns for item in column.lines)
    highest = columns[0].lines[0].y
    within = lowest - 1.6 * line.size < line.y < highest + 2.5 * line.size
    return within and (line.y > lowest - 4 or len(columns[0].lines) > 1)


def _is_below(columns: Sequence[_Column], column: _Column, line: Line, measures: Measures) -> bool:
    lowest = min((other.lines[-1] for other in columns), key=lambda item: item.y)
    return -0.1 < measures.gap(lowest, line) < _TIGHT or 0.2 < measures.gap(column.lines[-1], line) < _TIGHT


def _goes_on(label: _Column, line: Line) -> bool:
    """Whether the words of the first column are cut in the middle."""
    return line.text[0].islower() and not ends(label.lines[-1].pieces[0].text)


def _nearest(columns: Sequence[_Column], piece: Piece, column: _Column) -> _Column:
    return min(columns, key=lambda other: abs(other.x0 - piece.x0)) if columns[0] is column else column


def _row(columns: Sequence[_Column]) -> Draft:
    cells = [list(column.bits) for column in sorted(columns, key=lambda column: column.x0)]
    found = marker(cells[0][0].words)
    if found:
        cells[0][0] = cells[0][0]._replace(words=cells[0][0].words[found.end :])
    return Draft("row", cells=cells, printed=found.printed if found and found.number else "")


def rows_of_contents(lines: Sequence[Line], titles: Sequence[tuple[str, str] | None]) -> Iterator[Draft]:
    """The rows of a table of contents: title and page; a line without a number goes on in the next."""
    held: list[Bit] = []
    for line, found in zip(lines, titles, strict=True):
        if found is None:
            held.append(Bit(line.text, line.page, line.hyphen))
            continue
        yield Draft("row", cells=[[*held, Bit(found[0], line.page)], [Bit(found[1], line.page)]])
        held = []
    if held:
        yield Draft("paragraph", cells=[held])
