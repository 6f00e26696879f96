"""Make the sample Word letter and workbook from their sources in `sources/`: the same bytes each time.

    python tests/samples/formats/make_office.py [FOLDER]

A line of the source is a paragraph: `#` and `##` headings, `*` bullets, `head:` the running head, which is no text.
A line of a workbook's source is a row, its cells parted by tabs: `sheet:` begins a sheet, `**` a row in bold, dates
become dates, numbers numbers, and ` // ` breaks a line within a cell.
"""

from __future__ import annotations

import re
import sys
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).parent
LINE = re.compile(r"(#{1,2}|\*|head:)\s+(.*)")
STYLES = {"#": "Heading1", "##": "Heading2", "*": "ListBullet"}
OFFICE = "http://schemas.openxmlformats.org"
W = f'xmlns:w="{OFFICE}/wordprocessingml/2006/main" xmlns:r="{OFFICE}/officeDocument/2006/relationships"'
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
S = f'xmlns="{OFFICE}/spreadsheetml/2006/main" xmlns:r="{OFFICE}/officeDocument/2006/relationships"'
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
FORMATS = (
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf xfId="0" fontId="1" '
    'applyFont="1"/><xf xfId="0" numFmtId="14" applyNumberFormat="1"/></cellXfs>'
)
"""Of cells: 0 as they are, 1 bold, 2 a date."""
KINDS = {"document": "document.main", "styles": "styles", "numbering": "numbering", "header1": "header"}


def letter(source: str) -> bytes:
    """A Word document, its parts stored uncompressed with one date: builds of zlib differ in the bytes they write."""
    head, body = "", ""
    for line in filter(None, map(str.strip, source.splitlines())):
        found = LINE.fullmatch(line)
        mark, words = (found[1], found[2]) if found else ("", line)
        if mark == "head:":
            head = paragraph(words)
        else:
            body += paragraph(words, STYLES.get(mark))
    turn = '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/></w:sectPr>'
    return archived(parts(head, f"{body}{turn}"))


def archived(held: Mapping[str, str]) -> bytes:
    """The parts in one archive."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in held.items():
            declared = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + part
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), declared.encode())
    return out.getvalue()


def workbook(source: str) -> bytes:
    """A workbook of the source's sheets."""
    sheets: dict[str, list[str]] = {}
    for line in filter(str.strip, source.splitlines()):
        if line.startswith("sheet:"):
            held = sheets.setdefault(line.removeprefix("sheet:").strip(), [])
        else:
            held.append(cells(line, len(held) + 1))
    names = [f"sheet{n}" for n in range(1, len(sheets) + 1)]
    main = {"workbook": "sheet.main", "styles": "styles", **{f"worksheets/{name}": "worksheet" for name in names}}
    types = "".join(f'<Override PartName="/xl/{n}.xml" ContentType="{SHEET}.{k}+xml"/>' for n, k in main.items())
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    listed = "".join(f'<sheet name="{escape(t)}" sheetId="{n}" r:id="rId{n}"/>' for n, t in enumerate(sheets, 1))
    targets = [("worksheet", f"worksheets/{name}.xml") for name in names]
    return archived(
        {
            "[Content_Types].xml": f'<Types xmlns="{OFFICE}/package/2006/content-types">'
            f'<Default Extension="rels" ContentType="{rels}"/><Default Extension="xml" ContentType="application/xml"/>'
            f"{types}</Types>",
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl/_rels/workbook.xml.rels": relations(*targets, ("styles", "styles.xml")),
            "xl/workbook.xml": f"<workbook {S}><sheets>{listed}</sheets></workbook>",
            "xl/styles.xml": f"<styleSheet {S}>{FORMATS}</styleSheet>",
            **{
                f"xl/worksheets/{name}.xml": f"<worksheet {S}><sheetData>{''.join(rows)}</sheetData></worksheet>"
                for name, rows in zip(names, sheets.values(), strict=True)
            },
        }
    )


def cells(line: str, number: int) -> str:
    """A row of a sheet."""
    bold = line.startswith("**")
    held = enumerate(line.removeprefix("**").split("\t"))
    return f'<row r="{number}">{"".join(cell(words, f"{chr(65 + at)}{number}", bold) for at, words in held)}</row>'


def cell(words: str, place: str, bold: bool) -> str:
    """A cell: a date, a number or words."""
    if re.fullmatch(r"\d\d/\d\d/\d{4}", words):
        days = datetime.strptime(words, "%d/%m/%Y").date() - date(1899, 12, 30)
        return f'<c r="{place}" s="2"><v>{days.days}</v></c>'
    if re.fullmatch(r"\d+(?:\.\d+)?", words):
        return f'<c r="{place}"><v>{words}</v></c>'
    if not words:
        return ""
    broken = escape(words).replace(" // ", "\n")
    return f'<c r="{place}" s="{int(bold)}" t="inlineStr"><is><t xml:space="preserve">{broken}</t></is></c>'


def parts(head: str, body: str) -> dict[str, str]:
    """The parts of a Word document by their names in the archive."""
    types = "".join(f'<Override PartName="/word/{n}.xml" ContentType="{WORD}.{k}+xml"/>' for n, k in KINDS.items())
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>'
    return {
        "[Content_Types].xml": f'<Types xmlns="{OFFICE}/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{rels}"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{types}</Types>",
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(
            ("styles", "styles.xml"), ("numbering", "numbering.xml"), ("header", "header1.xml")
        ),
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}>{''.join(map(style, ('heading 1', 'heading 2', 'List Bullet')))}</w:styles>",
        "word/numbering.xml": f'<w:numbering {W}><w:abstractNum w:abstractNumId="1">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>',
        "word/header1.xml": f"<w:hdr {W}>{head or paragraph('')}</w:hdr>",
    }


def relations(*targets: tuple[str, str]) -> str:
    """What a part refers to, numbered from rId1."""
    kind = f"{OFFICE}/officeDocument/2006/relationships"
    each = (f'<Relationship Id="rId{n}" Type="{kind}/{k}" Target="{t}"/>' for n, (k, t) in enumerate(targets, 1))
    return f'<Relationships xmlns="{OFFICE}/package/2006/relationships">{"".join(each)}</Relationships>'


def style(name: str) -> str:
    """A style of paragraphs; that of bullets belongs to the one list."""
    key = "".join(word.capitalize() for word in name.split())
    listed = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>' if key == "ListBullet" else ""
    return f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{listed}</w:style>'


def paragraph(words: str, look: str | None = None) -> str:
    """A paragraph in a style."""
    styled = f'<w:pPr><w:pStyle w:val="{look}"/></w:pPr>' if look else ""
    return f'<w:p>{styled}<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for made in sorted((HERE / "sources").glob("*.docx-source")):
        (folder / f"{made.stem}.docx").write_bytes(letter(made.read_text(encoding="utf-8")))
    for made in sorted((HERE / "sources").glob("*.xlsx-source")):
        (folder / f"{made.stem}.xlsx").write_bytes(workbook(made.read_text(encoding="utf-8")))
