"""The sample action plan drawn as PDFs with ruled tables, as councils print theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

_SMALL = ParagraphStyle("cell", fontName="Helvetica", fontSize=8, leading=9.5)
_BOLD = ParagraphStyle("head", _SMALL, fontName="Helvetica-Bold")
_BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=11, leading=13.5, spaceAfter=7)
_HEADING = ParagraphStyle("heading", _BODY, fontName="Helvetica-Bold", fontSize=14, leading=17)
WIDTHS = (30, 150, 130, 75, 95, 120, 50, 50)
HEADER = ("Ref", "Action", "Expected Impact", "Impact Measure", "Lead and Timescale", "Progress", "Progress RAG",
          "Impact RAG")  # fmt: skip
"""Of the sample's tables."""


def plan_of(pack: str) -> list[str]:
    """The lines of the plan in the sample pack, from its title to its end."""
    lines = pack.splitlines()
    return lines[next(at for at, line in enumerate(lines) if line.endswith("IMPROVEMENT PLAN")) :]


def tables_of(lines: Sequence[str]) -> Iterator[str | list[list[list[str]]]]:
    """The paragraphs, and the tables as rows of cells of lines; rows that the sample prints torn are made whole."""
    for is_row, group in groupby((line for line in lines if line.strip()), key=lambda line: "\t" in line):
        if not is_row:
            yield from (line for line in group if len(line) > 3)
            continue
        rows: list[list[list[str]]] = []
        for line in group:
            cells = line.split("\t")
            if rows and len(cells) > 5 and (not re.match(r"\d+ ?\.", cells[0])):
                for whole, cell in zip(rows[-1][1:], cells[1:], strict=False):
                    whole.extend([cell] if cell else [])
                rows[-1][0] += [cells[0]] if cells[0].isdigit() else []
            else:
                rows.append([[cell] if cell else [] for cell in cells])
        yield rows


def ruled(pack: str, *, style: Sequence[Any] = (), size: tuple[float, float] = landscape(A4)) -> bytes:
    """The plan of the pack with a ruled table under each recommendation."""
    story: list[Flowable] = []
    for one in tables_of(plan_of(pack)):
        if isinstance(one, str):
            look = _HEADING if one.isupper() or one.startswith("RECOMMENDATION") else _BODY
            story.append(Paragraph(escape(one.removeprefix("- ")), look, bulletText="•" if one[:2] == "- " else None))
        else:
            story += [_table(one, style), Spacer(1, 10)]
    return _built(story, size)


def in_one_table(pack: str) -> bytes:
    """The plan's actions in one table whose header is repeated over the pages."""
    found = [one for one in tables_of(plan_of(pack)) if not isinstance(one, str) and len(one[0]) == len(HEADER)]
    table = _table([found[0][0], *(row for one in found for row in one[1:])], (), repeated=1)
    return _built([Paragraph("Improvement plan", _HEADING), table], landscape(A4))


def _table(rows: Sequence[Sequence[Sequence[str]]], style: Sequence[Any], repeated: int = 0) -> Table:
    cells = [
        [Paragraph("<br/>".join(map(escape, cell)) or " ", _SMALL if at else _BOLD) for cell in row]
        for at, row in enumerate(rows)
    ]
    lines = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP"), *style]
    widths = WIDTHS if len(rows[0]) == len(WIDTHS) else None
    return Table(cells, widths, style=lines, repeatRows=repeated)


def _built(story: list[Flowable], size: tuple[float, float]) -> bytes:
    out = BytesIO()
    document = SimpleDocTemplate(out, pagesize=size, invariant=1, leftMargin=40, rightMargin=40, topMargin=40,
                                 bottomMargin=40)  # fmt: skip
    document.build(story, onFirstPage=_foot, onLaterPages=_foot)
    return out.getvalue()


def _foot(canvas: Any, _: Any) -> None:
    canvas.setFont("Helvetica", 9)
    canvas.drawString(40, 20, f"Improvement plan V3, January 2017   Page {canvas.getPageNumber()}")
