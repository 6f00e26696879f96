"""axe-core finds nothing to object to on any page, in light and dark, wide and narrow; and nothing moves by itself.

axe-core comes in the package axe-playwright-python; of that only the script is used.
"""

import json
from importlib.util import find_spec
from pathlib import Path

import pytest

import viz
from tests.viz.chromium import Browser, Page
from tests.viz.made_graph import Memory

WINDOWS = [(1440, 900), (1024, 768), (390, 844)]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def axe() -> str:
    found = find_spec("axe_playwright_python")
    if found is None or found.origin is None:
        pytest.skip("axe-playwright-python is not installed: with it, the pages are tried for accessibility")
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf8")


@pytest.fixture(scope="module")
def site(told: Memory, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("accessible")
    viz.write_site(told, folder)
    return folder


PAGES = {
    "index": "index.html",
    "theme-map": "theme-map.html#selected=theme/neglect&then=2020",
    "authorities-and-themes": "authorities-and-themes.html#selected=authority/Harrowdale",
    "schema": "schema.html",
    "authority-story": "story-harrowdale.html",
    "red-thread": "thread-harrowdale.html",
    "inspection": "inspection-e99000001-2016-02-01-sif.html",
}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(browser: Browser, site: Path, axe: str, name: str) -> None:
    file, _, state = PAGES[name].partition("#")
    page = Page(browser, *WINDOWS[0]).open(site / file, state)
    page.run(
        "for (const id of ['as-table', 'question']) { const e = document.getElementById(id); if (e) e.open = true; }"
    )
    page.run("document.querySelectorAll('.reasons')[0]?.setAttribute('open', '')")
    page.run("new Promise((done) => setTimeout(done, 20))")
    page.run(axe + "; true")
    # nothing but its colours is another in the dark
    everything, colours = {"runOnly": TAGS}, {"runOnly": ["color-contrast"]}
    found = []
    for width, height in WINDOWS:
        page.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        for scheme, rules in (("light", everything), ("dark", colours)):
            page.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
            options = json.dumps({**rules, "resultTypes": ["violations"]})
            violations = page.run(f"axe.run(document, {options}).then((r) => r.violations)")
            found += [f"{width} {scheme} {v['id']}: {v['nodes'][0]['html'][:120]}" for v in violations]
    page.close()
    assert found == []


def test_nothing_moves_by_itself(page: Page, site: Path) -> None:
    page.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}])
    page.open(site / "theme-map.html", "selected=theme/neglect")
    assert page.run("document.getAnimations().length") == 0
    assert "animation: true" not in page.run("document.scripts[document.scripts.length - 2].textContent")


def test_a_print_is_light_and_leaves_the_controls_out(page: Page, site: Path) -> None:
    page.send("Emulation.setEmulatedMedia", media="print", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    page.open(site / "theme-map.html", "selected=theme/neglect")
    shown = "getComputedStyle(document.querySelector('%s')).display"
    assert [page.run(shown % s) for s in ("#controls", "#zoom", "#question")] == ["none"] * 3
    assert page.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.run(shown % ".finding .said") == "block"
