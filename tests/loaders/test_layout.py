"""However lines lie on their pages, no word is lost, doubled or moved to another page."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from loaders.reading.layout import text_of
from loaders.reading.lines import Line, Piece

WORDS = st.lists(
    st.sampled_from(["Children", "are", "seen", "often.", "Good", "plans:", "and", "(all)", "help;", "Leaders"]),
    min_size=1,
    max_size=9,
).map(" ".join)


@st.composite
def a_line(draw: st.DrawFn, page: int) -> Line:
    size = draw(st.sampled_from([8.0, 10.0, 12.0, 12.0, 12.0, 14.0, 26.0]))
    x = draw(st.sampled_from([72.0, 90.0, 108.0, 300.0]))
    parts = draw(st.lists(WORDS, min_size=1, max_size=3))
    pieces = []
    for part in parts:
        pieces.append(Piece(part, x, x + len(part) * size / 2))
        x = pieces[-1].x1 + 3 * size
    y = draw(st.integers(110, 740))
    return Line(page, tuple(pieces), " ".join(parts), y, 842, size, bold=draw(st.booleans()))


PAGES = st.tuples(st.lists(a_line(1), max_size=12), st.lists(a_line(2), max_size=12))


@given(PAGES)
def test_every_word_of_a_page_comes_out_once_and_on_its_page(pages: tuple[list[Line], list[Line]]) -> None:
    text = text_of([*pages[0], *pages[1]], 2)
    assert Counter(text.content.split()) == Counter(
        word for page in pages for line in page for word in line.text.split()
    )
    second = text.page_starts[1]
    assert Counter(text.content[second:].split()) == Counter(word for line in pages[1] for word in line.text.split())
    assert all(before.span.end < after.span.start for before, after in pairwise(text.blocks))
    assert all(text.words(block).strip() and "\n" not in text.words(block) for block in text.blocks)
