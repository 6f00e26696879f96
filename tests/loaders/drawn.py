"""PDFs for the tests of reading, drawn line by line so that each test says where its words stand."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import NamedTuple

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

PLAIN, BOLD = "Helvetica", "Helvetica-Bold"


class Run(NamedTuple):
    """Words at a place, in points from the lower left corner of the page."""

    x: float
    y: float
    words: str
    size: float = 12
    font: str = PLAIN


def pdf(*pages: Iterable[Run], password: str | None = None) -> bytes:
    """The bytes of a PDF of A4 pages."""
    out = BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(password) if password else None, invariant=1)
    for page in pages:
        for run in page:
            canvas.setFont(run.font, run.size)
            canvas.drawString(run.x, run.y, run.words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def lines(words: Iterable[str], y: float = 700, x: float = 72, leading: float = 14.5, size: float = 12) -> list[Run]:
    """Lines below each other."""
    return [Run(x, y - leading * at, line, size) for at, line in enumerate(words)]


FILLING = (
    "Children are helped early and parents say that this has made a difference to them.",
    "Managers read the records of their teams every month and talk about what they find.",
    "Social workers visit often, know the children well and write down what they say.",
)
"""Three full lines of body text, which tell the reader the usual size and distance."""
