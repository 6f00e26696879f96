"""Make the sample PDFs, and the broken ones, from the plain sources in `sources/`: the same bytes each time.

    python tests/samples/make_pdfs.py [FOLDER]

A source is read line by line; a blank line ends a paragraph. A line may open with

    title: subtitle: date: line: sign:   a line of that look        # ## ###   headings, largest first
    * and **                             bullets of two levels      12. text   a numbered paragraph or recommendation
    | cell | cell                        a table row (rows together make one table; `|| cell` spans it)
    box: heading | grade                 a section heading with its grade in a frame
    toc: entry | page                    a line of the contents     foot: text a footnote of this page
    page                                 a new page                 style: report|ilacs|letter    running: a line of the foot
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Paragraph, Spacer, Table

HERE = Path(__file__).parent
LEFT, RIGHT, TOP, BOTTOM = 68, 68, 76, 84
WIDTH = A4[0] - LEFT - RIGHT

# Sizes are those of the real reports, where a heading shows by its font alone.
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=12, leading=14.5, spaceAfter=9, embeddedHyphenation=1)
LOOKS = {
    "body": BODY,
    "title": ParagraphStyle("title", BODY, fontSize=26, leading=30, spaceAfter=6),
    "subtitle": ParagraphStyle("subtitle", BODY, fontName="Helvetica-Bold", fontSize=16, leading=19, spaceAfter=5),
    "date": ParagraphStyle("date", BODY, fontSize=14, leading=17, spaceAfter=4),
    "sign": ParagraphStyle("sign", BODY, fontName="Helvetica-Bold", spaceAfter=0),
    "#": ParagraphStyle("h1", BODY, fontSize=24, leading=28, spaceBefore=10, keepWithNext=1),
    "##": ParagraphStyle("h2", BODY, fontName="Helvetica-Bold", fontSize=14, leading=17, spaceBefore=8, keepWithNext=1),
    "###": ParagraphStyle("h3", BODY, fontName="Helvetica-Bold", spaceBefore=4, keepWithNext=1),
    "*": ParagraphStyle("bullet", BODY, leftIndent=16, bulletIndent=0, spaceAfter=6),
    "**": ParagraphStyle("bullet2", BODY, leftIndent=52, bulletIndent=34, spaceAfter=4),
    "number": ParagraphStyle("number", BODY, leftIndent=34, bulletIndent=0, bulletFontSize=12),
    "line": ParagraphStyle("line", BODY, spaceAfter=0),
    "cell": ParagraphStyle("cell", BODY, spaceAfter=0),
    "part": ParagraphStyle("part", BODY, spaceAfter=0, leftIndent=30),
    "head": ParagraphStyle("head", BODY, fontName="Helvetica-Bold", spaceAfter=0),
    "note": ParagraphStyle("note", BODY, fontSize=9, leading=11),
}
GLYPHS = {"*": ("ZapfDingbats", 7, "n"), "**": ("Helvetica", 12, "–")}
KEYS = "title|subtitle|date|line|sign|box|toc|foot|style|running"
LINE = re.compile(rf"({KEYS}):\s*(.*)|(#{{1,3}}|\*{{1,2}})\s+(.*)|(\d+\.)\s+(.*)")


@dataclass(frozen=True)
class Piece:
    """One element of a source: how it looks, its words, and the number printed before them."""

    look: str
    words: str
    label: str = ""


@dataclass
class Frames:
    """What stands outside the text of the pages: the running foot and the notes by page."""

    style: str = "report"
    running: list[str] = field(default_factory=list)
    notes: dict[int, str] = field(default_factory=dict)


def pieces(source: str) -> Iterator[Piece]:
    """The elements of a source in order; the lines of a paragraph are joined by single spaces."""
    for block in re.split(r"\n\s*\n", source):
        words: list[str] = []
        opened = Piece("body", "")
        for line in block.splitlines():
            piece = opening(line.strip())
            if piece is None:
                words.append(line.strip())
                continue
            if words:
                yield Piece(opened.look, " ".join(words), opened.label)
            opened, words = piece, [piece.words]
        if words:
            yield Piece(opened.look, " ".join(words), opened.label)


def opening(line: str) -> Piece | None:
    """The element that a line opens, or None where it goes on with the one before."""
    if line == "page":
        return Piece("page", "")
    if line.startswith("|"):
        return Piece("row", line)
    if not (found := LINE.fullmatch(line)):
        return None
    key, value, mark, marked, number, numbered = found.groups()
    if key:
        return Piece(key, value)
    return Piece(mark, marked) if mark else Piece("number", numbered, number)


class Note(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A footnote: takes no room where it stands and is drawn at the foot of that page."""

    def __init__(self, words: str, frames: Frames) -> None:
        super().__init__()
        self.words, self.frames = words, frames

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.frames.notes[self.canv.getPageNumber()] = self.words


def flow(source: str, frames: Frames) -> list[Any]:
    """The flowables of a source; fills `frames` with what goes outside the text."""
    story: list[Any] = []
    for look, group in groupby(pieces(source), key=lambda p: p.look):
        same = list(group)
        if look == "row":
            story += [table([p.words for p in same]), Spacer(1, 10)]
        elif look == "toc":
            story += [contents([p.words for p in same])]
        elif look == "line":
            story += [*(element(p, frames) for p in same), Spacer(1, 10)]
        elif look == "style":
            frames.style = same[-1].words
        elif look == "running":
            frames.running += [p.words for p in same]
        else:
            story += [element(p, frames) for p in same]
    return story


def element(piece: Piece, frames: Frames) -> Any:
    """The flowable of a single piece."""
    words = escape(piece.words).replace("^1", "<super size=8>1</super>")
    if piece.look == "page":
        return PageBreak()
    if piece.look == "foot":
        return Note(words, frames)
    if piece.look == "box":
        heading, grade = (cell.strip() for cell in words.split("|"))
        return grid([[Paragraph(heading, LOOKS["##"]), Paragraph(grade, LOOKS["cell"])]], [WIDTH * 0.62, WIDTH * 0.38])
    if piece.look in GLYPHS:
        font, size, glyph = GLYPHS[piece.look]
        return Paragraph(f'<bullet font="{font}" size="{size}">{glyph}</bullet>{words}', LOOKS[piece.look])
    if piece.label:
        return Paragraph(words, LOOKS["number"], bulletText=piece.label)
    if (bold := re.match(r"(.{3,40}?:) (.+)", words)) and piece.look == "date" and frames.style == "ilacs":
        words = f"<b>{bold[1]}</b> {bold[2]}"
    return Paragraph(words, LOOKS[piece.look])


def table(rows: list[str]) -> Table:
    """A two-column table; a row that opens with `||` spans both, one whose label opens with `>` is set in."""
    cells, spans = [], []
    for n, row in enumerate(rows):
        if row.startswith("||"):
            spans.append(("SPAN", (0, n), (1, n)))
            cells.append([Paragraph(escape(row[2:].strip()), LOOKS["head"]), ""])
            continue
        label, grade = (escape(cell.strip()) for cell in row.strip("|").split("|"))
        bold = label[:1].isdigit() or label == "Judgement"
        look = LOOKS["head"] if bold else LOOKS["part"] if label.startswith("&gt;") else LOOKS["cell"]
        grade_look = LOOKS["head"] if label == "Judgement" else LOOKS["cell"]
        cells.append([Paragraph(label.removeprefix("&gt;").strip(), look), Paragraph(grade, grade_look)])
    share = 0.64 if any(row.startswith("| >") for row in rows) else 0.5
    return grid(cells, [WIDTH * share, WIDTH * (1 - share)], spans)


def grid(cells: list[list[Any]], widths: list[float], spans: list[Any] | None = None) -> Table:
    """A framed table whose text sits in the middle of its cells, as in the real ones."""
    lines = [("GRID", (0, 0), (-1, -1), 0.8, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    padding = [("TOPPADDING", (0, 0), (-1, -1), 5), ("BOTTOMPADDING", (0, 0), (-1, -1), 6)]
    return Table(cells, widths, style=[*lines, *padding, *(spans or [])], spaceAfter=10, hAlign="LEFT")


def contents(entries: list[str]) -> Table:
    """The list of contents, page numbers at the right."""
    cells = [[Paragraph(escape(part.strip()), LOOKS["cell"]) for part in entry.split("|")] for entry in entries]
    return Table(cells, [WIDTH * 0.9, WIDTH * 0.1], hAlign="LEFT")


def furnish(canvas: Any, frames: Frames) -> None:
    """Draw the running foot, the page number and the notes of a finished page."""
    page = canvas.getPageNumber()
    canvas.saveState()
    if note := frames.notes.get(page):
        paragraph = Paragraph("<super size=6>1</super> " + note, LOOKS["note"])
        _, height = paragraph.wrap(WIDTH, 200)
        canvas.line(LEFT, BOTTOM + height + 6, LEFT + 120, BOTTOM + height + 6)
        paragraph.drawOn(canvas, LEFT, BOTTOM)
    if frames.style == "report":
        # Page numbers of these reports are larger than the text and stand at the outer edge.
        canvas.line(LEFT, 60, A4[0] - RIGHT, 60)
        canvas.setFont("Helvetica", 20)
        if page % 2:
            canvas.drawRightString(A4[0] - RIGHT, 38, str(page))
        else:
            canvas.drawString(LEFT, 38, str(page))
    elif page > 1:
        canvas.setFont("Helvetica", 10)
        for n, line in enumerate(reversed(frames.running)):
            canvas.drawString(LEFT, 38 + 12 * n, line)
        canvas.drawRightString(A4[0] - RIGHT, 38, str(page))
    canvas.restoreState()


def write_pdf(source: Path, target: Path, password: str | None = None) -> None:
    """Write the PDF of a source; the bytes depend on the source and the version of reportlab alone."""
    text, frames = source.read_text(encoding="utf-8"), Frames()
    # Uncompressed, because builds of zlib differ in the bytes they write.
    lock = StandardEncryption(password, strength=128) if password else None
    same = {"invariant": 1, "pageCompression": 0}
    document = BaseDocTemplate(str(target), pagesize=A4, encrypt=lock, title=source.stem, **same)
    frame = Frame(LEFT, BOTTOM, WIDTH, A4[1] - TOP - BOTTOM, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate("page", [frame], onPageEnd=lambda canvas, _: furnish(canvas, frames)))
    document.build(flow(text, frames))


def make_all(folder: Path) -> None:
    """Write every sample PDF into `folder`, and the damaged ones into its `broken/`."""
    broken = folder / "broken"
    broken.mkdir(parents=True, exist_ok=True)
    sources = sorted((HERE / "sources").glob("*.source"))
    for source in sources:
        write_pdf(source, folder / f"{source.stem}.pdf")
    letter = next(s for s in sources if "focused-visit" in s.stem)
    whole = (folder / f"{letter.stem}.pdf").read_bytes()
    (broken / "truncated.pdf").write_bytes(whole[: len(whole) // 3])
    write_pdf(letter, broken / "encrypted.pdf", password="opensesame")


if __name__ == "__main__":
    make_all(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
