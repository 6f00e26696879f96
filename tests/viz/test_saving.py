"""What the page saves of what it shows: the picture, the tables and the network, as other programs read them."""

import csv
import io
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import ontology
import viz
from tests.viz.chromium import Page
from tests.viz.made_graph import HOSTILE, HOSTILE_NAME, ROWS, Memory
from tests.viz.made_story import RECOMMENDATION, finding

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def files(told: Memory, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("saved")
    asked = {"authority": "Harrowdale"}
    parameters = {"authority-story": asked, "red-thread": asked}
    return {n: viz.write_page(n, told, folder / f"{n}.html", parameters.get(n)) for n in viz.VIEWS}


def made(page: Page, part: str) -> str:
    return str(page.run(f"saving.made[{part!r}]()[1]"))


def rows(page: Page, part: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made(page, part).removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("name", viz.VIEWS)
def test_the_picture_as_svg_is_well_formed_and_holds_the_words_that_are_seen(
    page: Page, files: dict[str, Path], name: str
) -> None:
    page.open(files[name])
    svg = ET.fromstring(made(page, "svg"))
    assert svg.findtext(f"{SVG}title") == page.run("document.title")
    texts = " ".join(e.text or "" for e in svg.iter(f"{SVG}text"))
    assert len(texts) > 20
    assert not [e.tag for e in svg.iter() if e.tag.removeprefix(SVG) not in ("svg", "title", "rect", "path", "text")]
    assert page.run("saving.made.png()[1].startsWith('data:image/png;base64,')")
    assert page.faults() == []


@pytest.mark.parametrize("name", viz.VIEWS)
def test_the_network_as_graphml_is_what_networkx_reads(page: Page, files: dict[str, Path], name: str) -> None:
    page.open(files[name])
    network: Any = nx.parse_graphml(made(page, "graphml"), force_multigraph=True)
    assert sorted(network) == sorted(row["id"] for row in rows(page, "shapes"))
    assert network.number_of_edges() == len(rows(page, "lines"))
    assert network.number_of_nodes() > 1


def test_the_map_as_tables_says_what_the_graph_holds(page: Page, files: dict[str, Path]) -> None:
    page.open(files["theme-map"])
    neglect = next(r for r in rows(page, "shapes") if r["id"] == f"{ontology.BASE}theme/neglect")
    assert int(neglect["all"]) == sum("neglect" in r.themes for r in ROWS)
    words = rows(page, "words")
    assert sorted(r["statement"] for r in words) == sorted(r.statement for r in ROWS)
    assert {r["authority"] for r in words} if "authority" in words[0] else True
    assert any(HOSTILE_NAME in r["authorities"] for r in words)


def test_what_is_saved_is_what_the_filters_leave(page: Page, files: dict[str, Path]) -> None:
    page.open(files["theme-map"])
    for kind in ("strength", "mixed", "neutral"):
        page.set(f"#p-{kind}", False)
    assert {r["label"] for r in rows(page, "words")} == {"weakness"}


def test_statements_are_saved_with_their_iris(page: Page, files: dict[str, Path]) -> None:
    page.open(files["red-thread"])
    assert {RECOMMENDATION, finding(0)} <= {r["iri"] for r in rows(page, "words")}


def test_no_cell_is_a_formula(page: Page, files: dict[str, Path]) -> None:
    page.open(files["schema"])
    assert page.run("saving.csv(['a'], [['=1+1'], ['@x'], ['-2'], ['plain \"q\"']])").split("\r\n") == [
        '"a"',
        '"\'=1+1"',
        '"\'@x"',
        '"\'-2"',
        '"plain ""q"""',
        "",
    ]


def test_a_click_saves_a_file_and_closes_the_menu(page: Page, files: dict[str, Path], tmp_path: Path) -> None:
    page.open(files["theme-map"])
    page.browser.send("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    page.run("document.querySelector('#save').open = true; document.querySelector('#save-words').click()")
    assert not page.run("document.querySelector('#save').open")
    for _ in range(100):
        if (tmp_path / "theme-map-words.csv").exists():
            break
        page.run("new Promise((done) => setTimeout(done, 50))")
    assert HOSTILE[0] in (tmp_path / "theme-map-words.csv").read_text(encoding="utf-8-sig")
