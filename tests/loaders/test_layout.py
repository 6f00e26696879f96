"""However lines lie on their pages, no word is lost, doubled or moved to another page."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from loaders.reading.frames import in_printed_order
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


def line(words: str, y: float, x: float = 72.0, raised: bool = False) -> Line:
    return Line(1, (Piece(words, x, x + 5 * len(words)),), words, y, 842, 12.0, bold=False, raised=raised)


def blocks(*lines: Line) -> list[str]:
    text = text_of(lines, 1)
    return [text.words(block) for block in text.blocks]


LONG = "Agencies share what they know of children in good time, and each of them sees early"


def test_the_title_of_a_box_ends_the_bullet_that_it_is_set_as_far_in_as() -> None:
    found = blocks(
        line(f"• {LONG}", 700, 72),
        line("what children need.", 686, 90),
        line("Case study: highly effective practice", 660, 90),
        line(f"{LONG}", 646, 90),
        line("what children need.", 632, 90),
    )
    assert found[1:] == ["Case study: highly effective practice", f"{LONG} what children need."]


def test_the_title_of_a_box_on_a_new_page_does_not_go_on_with_the_bullet_before_it() -> None:
    first = line(f"• {LONG}", 100)
    second = replace(line("Practice study: area for improvement", 700), page=2)
    text = text_of([first, second], 2)
    assert [text.words(block) for block in text.blocks] == [LONG, "Practice study: area for improvement"]


def test_the_raised_number_of_a_footnote_begins_no_sentence() -> None:
    found = blocks(
        line(f"{LONG} and is.", 700),
        line("1 This inspection looked closely at neglect and at what agencies did of it,", 686, raised=True),
        line("and it found good work.", 672),
    )
    beside = blocks(
        line("in Saltmere.", 700),
        line("1 This inspection looked closely at neglect and at what", 700, 136, raised=True),
        line("agencies did of it, and it found good work.", 686),
    )
    assert beside[0].startswith("in Saltmere. This inspection")
    assert found == [
        f"{LONG} and is. This inspection looked closely at neglect and at what agencies did of it,"
        " and it found good work."
    ]


def test_a_paragraph_in_a_narrow_box_goes_on_with_a_capital_before_its_full_stop() -> None:
    wide = "Wider lines stand above the box on this page, and they reach to the margin of all of its other lines, yes."
    found = blocks(
        line(wide, 720),
        line("Staff in the company know which of the children are at risk", 680, 90),
        line("of harm and take action to address it with all the others", 666, 90),
        line("and they say so early, which helps the service or its", 652, 90),
        line("further partners in the trust, those of the police, or the", 638, 90),
        line("CRC in case of change.", 624, 90),
    )
    assert [words[-22:] for words in found[1:]] == ["CRC in case of change."]
    assert found[1].startswith("Staff")


def test_a_box_that_the_page_draws_last_is_read_where_it_is_printed() -> None:
    box = [line(f"{LONG} {word}.", y) for word, y in (("one", 700), ("two", 686), ("three", 672))]
    rest = [line(f"{LONG} {word}.", y) for word, y in (("four", 640), ("five", 626), ("six", 612))]
    foot = line("10", 30)
    assert in_printed_order([foot, *rest, *box]) == [foot, *box, *rest]
    assert in_printed_order([*box, *rest, foot]) == [*box, *rest, foot]


def test_lines_that_stand_between_others_stay_in_the_order_in_which_they_are_drawn() -> None:
    one = [line(f"{LONG} {word}.", y) for word, y in (("one", 700), ("two", 660), ("three", 620))]
    other = [line(f"{LONG} {word}.", y) for word, y in (("four", 680), ("five", 640), ("six", 600))]
    assert in_printed_order([*one, *other]) == [*one, *other]
