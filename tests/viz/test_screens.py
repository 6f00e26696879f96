"""The theme map on large and small screens: its names stay inside the picture, its filters out of the way."""

from pathlib import Path

import pytest

import ontology
import viz
from tests.viz.chromium import Browser, Page
from tests.viz.made_graph import Memory
from viz.network import page as written
from viz.said import Item, Said, Visit
from viz.theme_map import draw_map


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_the_names_at_the_edges_of_the_map_are_inside_the_picture(browser: Browser, tmp_path: Path, width: int) -> None:
    themes = [f"{ontology.BASE}theme/engagement-no-{k:02}" for k in range(60)]
    items = {}
    for k in range(60):
        around = tuple(sorted({themes[k], themes[(k + 1) % 60], themes[k * 7 % 60]}))
        iri = f"{ontology.BASE}id/document/{k:016x}/finding/{k:012x}"
        items[iri] = Item(iri, "finding", f"Words {k}.", "strength", around, "", "", 1, k, "T", "i", "", "")
    said = Said(items, (Visit("i", ("Harrowdale",), "SIF", "2020-01-01"),), {})
    file = tmp_path / "map.html"
    file.write_text(written(draw_map(Memory(""), said, {})), encoding="utf8")
    page = Page(browser, width, 844).open(file)
    outside = page.run("""(() => {
      const svg = new DOMParser().parseFromString(saving.made.svg()[1], "image/svg+xml").documentElement;
      const [wide, high] = ["width", "height"].map((k) => Number(svg.getAttribute(k)));
      document.querySelector("#picture").append(document.importNode(svg, true));
      const drawn = document.querySelector("#picture > svg");
      drawn.style.display = "block";
      return [...drawn.querySelectorAll("text")].filter((t) => {
        const { x, y, width, height } = t.getBBox();
        return x < 0 || y < 0 || x + width > wide || y + height > high;
      }).map((t) => t.textContent);
    })()""")
    assert outside == []
    page.close()


def test_a_small_screen_has_its_filters_on_demand(browser: Browser, source: Memory, tmp_path: Path) -> None:
    file = viz.write_page("theme-map", source, tmp_path / "map.html")
    page = Page(browser, 390, 844).open(file)
    seen = "document.querySelector('#authority').checkVisibility()"
    assert not page.run(seen)
    page.run("document.querySelector('#to-filters').click()")
    assert page.run(seen)
    assert page.run("document.querySelector('#to-filters').getAttribute('aria-expanded')") == "true"
    page.close()
    # where the address brings a filter, a reader has to see which
    sent = Page(browser, 390, 844).open(file, "authority=Harrowdale")
    assert sent.run(seen)
    sent.close()
    wide = Page(browser, 1024, 768).open(file)
    assert wide.run(seen)
    wide.close()
