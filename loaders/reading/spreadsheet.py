"""Action plans kept as sheets, CSV or XLSX, become a `Text` of rows: the only module that knows openpyxl.

openpyxl, because it reads row by row what a sheet shows; of merged cells the first holds the words and the others are
empty. Hidden sheets, comments and formulas (but not what they came to) are left out.
"""

from __future__ import annotations

import csv
import re
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import openpyxl  # type: ignore[import-untyped]

from loaders.errors import UnreadableFile
from loaders.reading.archives import damaged, office_type
from loaders.reading.drafts import Draft, cleaned
from loaders.reading.plain import decoded
from loaders.reading.structured import heading, paragraph, row, written_text
from loaders.text import Text

MOST_CELLS = 200_000
MOST_BYTES = 30 * 2**20
"""Of a CSV file."""
_MOST_COLUMNS = 200
_REMEDY = "check that it is the sheet with the plan, and that the plan is not a picture"
_SMALLER = "keep the sheet and rows of the plan only"
_SEPARATORS = ",;\t|"
_SAID_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.I)


@dataclass(frozen=True, slots=True)
class _Row:
    """The words of a sheet's row, and whether all of them are bold."""

    cells: tuple[str, ...]
    bold: bool = False


def read_csv(data: bytes, name: str) -> Text:
    """The rows of a CSV file, whatever separates its cells; a LoaderError names the file and the remedy."""
    if len(data) > MOST_BYTES:
        problem = f"the CSV file is larger than {MOST_BYTES // 2**20} MB"
        raise UnreadableFile(name, problem, remedy=_SMALLER)
    words = decoded(data, name).replace("\0", "")
    said = _SAID_SEPARATOR.match(words)
    words = words[said.end() :] if said else words
    reader = csv.reader(StringIO(words, newline=""), delimiter=said[1] if said else separator(words))
    try:
        rows = _counted((_Row(tuple(cells)) for cells in reader), name)
    except csv.Error as error:
        problem, remedy = f"the CSV is broken: {error}", "open it in a spreadsheet and save it as CSV again"
        raise UnreadableFile(name, problem, place=f"line {reader.line_num}", remedy=remedy) from error
    return written_text(list(_drafts(rows)), name, remedy=_REMEDY)


def separator(words: str) -> str:
    """What separates the cells: the sign that makes most rows alike in the number of their cells, and that large."""
    head = words[:20_000].splitlines()[:60]
    return max(_SEPARATORS, key=lambda sign: _alike(head, sign))


def _alike(head: Sequence[str], sign: str) -> float:
    try:
        widths = Counter(len(cells) for cells in csv.reader(head, delimiter=sign) if cells)
    except csv.Error:
        return 0.0
    return max((count * (width - 1) / widths.total() for width, count in widths.items()), default=0.0)


def read_xlsx(data: bytes, name: str) -> Text:
    """The rows of a workbook's visible sheets; a LoaderError names the file and the remedy."""
    office_type(data, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it drops: charts, validation, print settings
            sheets = list(_sheets(data, name))
    except Exception as error:  # openpyxl raises whatever it trips over in a damaged part
        raise damaged(name, "the workbook", error) from error
    drafts: list[Draft] = []
    for title, rows in sheets:
        drafts += [heading(title, 1)] if len(sheets) > 1 else []
        drafts += _drafts(rows)
    return written_text(drafts, name, remedy=_REMEDY)


def _sheets(data: bytes, name: str) -> Iterator[tuple[str, list[_Row]]]:
    """The title and rows of each sheet that shows words."""
    book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                sheet.reset_dimensions()  # what programs write there is not always true
                rows = _counted((_row(cells[:_MOST_COLUMNS]) for cells in sheet.iter_rows() if cells), name)
                if rows:
                    yield sheet.title, rows
    finally:
        book.close()


def _row(cells: Sequence[Any]) -> _Row:
    filled = [cell for cell in cells if cell.value is not None]
    bold = bool(filled) and all(cell.font is not None and cell.font.b for cell in filled)
    return _Row(tuple(shown(cell.value, cell.number_format) if cell.value is not None else "" for cell in cells), bold)


_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)")
_DECIMALS = re.compile(r"0\.(0+)")


def shown(value: object, form: str) -> str:
    """A cell's value as the sheet shows it, dates day first.

    >>> shown(0.44, "0%"), shown(1.1, "0.00"), shown(datetime(2018, 2, 28), "dd/mm/yyyy"), shown(85000, '"£"#,##0')
    ('44%', '1.10', '28/02/2018', '£85,000')
    """
    if isinstance(value, datetime | date):
        without_day = "d" not in re.sub(r"\[[^\]]*\]|\"[^\"]*\"", "", form.lower())
        return f"{value:%B %Y}" if without_day and "y" in form.lower() else f"{value:%d/%m/%Y}"
    if isinstance(value, bool) or not isinstance(value, int | float):
        words = str(value)
        return "" if _ERROR.fullmatch(words) else words
    return _number(value, form)


def _number(value: float, form: str) -> str:
    found = _DECIMALS.search(form)
    decimals = len(found[1]) if found else 0
    if "%" in form:
        return f"{100 * value:.{decimals}f}%"
    if "0" not in form:
        return f"{value:.10g}"
    return ("£" if "£" in form else "") + f"{value:{',' if ',' in form else ''}.{decimals}f}"


def _counted(rows: Iterator[_Row], name: str) -> list[_Row]:
    """The rows that hold words; an error where they are more than any plan has."""
    kept: list[_Row] = []
    count = 0
    for one in rows:
        filled = sum(bool(cell.strip()) for cell in one.cells)
        count += filled
        if count > MOST_CELLS:
            problem = f"the sheets hold more than {MOST_CELLS} cells, which no plan has"
            raise UnreadableFile(name, problem, remedy=_SMALLER)
        if filled:
            kept.append(one)
    return kept


def _drafts(rows: Sequence[_Row]) -> Iterator[Draft]:
    """The rows, without columns that are empty all the way down at the right; a lone first cell is no row."""
    width = max((at + 1 for one in rows for at, cell in enumerate(one.cells) if cell.strip()), default=0)
    titled = False
    for one in rows:
        first, *others = one.cells
        if width > 1 and any(cell.strip() for cell in others):
            cells = [[cleaned(line) for line in cell.splitlines()] for cell in one.cells[:width]]
            yield row([*cells, *([[]] * (width - len(cells)))])
            titled = True
        elif not titled:  # what stands first is the title
            yield heading(first, 1)
            titled = True
        else:
            yield paragraph(first, bold=one.bold)
