"""What an analyst comes for is found on the pages of the samples in six clicks at the most."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

import ontology
import viz
from queries import Folder
from tests.viz.chromium import Page

MOST = 6


@pytest.fixture(scope="module")
def site(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    viz.write_site(Folder(built), folder)
    return folder


class Analyst:
    """Somebody at a page who counts her clicks; a choice in a list is two of them."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def click(self, selector: str) -> None:
        self.clicks += 1
        self.page.run(f"document.querySelector({selector!r}).click()")

    def choose(self, selector: str, value: str) -> None:
        self.clicks += 2
        self.page.set(selector, value)

    def follow(self, selector: str) -> None:
        """A link to another page beside this one."""
        self.clicks += 1
        address = self.page.run(f"document.querySelector({selector!r}).href")
        file, _, state = unquote(address.removeprefix("file://")).partition("#")
        self.page.open(Path(file), state)


def test_the_weakest_theme_among_the_neighbours_of_an_authority(page: Page, site: Path) -> None:
    analyst = Analyst(page.open(site / "index.html"))
    analyst.follow("a[href='theme-map.html']")
    analyst.choose("#near", "Harrowdale")
    name, _, weak, many = re.fullmatch(
        r"(.+) (▼) ([\d,]+) of ([\d,]+)", page.all_words("#words .links button")[0]
    ).groups()  # type: ignore[union-attr]
    analyst.click("#words .links button")
    assert page.words("#chosen") == name
    assert f"▼ {weak} weakness" in page.words(".tally").replace("\n", " ")
    assert 0 < int(weak) <= int(many)
    authorities = page.run("[...document.querySelectorAll('.finding')].every((e) => e.innerText.includes('Saltmere'))")
    assert authorities
    assert analyst.clicks <= MOST


def test_a_recommendation_is_followed_to_its_end(page: Page, site: Path) -> None:
    analyst = Analyst(page.open(site / "index.html"))
    analyst.follow("a[href='thread-harrowdale.html']")
    analyst.click("#words .order button")
    assert page.words("#chosen") == "recommendation"
    steps = [page.words("#words .finding .said")]
    leads = "[...document.querySelectorAll('#words h3')].find((h) => h.innerText === 'Leads to')?.nextElementSibling"
    while page.run(f"!!({leads})"):
        page.run(f"({leads}).querySelector('button').click()")
        analyst.clicks += 1
        steps.append(page.words("#words .finding .said"))
    assert len(steps) > 1
    assert page.words("#chosen") == "finding"
    assert analyst.clicks <= MOST


def test_a_quotation_is_checked_against_its_document(page: Page, site: Path, built: Path) -> None:
    analyst = Analyst(page.open(site / "theme-map.html"))
    analyst.click("#words .links button")
    said = page.words(".finding .said")
    analyst.click(".finding .reasons summary")
    assert re.search(r"\(\d(\.\d+)?\): ", page.words(".finding .why li"))
    page.run("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    analyst.click(".finding .place button")
    iri = page.run("document.querySelector('.finding textarea').value")
    found = re.fullmatch(rf"{ontology.BASE}id/document/([0-9a-f]{{16}})/finding/[0-9a-f]{{12}}", iri)
    assert found
    text = (built / "text" / f"{found[1]}.txt").read_text(encoding="utf8")
    assert re.sub(r"\W+", "", said) in re.sub(r"\W+", "", text)
    around = page.run("[...document.querySelector('.finding').querySelectorAll('.around')].map((e) => e.innerText)")
    assert any(re.sub(r"\W+", "", part) in re.sub(r"\W+", "", text) for part in around)
    assert analyst.clicks <= MOST


def test_the_address_that_a_page_gives_is_the_one_in_the_graph(page: Page, site: Path, built: Path) -> None:
    page.open(site / "theme-map.html")
    iris = page.run("saving.made.words()[1].split('\\r\\n').slice(1, -1).map((row) => row.split('\"')[1])")
    rows = Folder(built).query(f"SELECT ?f {{ GRAPH ?g {{ ?i <{ontology.IG.hasFinding}> ?f }} }}")
    known = {row["f"].value for row in rows}  # type: ignore[union-attr, index]
    assert len(iris) > 500
    assert set(iris) <= known
