"""A whole site: what it holds, how its pages lead to each other, and names of files that no name can break."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

import viz
from tests.viz.chromium import Page
from tests.viz.made_graph import HOSTILE_NAME, INSPECTIONS, Memory, data_of


@pytest.fixture(scope="session")
def site(told: Memory, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "site"
    viz.write_site(told, folder)
    return folder


def leads_to(file: Path) -> set[str]:
    html = file.read_text(encoding="utf8")
    links = {unquote(unescape(m)).partition("#")[0] for m in re.findall(r'href="([^"#][^"]*)"', html)}
    if 'id="data"' in html:
        links |= {node["page"] for node in data_of(html).get("nodes", []) if node.get("page")}
    return links


def test_the_index_comes_first_and_every_file_is_written(told: Memory, tmp_path: Path) -> None:
    written = viz.write_site(told, tmp_path / "new" / "site")
    assert written[0].name == "index.html"
    assert sorted(f.name for f in written) == sorted(f.name for f in (tmp_path / "new" / "site").iterdir())


def test_there_is_a_story_and_a_thread_for_each_authority_and_a_page_for_each_inspection(site: Path) -> None:
    names = {f.name for f in site.iterdir()}
    assert {"index.html", "theme-map.html", "authorities-and-themes.html", "schema.html"} < names
    assert {"story-harrowdale.html", "thread-harrowdale.html", "story-saltmere-svg-onload-window-ran-5.html"} < names
    assert sum(n.startswith("inspection-") for n in names) == len(INSPECTIONS)


def test_every_link_leads_to_a_page_of_the_site_and_every_page_is_led_to(site: Path) -> None:
    names = {f.name for f in site.iterdir()}
    for file in site.iterdir():
        assert leads_to(file) <= names
    assert leads_to(site / "index.html") | {"index.html"} == names


def test_a_site_is_the_same_again(told: Memory, site: Path, tmp_path: Path) -> None:
    for file in viz.write_site(told, tmp_path):
        assert file.read_bytes() == (site / file.name).read_bytes()


def test_more_processes_write_the_same_site(
    told: Memory, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("viz.pages.LEAST", 1)
    for file in viz.write_site(told, tmp_path, workers=2):
        assert file.read_bytes() == (site / file.name).read_bytes()


def test_an_empty_graph_gives_a_site(tmp_path: Path) -> None:
    names = [f.name for f in viz.write_site(Memory(""), tmp_path)]
    assert names == ["index.html", "theme-map.html", "authorities-and-themes.html", "schema.html"]


def test_the_index_finds_authorities_themes_and_inspections(page: Page, site: Path) -> None:
    page.open(site / "index.html")
    page.run("(f => { f.value = '2022 ilacs'; f.dispatchEvent(new Event('input')) })(document.querySelector('#find'))")
    shown = "[...document.querySelectorAll('tbody tr')].filter((r) => r.offsetParent).map((r) => r.innerText)"
    assert len(page.run(shown)) == 1
    assert page.words("#summary").startswith("1 of ")
    state = page.run("location.hash.slice(1)")
    again = Page(page.browser).open(site / "index.html", state)
    assert again.run(shown) == page.run(shown)
    again.close()
    assert page.faults() == []
    assert page.asked() == [(site / "index.html").as_uri()]


def test_names_in_the_index_are_text(page: Page, site: Path) -> None:
    page.open(site / "index.html")
    assert HOSTILE_NAME in page.words("main")
    assert page.run("document.querySelectorAll('main :is(svg, img, script)').length") == 0
    assert page.run("window.ran") is None


def test_a_page_leads_back_to_the_index(page: Page, site: Path) -> None:
    page.open(site / "story-harrowdale.html")
    assert page.run("document.querySelector('#home a').href") == (site / "index.html").as_uri()
    assert page.all_words("#home a") == ["All pages", "Red thread of Harrowdale"]
