"""The theme map in a real Chromium from disk with the network cut: it opens, filters, shows words, and runs nothing."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest

import ontology
import viz
from tests.viz.chromium import Browser, Page
from tests.viz.made_graph import HOSTILE, HOSTILE_NAME, HOSTILE_TITLE, INSPECTIONS, ROWS, Memory, Row, quads


@pytest.fixture(scope="session")
def file(source: Memory, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return viz.write_page("theme-map", source, tmp_path_factory.mktemp("site") / "théme map #1.html")


def expected(*, authority: str | None = None, polarities: tuple[str, ...] = ()) -> int:
    return sum(
        (authority is None or authority in INSPECTIONS[r.inspection][0])
        and (not polarities or r.polarity in polarities)
        for r in ROWS
    )


def table(page: Page) -> dict[str, list[int]]:
    """The table of themes, which the page holds whether or not it is unfolded."""
    page.run("document.querySelector('#as-table').open = true")
    page.until("!!document.querySelector('#tables table')")
    rows = "[...document.querySelectorAll('#tables table:first-child tbody tr')]"
    cells = page.run(f"{rows}.map((row) => [...row.cells].map((cell) => cell.innerText))")
    return {name: [int(n) for n in numbers] for name, *numbers in cells}


def test_a_page_opens_from_disk_and_draws_without_an_error_or_a_request(page: Page, file: Path) -> None:
    page.open(file)
    assert page.faults() == []
    assert page.asked() == [file.as_uri()]
    ink = page.run(
        "(() => { const c = document.querySelector('canvas'); const d = c.getContext('2d').getImageData(0, 0, c.width, "
        "c.height).data; let n = 0; for (let k = 3; k < d.length; k += 4) n += d[k] > 0; return n; })()"
    )
    assert ink > 5000


def test_the_content_policy_refuses_what_the_page_does_not_bring(page: Page, file: Path) -> None:
    page.open(file)
    page.run("document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 9'}))")
    page.run("document.body.append(Object.assign(new Image(), {src: 'https://example.org/x.png'}))")
    page.until("true")
    assert page.run("window.ran") is None
    assert len([f for f in page.faults() if "Content Security Policy" in f]) == 2


def test_the_table_says_what_the_graph_holds(page: Page, file: Path) -> None:
    page.open(file)
    found = table(page)
    kinds = ("strength", "weakness", "mixed", "neutral")
    for theme in {t for r in ROWS for t in r.themes}:
        counts = [sum(theme in r.themes and r.polarity == kind for r in ROWS) for kind in kinds]
        assert found[theme.replace("-", " ").capitalize()] == [*counts, sum(counts)]
    assert page.words("#summary").startswith("30 findings from 5 of 5 inspections in 2 authorities.")


def test_an_authority_filters_picture_summary_and_table(page: Page, file: Path) -> None:
    page.open(file)
    page.set("#authority", "Harrowdale")
    count = expected(authority="E99000001")
    assert page.words("#summary").startswith(f"{count} findings from 3 of 5 inspections")
    neglect = sum("neglect" in r.themes and "E99000001" in INSPECTIONS[r.inspection][0] for r in ROWS)
    assert table(page)["Neglect"][-1] == neglect
    assert page.faults() == []


def test_years_and_framework_filter_too(page: Page, file: Path) -> None:
    page.open(file)
    page.set("#from", "2020")
    page.set("#to", "2022")
    assert "from 2 of 5 inspections" in page.words("#summary")
    page.set("#framework", "JTAI")
    assert page.words("#summary").startswith("0 findings from 0 of 5 inspections")
    page.run("document.querySelector('#reset').click()")
    assert "from 5 of 5 inspections" in page.words("#summary")


def test_the_legend_filters_by_polarity(page: Page, file: Path) -> None:
    page.open(file)
    for kind in ("strength", "mixed", "neutral"):
        page.set(f"#p-{kind}", False)
    assert page.words("#summary").startswith(f"{expected(polarities=('weakness',))} findings")
    assert all(numbers[0] == 0 and numbers[1] == numbers[-1] for numbers in table(page).values())


def test_a_search_selects_the_theme_and_shows_its_words(page: Page, file: Path) -> None:
    page.open(file)
    page.set("#search", "early")
    assert page.words("#chosen") == "Early help"
    assert sorted(page.all_words(".finding > p.said")) == sorted(r.statement for r in ROWS if "early-help" in r.themes)
    assert "One of the themes of Help and protection" in page.words("#words")


def test_a_click_on_a_theme_shows_its_words_with_document_and_page(page: Page, file: Path) -> None:
    page.open(file)
    page.set("#search", "caseloads")
    page.press("Escape")
    assert page.words("#chosen") == "Click a theme or a line"
    box = page.run("JSON.stringify(document.querySelector('#network').getBoundingClientRect())")
    middle = json.loads(box)
    # the search has put the theme in the middle of the picture
    page.click(middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2)
    page.until("document.querySelector('#chosen').innerText === 'Caseloads'")
    where = page.all_words(".finding p:last-child")
    row = max((r for r in ROWS if "caseloads" in r.themes and r.page), key=lambda r: INSPECTIONS[r.inspection][2])
    assert any(w.startswith(f"{HOSTILE_TITLE} {row.inspection}, page {row.page}") for w in where)


def test_a_click_on_a_line_shows_what_both_themes_share(page: Page, tmp_path: Path) -> None:
    rows = tuple(Row(0, "strength", ("neglect", "planning"), f"Both, {n}.", n) for n in range(1, 4))
    page.open(viz.write_page("theme-map", Memory(quads(rows)), tmp_path / "map.html"))
    box = json.loads(page.run("JSON.stringify(document.querySelector('#network').getBoundingClientRect())"))
    for down in range(-30, 31, 6):  # labels below the two themes move the line a little up from the middle
        if page.words("#chosen") == "Click a theme or a line":
            page.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 + down)
    assert page.words("#chosen") == "Neglect and Planning"
    assert page.all_words(".finding > p.said") == ["Both, 1.", "Both, 2.", "Both, 3."]


def test_a_line_shows_the_findings_that_carry_both(page: Page, file: Path) -> None:
    page.open(file, "selected=theme/caseloads+theme/neglect")
    assert page.words("#chosen") == "Caseloads and Neglect"
    both = [r.statement for r in ROWS if {"caseloads", "neglect"} <= set(r.themes)]
    assert sorted(page.all_words(".finding > p.said")) == sorted(both)
    assert page.words("#counts") == f"{len(both)} findings"


def test_the_state_stands_in_the_address_and_comes_back(page: Page, file: Path) -> None:
    page.open(file)
    page.set("#authority", HOSTILE_NAME)
    page.set("#p-mixed", False)
    page.set("#search", "Neglect")
    state = page.run("location.hash.slice(1)")
    summary, words = page.words("#summary"), page.words("#words")
    again = Page(page.browser).open(file, state)
    assert (again.words("#summary"), again.words("#words"), again.run("location.hash.slice(1)")) == (
        summary,
        words,
        state,
    )
    again.close()


@pytest.mark.parametrize(
    "state",
    [
        "authority=Nowhere&selected=theme/none&count=&lines=x&from=1",
        "selected=" + quote("<img src=x onerror=window.ran=1>"),
        "%ff&=&&selected=theme/neglect+theme/neglect",
    ],
)
def test_a_state_that_means_nothing_is_ignored(page: Page, file: Path, state: str) -> None:
    page.open(file, state)
    assert page.faults() == []
    assert page.run("window.ran") is None
    assert page.words("#chosen") == "Click a theme or a line"


def test_what_documents_say_is_shown_as_text_and_never_run(page: Page, file: Path) -> None:
    page.open(file)
    shown: set[str] = set()
    for theme in table(page):
        page.set("#search", theme)
        shown |= set(page.all_words(".finding > p.said"))
        assert page.run("document.querySelectorAll('#words :is(img, script, svg, b[onmouseover])').length") == 0
    assert set(HOSTILE) <= shown
    page.set("#authority", HOSTILE_NAME)
    assert page.run("window.ran") is None
    assert page.faults() == []
    assert page.asked() == [file.as_uri()]


def test_a_tooltip_shows_names_as_text(page: Page, tmp_path: Path) -> None:
    named = quads().replace('"Caseloads"@en', '"Case<img src=x onerror=window.ran=6>loads"@en')
    file = viz.write_page("theme-map", Memory(named), tmp_path / "map.html")
    page.open(file)
    page.set("#search", "Case<img")
    box = json.loads(page.run("JSON.stringify(document.querySelector('#network').getBoundingClientRect())"))
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for step in (9, 5, 1):
        page.send("Input.dispatchMouseEvent", type="mouseMoved", x=x + step, y=y + step)
    page.until("document.querySelector('.vis-tooltip')?.style.visibility === 'visible'")
    assert page.words(".vis-tooltip").startswith("Case<img src=x onerror=window.ran=6>loads\n")
    assert page.run("window.ran") is None
    assert page.faults() == []


def test_everything_can_be_chosen_by_keyboard(page: Page, file: Path) -> None:
    page.open(file)
    page.run("document.querySelector('#to-table').click()")
    assert page.run("document.activeElement.matches('#as-table > summary') && document.querySelector('#as-table').open")
    page.until("!!document.querySelector('#tables table')")
    page.run("document.querySelector('#tables tbody button').focus()")
    page.send("Input.dispatchKeyEvent", type="keyDown", key="Enter", code="Enter", text="\r")
    assert page.run("document.activeElement.id") == "panel"
    assert page.words("#chosen") == next(iter(table(page)))
    page.press("Escape")
    assert page.words("#chosen") == "Click a theme or a line"


def test_an_address_to_cite_is_that_of_the_finding(page: Page, file: Path) -> None:
    page.open(file, "selected=theme/neglect")
    page.run("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.run("document.querySelector('.finding .place button').click()")
    iri = page.run("document.querySelector('.finding textarea').value")
    assert iri.startswith(f"{ontology.BASE}id/document/")
    assert "/finding/" in iri


def test_the_question_behind_the_picture_can_be_copied(page: Page, file: Path) -> None:
    page.open(file)
    page.run("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.run("document.querySelector('#to-question').click(); document.querySelector('#copy-question').click()")
    assert page.run("document.querySelector('#question textarea').value").startswith("# What does each inspection")


def test_the_weakest_theme_is_not_the_one_that_is_most_written_about(page: Page, tmp_path: Path) -> None:
    rows = [Row(0, "weakness", ("neglect",), f"Weak {n}.", n) for n in range(5)]
    rows += [Row(0, "strength", ("neglect",), f"Strong {n}.", n + 10) for n in range(9)]
    rows += [Row(0, "weakness", ("planning",), f"Weak too {n}.", n + 20) for n in range(3)]
    page.open(viz.write_page("theme-map", Memory(quads(tuple(rows))), tmp_path / "map.html"))
    assert page.all_words("#words .links button") == ["Planning ▼ 3 of 3", "Neglect ▼ 5 of 14"]


def test_two_periods_are_compared(page: Page, tmp_path: Path) -> None:
    rows = [Row(2, "weakness", ("neglect",), f"Weak {n}.", n) for n in range(1, 5)]
    rows += [Row(1, "strength", ("neglect",), f"Strong {n}.", n) for n in range(1, 5)]
    rows += [Row(1, "strength", ("planning",), "Once.", 9)]
    page.open(viz.write_page("theme-map", Memory(quads(tuple(rows))), tmp_path / "map.html"), "to=2015")
    assert page.words("#summary").startswith("4 findings from 1 of 2 inspections")
    page.set("#then", "2022")
    assert "4 of 2015 and 5 of 2022" in page.words("#summary")
    assert table(page)["Neglect"] == [0, 4, 0, 0, 4, 4, 0, 0, 0, 4]
    assert page.all_words("#words .links button") == ["Neglect ▼ 100 % → 0 %"]
    assert "From 2015 to 2022" in page.words("#tones")
    state = page.run("location.hash.slice(1)")
    assert "then=2022" in state
    page.set("#then", "")
    assert page.words("#summary").startswith("4 findings")


def test_a_least_confidence_leaves_out_what_is_less_sure(page: Page, told: Memory, tmp_path: Path) -> None:
    page.open(viz.write_page("theme-map", told, tmp_path / "map.html"))
    before = table(page)["Supervision"][-1]
    unsure = sum(n % 5 == 0 and "supervision" in row.themes for n, row in enumerate(ROWS))
    page.set("#sure", "70")
    assert table(page)["Supervision"][-1] == before
    page.set("#sure", "80")
    assert table(page)["Supervision"][-1] == before - unsure < before
    assert "sure=80" in page.run("location.hash")


def test_a_line_can_join_themes_that_are_weak_in_the_same_inspections(page: Page, tmp_path: Path) -> None:
    rows = (
        Row(0, "weakness", ("neglect",), "Weak here.", 1),
        Row(0, "weakness", ("planning",), "Weak there.", 2),
        Row(1, "weakness", ("neglect",), "Weak alone.", 1),
        Row(1, "strength", ("planning",), "Strong.", 2),
    )
    page.open(viz.write_page("theme-map", Memory(quads(rows)), tmp_path / "map.html"))
    assert "all 0" in page.words("#summary")
    page.set("#join", "weak")
    page.run("location.hash += '&selected=theme/neglect+theme/planning'")
    page.until("document.querySelector('#chosen').innerText === 'Neglect and Planning'")
    assert sorted(page.all_words(".finding .said")) == ["Weak here.", "Weak there."]


def test_a_quotation_stands_between_what_its_document_says_before_and_after_it(page: Page, file: Path) -> None:
    page.open(file, "selected=theme/neglect")
    quotes = page.run(
        "[...document.querySelectorAll('.finding')].map((e) => [...e.querySelectorAll('.said, .around')]"
        ".map((part) => Number(part.innerText.replace(/[^0-9]/g, ''))))"
    )
    # one document says every fifth sentence
    assert [14, 19, 24] in quotes or [12, 17, 22] in quotes or [19, 24, 29] in quotes


def test_communities_are_drawn_when_asked_for(page: Page, file: Path) -> None:
    page.open(file)
    without = page.run("saving.made.svg()[1].length")
    page.set("#together", "shown")
    assert page.run("saving.made.svg()[1].length") > without
    assert "together=shown" in page.run("location.hash")


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (1280, True), (1024, False), (390, True)])
def test_a_page_fits_its_window_in_light_and_dark(browser: Browser, file: Path, width: int, dark: bool) -> None:
    page = Page(browser, width, 844, dark).open(file, "selected=theme/neglect")
    assert page.run("document.documentElement.scrollWidth") <= width
    assert page.faults() == []
    page.close()


def test_an_empty_graph_says_so_kindly(page: Page, tmp_path: Path) -> None:
    page.open(viz.write_page("theme-map", Memory(""), tmp_path / "map.html"))
    assert page.words("#summary") == "This graph holds no finding with a theme."
    assert page.faults() == []
