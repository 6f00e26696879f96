"""Graphs that are empty, odd or far too large give pages that say so kindly and work."""

import json
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest

import ontology
import viz
from tests.viz.chromium import Page
from tests.viz.made_graph import INSPECTIONS, ROWS, THEMES, Memory, Row, quads
from tests.viz.made_story import finding, inspection, story
from viz.diagram import Diagram, Edge, Kind, Node, drawn, grouped
from viz.network import View, page
from viz.said import Item, Said
from viz.theme_map import draw_map

LONG = "A name of three hundred letters " * 9 + "that ends here"
ARABIC = "خدمات الأطفال والأسر"


def written(view: View, file: Path) -> Path:
    file.write_text(page(view), encoding="utf8")
    return file


def large(count: int) -> View:
    """Findings in columns by theme, each column a group, each joined to the next."""
    items = [
        Item(f"i{k}", "finding", f"Words {k}.", "weakness", (), "", "", 1, k, "Title", "i", "2020-01-01", "Harrowdale")
        for k in range(count)
    ]
    nodes = [
        Node(i.iri, i.words, "finding", "weakness", 300 * (k % 40), 60 * (k // 40), (i,)) for k, i in enumerate(items)
    ]
    edges = [Edge(a.id, b.id, "line") for a, b in pairwise(nodes)]
    kinds = (Kind("finding", "findings", "weakness"),), (Kind("line", "lines", "neutral"),)
    return drawn(
        Diagram(
            "large",
            "Large",
            "",
            grouped(nodes, lambda n: (str(n.x), f"column {n.x // 300}")),
            edges,
            *kinds,
            stacks=True,
        ),
        Said({i.iri: i for i in items}, (), {}),
        [""],
    )


@pytest.mark.parametrize("name", ["authority-story", "red-thread", "inspection", "theme-map", "authorities-and-themes"])
def test_an_authority_without_findings_says_so(page: Page, tmp_path: Path, name: str) -> None:
    base, ig = ontology.BASE, ontology.IG
    bare = quads(()) + "".join(
        f"<{inspection(0)}> <{p}> {o} <{base}id/graph/0> .\n"
        for p, o in (
            (ig.inspects, f"<{base}id/authority/E99000001>"),
            (ig.framework, f"<{base}framework/sif>"),
            (ig.startDate, f'"2016-02-01"^^<{ontology.XSD.date}>'),
        )
    )
    page.open(viz.write_page(name, Memory(bare), tmp_path / "page.html", {"authority": "Harrowdale"}))
    assert page.words("#summary").endswith(".")
    assert page.words("#summary").startswith(("This graph holds no", "No statement here", "All 0"))
    assert page.faults() == []


def test_a_theme_that_nobody_mentions_is_no_thread(page: Page, told: Memory, tmp_path: Path) -> None:
    page.open(viz.write_page("red-thread", told, tmp_path / "page.html", {"theme": "Thresholds"}))
    assert page.words("#summary").startswith("No statement here is linked to a later one")
    assert page.faults() == []


def test_a_search_for_a_theme_that_nobody_mentions_says_so(page: Page, source: Memory, tmp_path: Path) -> None:
    page.open(viz.write_page("theme-map", source, tmp_path / "map.html"), "selected=theme/radicalisation")
    assert page.words("#chosen") == "Click a theme or a line"
    page.run("document.querySelector('#search').focus()")
    page.set("#search", "Radicalisation")
    assert page.run("document.querySelector('#search').validationMessage") == "Nothing here has that name."
    assert page.words("#chosen") == "Click a theme or a line"
    page.set("#search", "Neglect")
    assert page.run("document.querySelector('#search').validationMessage") == ""
    assert page.words("#chosen") == "Neglect"
    assert page.faults() == []


def test_filters_that_leave_nothing_say_how_to_go_on(page: Page, source: Memory, tmp_path: Path) -> None:
    page.open(viz.write_page("theme-map", source, tmp_path / "map.html"), "framework=JTAI&to=2015")
    assert "choose fewer filters, or Reset" in page.words("#summary")
    page.run("document.querySelector('#reset').click()")
    assert page.words("#summary").startswith("30 findings")


@pytest.mark.parametrize("name", viz.VIEWS)
def test_long_names_and_names_from_right_to_left_fit(page: Page, tmp_path: Path, name: str) -> None:
    named = story().replace('"Neglect"@en', f'"{LONG}"@en').replace('"Supervision"@en', f'"{ARABIC}"@en')
    named = named.replace('"Harrowdale"@en', f'"{LONG}"@en').replace("Sentence number 5 says", f"{LONG} {ARABIC} says")
    asked = {"inspection": inspection(0)} if name == "inspection" else None
    file = viz.write_page(name, Memory(named), tmp_path / "page.html", asked)
    for width in (1024, 390):
        page.send("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
        page.open(file)
        assert page.run("document.documentElement.scrollWidth") <= width
        page.run("document.querySelector('#words button')?.click()")
        assert page.run(
            "document.querySelector('#panel').scrollWidth <= document.querySelector('#panel').clientWidth + 1"
        )
    assert page.faults() == []


def test_a_statement_from_right_to_left_is_shown_so(page: Page, tmp_path: Path) -> None:
    rows = (Row(0, "weakness", ("neglect",), f"{ARABIC}.", 1), Row(0, "strength", ("neglect",), "Sentence.", 2))
    page.open(viz.write_page("theme-map", Memory(quads(rows)), tmp_path / "map.html"), "selected=theme/neglect")
    directions = page.run(
        "[...document.querySelectorAll('.finding .said')].map((e) => [e.innerText, getComputedStyle(e).direction])"
    )
    assert sorted(directions) == [["Sentence.", "ltr"], [f"{ARABIC}.", "rtl"]]


def test_twenty_thousand_shapes_open_folded_and_can_be_unfolded(page: Page, tmp_path: Path) -> None:
    page.open(written(large(20_000), tmp_path / "large.html"))
    assert page.words("#summary").startswith("All 20,000 things")
    assert "folded into 40 shapes" in page.words("#summary")
    page.run("document.querySelector('.order button')?.click()")
    page.set("#search", "500 × column 3")
    page.run("document.querySelector('#unfold').click()")
    assert "folded into 539 shapes" in page.words("#summary")
    state = page.run("location.hash")
    assert "open=" in state
    page.set("#search", "Words 17.")
    assert page.all_words(".finding .said") == ["Words 17."]
    assert page.faults() == []


def test_twenty_thousand_themes_open_folded_and_can_be_unfolded(page: Page, tmp_path: Path) -> None:
    themes = [f"{ontology.BASE}theme/t{k:05}" for k in range(20_000)]
    items = {
        (iri := finding(k)): Item(
            iri,
            "finding",
            f"Words {k}.",
            "strength",
            (themes[k], themes[(k + 1) % 20_000]),
            "",
            "",
            1,
            k,
            "T",
            "i",
            "",
            "",
        )
        for k in range(20_000)
    }

    class Themes(Memory):
        """Knows the names of two broad themes."""

        def __init__(self) -> None:
            lines = []
            for k, theme in enumerate(themes):
                top = f"{ontology.BASE}theme/top{k % 2}"
                lines.append(f"<{theme}> <{ontology.SKOS.broader}> <{top}> <{ontology.ONTOLOGY_IRI}> .")
                lines.append(f"<{theme}> <{ontology.SKOS.inScheme}> <{ontology.BASE}theme> <{ontology.ONTOLOGY_IRI}> .")
            for k in range(2):
                label = ox.Literal(f"Broad {k}", language="en")
                lines.append(
                    f"<{ontology.BASE}theme/top{k}> <{ontology.SKOS.prefLabel}> {label} <{ontology.ONTOLOGY_IRI}> ."
                )
            super().__init__("\n".join(lines) + "\n")

    from viz.said import Visit  # noqa: PLC0415

    said = Said(items, (Visit("i", ("Harrowdale",), "SIF", "2020-01-01"),), {t: t.rpartition("/")[2] for t in themes})
    page.open(written(draw_map(Themes(), said, {}), tmp_path / "map.html"))
    assert page.words("#summary").startswith("20,000 findings")
    assert len(page.all_words(".links button")) == 2
    page.set("#search", "t00007")
    assert page.words("#chosen") == "t00007"
    assert page.faults() == []


def test_marks_of_html_and_of_queries_in_a_name_are_letters(page: Page, tmp_path: Path) -> None:
    name = "</script><svg onload=window.ran=1> ${x} \\u003c {{ 7 * 7 }} --> ]]>"
    rows = (Row(0, "weakness", (THEMES[0],), name, 1), *ROWS[:3])
    file = viz.write_page("theme-map", Memory(quads(rows)), tmp_path / "map.html")
    page.open(file, f"selected=theme/{THEMES[0]}")
    assert name in page.all_words(".finding .said")
    assert page.run("window.ran") is None
    assert json.loads(page.run("JSON.stringify(saving.made.words()[1].includes('{{ 7 * 7 }}'))")) is True
    assert len(INSPECTIONS) == 5
