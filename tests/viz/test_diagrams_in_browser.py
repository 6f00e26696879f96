"""The views that are no map in a real Chromium from disk with the network cut."""

import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import pytest

import ontology
import viz
from tests.viz.chromium import Browser, Page
from tests.viz.made_graph import HOSTILE, Memory
from tests.viz.made_story import ASKED, CLASS, PROMISED, REASON, RECOMMENDATION, finding, inspection

DIAGRAMS = [name for name in viz.VIEWS if name != "theme-map"]
ASKED_FOR: Mapping[str, Mapping[str, str]] = {
    "authority-story": {"authority": "Harrowdale"},
    "red-thread": {"authority": "Harrowdale"},
    "inspection": {"inspection": inspection(0)},
}
Files = Mapping[str, Path]


@pytest.fixture(scope="session")
def files(told: Memory, tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("diagrams")
    return {n: viz.write_page(n, told, folder / f"{n} é#1.html", ASKED_FOR.get(n)) for n in DIAGRAMS}


def shown(page: Page) -> list[str]:
    """The words of the panel's evidence."""
    return page.all_words(".finding > p.said")


@pytest.mark.parametrize("name", DIAGRAMS)
def test_a_page_opens_from_disk_and_draws_without_an_error_or_a_request(page: Page, files: Files, name: str) -> None:
    page.open(files[name])
    assert page.faults() == []
    assert page.asked() == [files[name].as_uri()]
    ink = page.run(
        "(() => { const c = document.querySelector('canvas'); const d = c.getContext('2d').getImageData(0, 0, c.width, "
        "c.height).data; let n = 0; for (let k = 3; k < d.length; k += 4) n += d[k] > 0; return n; })()"
    )
    assert ink > 1000


@pytest.mark.parametrize("name", DIAGRAMS)
def test_what_documents_say_is_text_wherever_it_is_shown(page: Page, files: Files, name: str) -> None:
    page.open(files[name])
    page.run("document.querySelector('#as-table').open = true")
    page.until("!!document.querySelector('#tables table')")
    buttons = page.run("document.querySelectorAll('#tables tbody button').length")
    assert buttons > 2
    for k in range(0, buttons, max(1, buttons // 25)):
        page.run(f"document.querySelectorAll('#tables tbody button')[{k}].click()")
        inside = ":is(#panel, #tables, #controls, #key, #summary) :is(img, script, svg, i, b[onmouseover])"
        assert page.run(f"document.querySelectorAll('{inside}').length") == 0
    assert page.run("window.ran") is None
    assert page.faults() == []
    assert page.asked() == [files[name].as_uri()]


def test_a_chosen_recommendation_shows_its_words_its_ground_and_what_came_of_it(page: Page, files: Files) -> None:
    page.open(files["red-thread"], "selected=" + quote(RECOMMENDATION.removeprefix(ontology.BASE)))
    assert page.words("#chosen") == "recommendation"
    assert shown(page) == [ASKED]
    words = page.words("#words")
    for other in ("Comes from", HOSTILE[0], "Leads to", PROMISED, "answered by", "resolved"):
        assert other in words


def test_a_line_says_kind_outcome_confidence_and_reason(page: Page, files: Files) -> None:
    short = [iri.removeprefix(ontology.BASE) for iri in (RECOMMENDATION, finding(1))]
    page.open(files["red-thread"], "selected=" + quote(f"{short[0]} {short[1]} resolved"))
    assert page.words("#chosen") == "resolved"
    assert "outcome: unclear" in page.words("#words")
    assert f"confidence 0.61: {REASON}" in page.words("#words")


def test_labels_are_shown_with_confidence_and_reason(page: Page, files: Files) -> None:
    page.open(files["inspection"], "selected=" + quote(finding(0).removeprefix(ontology.BASE)))
    page.run("document.querySelector('.reasons').open = true")
    assert page.all_words(".why li") == [f"Supervision (0.7): {REASON}"]


def test_the_legend_filters_lines_and_what_hangs_on_them(page: Page, files: Files) -> None:
    page.open(files["red-thread"])
    assert page.words("#summary").startswith("All 5 things and 4 of 4 lines")
    page.set("#l-addresses", False)
    page.set("#l-followed-up", False)
    assert page.words("#summary").startswith("3 of 5 things and 2 of 4 lines")
    page.run("document.querySelector('#as-table').open = true")
    page.until("!!document.querySelector('#tables table')")
    assert PROMISED not in page.run("document.querySelector('#tables').textContent")


def test_a_filter_by_theme_keeps_what_carries_it(page: Page, files: Files) -> None:
    page.open(files["inspection"])
    everything = int(page.words("#summary").split()[1])
    page.set("#theme", "Neglect")
    assert 0 < int(page.words("#summary").split()[0]) < everything
    page.run("document.querySelector('#reset').click()")
    assert page.words("#summary").startswith(f"All {everything} things")


def test_a_search_chooses_by_words(page: Page, files: Files) -> None:
    page.open(files["red-thread"])
    page.set("#search", "train every manager")
    assert shown(page) == [PROMISED]
    page.press("Escape")
    assert page.words("#chosen") == "What was asked for"


def test_the_state_stands_in_the_address_and_comes_back(page: Page, files: Files) -> None:
    page.open(files["red-thread"])
    page.set("#theme", "Supervision")
    page.set("#l-addresses", False)
    page.set("#search", "Ensure supervision")
    state, summary, words = page.run("location.hash.slice(1)"), page.words("#summary"), page.words("#words")
    again = Page(page.browser).open(files["red-thread"], state)
    assert (again.words("#summary"), again.words("#words"), again.run("location.hash.slice(1)")) == (
        summary,
        words,
        state,
    )
    again.close()


@pytest.mark.parametrize("name", DIAGRAMS)
def test_a_state_that_means_nothing_is_ignored(page: Page, files: Files, name: str) -> None:
    page.open(
        files[name], "theme=Nowhere&tier=9&switched=k-none,,x&selected=" + quote("<img src=x onerror=window.ran=1> a b")
    )
    assert page.faults() == []
    assert page.run("window.ran") is None
    assert page.run("document.querySelectorAll('.finding').length") == 0


def test_a_story_shows_what_stands_behind_a_point(page: Page, files: Files) -> None:
    page.open(files["authority-story"])
    page.run("document.querySelector('.order button').click()")
    assert page.words("#chosen") == "overall, 2016-02-01, SIF"
    assert "inadequate" in page.words("#words")


def test_a_theme_shows_who_is_weak_and_who_is_strong(page: Page, files: Files) -> None:
    page.open(files["authorities-and-themes"], "selected=" + quote("authority/Harrowdale"))
    assert page.words("#chosen") == "Harrowdale"
    assert "Sampleshire" in page.words("#words")
    assert page.run("document.querySelectorAll('.links button').length") > 0


def test_the_schema_shows_definition_and_count(page: Page, files: Files) -> None:
    page.open(files["schema"], "selected=" + quote(f"{ontology.IG}Finding"))
    assert page.words("#chosen") == CLASS
    assert "What Finding means." in page.words("#words")
    assert "1 in this graph" in page.words("#words")


def test_a_click_in_the_picture_chooses_a_box(page: Page, files: Files) -> None:
    page.open(files["red-thread"])
    page.set("#search", "train every manager")
    page.press("Escape")
    box = json.loads(page.run("JSON.stringify(document.querySelector('#network').getBoundingClientRect())"))
    # the search has put the box in the middle of the picture
    page.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.until("document.querySelector('#chosen').innerText === 'action'")
    assert shown(page) == [PROMISED]


def test_tables_lead_to_the_words_by_keyboard(page: Page, files: Files) -> None:
    page.open(files["inspection"])
    page.run("document.querySelector('#to-table').click()")
    page.until("!!document.querySelector('#tables table')")
    page.run("document.querySelector('#tables tbody button').focus()")
    page.send("Input.dispatchKeyEvent", type="keyDown", key="Enter", code="Enter", text="\r")
    assert page.run("document.activeElement.id") == "panel"
    assert shown(page)


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (1024, True), (390, False)])
@pytest.mark.parametrize("name", DIAGRAMS)
def test_a_page_fits_its_window(browser: Browser, files: Files, name: str, width: int, dark: bool) -> None:
    page = Page(browser, width, 844, dark).open(files[name])
    assert page.run("document.documentElement.scrollWidth") <= width
    assert page.faults() == []
    page.close()


@pytest.mark.parametrize("name", DIAGRAMS)
def test_an_empty_graph_says_so_kindly(page: Page, tmp_path: Path, name: str) -> None:
    page.open(viz.write_page(name, Memory(""), tmp_path / "page.html"))
    assert page.words("#summary").endswith(".")
    assert "things" not in page.words("#summary")
    assert page.faults() == []
