"""What a page's layout tells is kept as blocks, and what belongs to the page alone is left out."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from loaders.reading.pdf import read_pdf
from loaders.reading.source import documents, open_document
from loaders.text import Text
from tests.loaders.drawn import BOLD, FILLING, Run, lines, pdf


def read(*pages: list[Run]) -> Text:
    text = read_pdf(pdf(*pages), "drawn.pdf")
    assert_sound(text)
    return text


def assert_sound(text: Text) -> None:
    for block in text.blocks:
        words = text.words(block)
        assert words == words.strip("\n ")
        assert "\n" not in words
        assert "  " not in words
        assert [text.words(cell) for cell in block.cells] == (words.split("\t") if block.kind == "row" else [])
    assert all(before.span.end < after.span.start for before, after in pairwise(text.blocks))
    left_out = text.content
    for block in reversed(text.blocks):
        left_out = left_out[: block.span.start] + left_out[block.span.end :]
    assert re.fullmatch(r"(?:[•–] )?(?:\(?[\w.]+[.)]? )?", left_out.split("\n")[0])
    assert not re.search(r"\w{4}", left_out), "words outside the blocks"
    assert list(text.page_starts) == sorted(text.page_starts)


def said(text: Text) -> list[tuple[str, str]]:
    return [(block.kind, text.words(block)) for block in text.blocks]


def test_running_heads_feet_and_page_numbers_are_left_out_but_headings_at_the_top_are_kept() -> None:
    names = ("Help", "Care", "Leaders", "Partners")
    pages = [
        [
            Run(72, 800, "Inspection report: Harrowdale, May 2024", 8),
            Run(72, 770, name, 16, BOLD),
            *lines(FILLING, 740),
            Run(500, 30, str(number), 20),
            Run(72, 40, f"6 to 10 May 2024 {number}", 8),
        ]
        for number, name in enumerate(names, 1)
    ]
    text = read(*pages)
    assert [text.words(block) for block in text.blocks if block.kind == "heading"] == list(names)
    assert "Harrowdale" not in text.content
    assert "2024" not in text.content
    assert not re.search(r"\d", text.content)


def test_a_paragraph_that_runs_over_a_page_is_one_block_on_two_pages() -> None:
    text = read(
        [
            *lines(FILLING, 300),
            *lines(["Leaders know the service well, but they have not yet found a way to use what"], 240),
        ],
        [*lines(["they know. Audits are late.", ""], 760), *lines(FILLING, 700)],
    )
    words = "Leaders know the service well, but they have not yet found a way to use what they know. Audits are late."
    assert ("paragraph", words) in said(text)
    assert text.page(text.content.index("Leaders know")) == 1
    assert text.page(text.content.index("they know. Audits")) == 2
    assert text.page(text.content.index("Audits are late")) == 2
    assert text.page_starts == (0, text.content.index("they know. Audits"))


def test_a_footnote_stands_apart_and_does_not_cut_the_paragraph_above_it() -> None:
    text = read(
        [
            *lines(FILLING, 300),
            *lines(
                ["The board meets every month and its members", "speak plainly with each other about the risks that"],
                200,
            ),
            Run(72, 80, "1", 6.5),
            Run(78, 76, "The board is a partnership of agencies.", 9),
            Run(72, 64, "It has met since 2016.", 9),
        ],
        [*lines(["children run. It listens to them."], 760), *lines(FILLING, 700)],
    )
    kinds = {words: kind for kind, words in said(text)}
    assert kinds["The board is a partnership of agencies. It has met since 2016."] == "footnote"
    joined = next(words for words in kinds if words.startswith("The board meets"))
    assert joined.endswith("the risks that children run. It listens to them.")
    note = next(block for block in text.blocks if block.kind == "footnote")
    assert note.number == "1"
    assert text.page(note.span.start) == 1


def test_a_raised_number_is_taken_out_of_the_words_before_it() -> None:
    text = read(
        [
            *lines(FILLING),
            Run(72, 600, "The board", 12),
            Run(124, 604.5, "1", 7),
            Run(130, 600, "meets in 10 places.", 12),
        ]
    )
    assert ("paragraph", "The board meets in 10 places.") in said(text)


def test_a_hyphen_at_the_end_of_a_line_stays_and_joins_its_words() -> None:
    text = read(
        lines(
            [
                *FILLING,
                "Plans are written in clear words and are never of such poor-",
                "quality work that a child is lost.",
            ]
        )
    )
    assert "such poor-quality work" in text.content


def test_a_hanging_hyphen_keeps_its_space() -> None:
    text = read(
        lines(
            [*FILLING, "Parents and carers are well supported before, with pre-", "and post-adoption help that lasts."]
        )
    )
    assert "pre- and post-adoption" in text.content


def test_bullets_have_two_levels_and_a_wrapped_one_is_one_block() -> None:
    text = read(
        [
            *lines(FILLING),
            Run(72, 640, "•"),
            Run(90, 640, "the council runs two homes for children, both of which were found"),
            Run(90, 625.5, "to be good"),
            Run(72, 605, "•"),
            Run(90, 605, "of the children in care:"),
            Run(90, 585, "–"),
            Run(108, 585, "18 live outside the area"),
            Run(90, 565, "–"),
            Run(108, 565, "two live with their parents."),
        ]
    )
    bullets = [(block.level, text.words(block)) for block in text.blocks if block.kind == "bullet"]
    assert bullets == [
        (1, "the council runs two homes for children, both of which were found to be good"),
        (1, "of the children in care:"),
        (2, "18 live outside the area"),
        (2, "two live with their parents."),
    ]


def test_short_items_in_a_tight_list_stay_apart() -> None:
    items = ["48 live outside the area", "14 live in homes", "three live with parents"]
    drawn = [
        run for at, words in enumerate(items) for run in (Run(90, 600 - 15 * at, "–"), Run(108, 600 - 15 * at, words))
    ]
    text = read([*lines(FILLING), *drawn])
    assert [text.words(block) for block in text.blocks if block.kind == "bullet"] == items


def test_numbered_paragraphs_keep_their_number_even_where_it_sticks_to_the_words() -> None:
    text = read(
        [
            Run(72, 700, "9."),
            Run(100, 700, "Children in care see their social worker often and are heard. Records are"),
            Run(100, 685.5, "up to date."),
            Run(72, 660, "10.Senior leaders have a clear view of practice. Those who left in 2019"),
            Run(100, 645.5, "were replaced soon after. The share of new staff has gone down to"),
        ],
        [Run(100, 760, "12. Nobody knows why."), Run(72, 735, "11."), Run(100, 735, "Audits are late.")],
    )
    numbered = [(block.number, text.words(block)) for block in text.blocks]
    assert [number for number, _ in numbered] == ["9", "10", "11"]
    assert numbered[0][1].endswith("Records are up to date.")
    assert numbered[1][1].startswith("Senior leaders have")
    assert numbered[1][1].endswith("has gone down to 12. Nobody knows why.")


def test_a_table_gives_rows_whose_labels_and_grades_are_whole() -> None:
    text = read(
        [
            Run(72, 760, "Judgement", 12, BOLD),
            Run(320, 760, "Grade", 12, BOLD),
            Run(72, 730, "The impact of leaders on practice"),
            Run(72, 715.5, "with children and families"),
            Run(320, 730, "Requires improvement"),
            Run(320, 715.5, "to be good"),
            Run(72, 690, "1.  Children who need help"),
            Run(320, 690, "Good"),
            Run(72, 660, "Overall effectiveness"),
            Run(320, 660, "Requires improvement"),
            Run(320, 645.5, "to be good"),
            *lines(FILLING, 600),
        ]
    )
    rows = [(block.number, *(text.words(cell) for cell in block.cells)) for block in text.blocks if block.kind == "row"]
    assert rows == [
        (None, "Judgement", "Grade"),
        (None, "The impact of leaders on practice with children and families", "Requires improvement to be good"),
        ("1", "Children who need help", "Good"),
        (None, "Overall effectiveness", "Requires improvement to be good"),
    ]


def test_headings_are_known_by_size_and_weight_and_a_wrapped_one_is_one_block() -> None:
    text = read(
        [
            Run(72, 760, "Harrowdale Council", 26),
            Run(72, 720, "The experiences of young carers and of those who", 14, BOLD),
            Run(72, 703, "work with their families: requires improvement", 14, BOLD),
            Run(72, 670, "Inspection dates: 13 to 24 June 2022", 12, BOLD),
            Run(72, 640, "Summary", 12, BOLD),
            *lines(FILLING, 620),
            Run(72, 560, "Adoption"),
            *lines(FILLING, 535),
        ]
    )
    headings = [(block.level, text.words(block)) for block in text.blocks if block.kind == "heading"]
    assert headings == [
        (1, "Harrowdale Council"),
        (2, "The experiences of young carers and of those who work with their families: requires improvement"),
        (3, "Summary"),
        (4, "Adoption"),
    ]


def test_a_table_of_contents_gives_rows_and_no_headings() -> None:
    titles = [
        ("The local authority", 3),
        ("Recommendations", 5),
        ("Leaders and those who", None),
        ("work with them", 8),
        ("Board", 12),
    ]
    drawn = [
        Run(72, 700 - 20 * at, f"{title} {page}" if page else title, 12, BOLD)
        for at, (title, page) in enumerate(titles)
    ]
    text = read([Run(72, 740, "Contents", 20), *drawn], lines(FILLING))
    assert [text.words(block) for block in text.blocks if block.kind == "heading"] == ["Contents"]
    assert ("row", "The local authority\t3") in said(text)
    assert ("row", "Leaders and those who work with them\t8") in said(text)


def test_lines_that_were_ended_early_are_not_run_together() -> None:
    text = read([*lines(["Agora House", "Cumberland Place", "Harrow Cross HD1 4QT"], 780), *lines(FILLING)])
    assert said(text)[:3] == [
        ("paragraph", "Agora House"),
        ("paragraph", "Cumberland Place"),
        ("paragraph", "Harrow Cross HD1 4QT"),
    ]


def test_a_page_without_words_begins_where_the_next_one_does() -> None:
    text = read(lines(["First page."]), [], lines(["Third page."]))
    third = text.content.index("Third")
    assert text.page_starts == (0, third, third)
    assert text.page(third) == 3


def test_reading_twice_gives_the_same_text() -> None:
    data = pdf(lines(FILLING), lines(FILLING))
    assert read_pdf(data, "a.pdf") == read_pdf(data, "b.pdf")


REAL = (
    "80552_shropshire/children's services inspection - 24 november 2017.pdf",
    "80552_shropshire/children's services inspection - 25 march 2022.pdf",
    "80481_leeds/children's services inspection - 27 march 2015.pdf",
    "80454_cornwall/children's services inspection - 22 august 2024.pdf",
)


@pytest.mark.parametrize("name", REAL)
def test_numbered_paragraphs_of_real_reports_count_on_without_a_gap(shared: Path, name: str) -> None:
    text = open_document(shared / "documents" / "reports" / name)[1]
    assert_sound(text)
    numbers = [
        int(block.number) for block in text.blocks if block.kind == "paragraph" and (block.number or "").isdigit()
    ]
    assert len(numbers) > 20
    assert {after - before for before, after in pairwise(numbers)} <= {1}


def test_no_real_report_keeps_its_page_numbers_or_running_feet(shared: Path) -> None:
    for path in documents([shared / "documents" / "reports" / "80552_shropshire"]):
        text = open_document(path)[1]
        alone = [text.words(block) for block in text.blocks if text.words(block).isdigit()]
        repeated = {
            words for words in map(text.words, text.blocks) if list(map(text.words, text.blocks)).count(words) > 5
        }
        assert (alone, {words for words in repeated if "\t" not in words}) == ([], set())
