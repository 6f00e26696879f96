"""axe-core finds nothing to object to on any page, in light and dark, wide and narrow; and nothing moves by itself.

axe-core comes in the package axe-playwright-python; of that only the script is used.
"""

import json
import re
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


@pytest.mark.parametrize("name", PAGES)
def test_nothing_moves_by_itself(page: Page, site: Path, name: str) -> None:
    page.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}])
    file, _, state = PAGES[name].partition("#")
    page.open(site / file, state)
    assert page.run("document.getAnimations().length") == 0
    script = page.run("[...document.scripts].at(-1).textContent")
    moves = re.findall(r"network\.(?:moveTo|focus|fit)\(.*", script)
    assert moves or name == "index"
    assert all("animation: false" in move for move in moves)
    # a choice moves the picture at once: where it is in the next frame, it stays
    if name != "index":
        where = "JSON.stringify([...document.querySelectorAll('#network canvas')].map((c) => c.toDataURL()))"
        page.set("#search", page.run("document.querySelector('#names option')?.value ?? 'e'"))
        frame = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        page.run(frame)
        before = page.run(where)
        page.run("new Promise((done) => setTimeout(done, 150))")
        assert page.run(where) == before


@pytest.mark.parametrize("name", PAGES)
def test_a_print_is_light_and_leaves_the_controls_out(page: Page, site: Path, name: str) -> None:
    page.send("Emulation.setEmulatedMedia", media="print", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    file, _, state = PAGES[name].partition("#")
    page.open(site / file, state)
    hidden = "[...document.querySelectorAll('%s')].map((e) => getComputedStyle(e).display)"
    hides = ".index p:has(#find)" if name == "index" else "#controls, #zoom, #home, #question"
    assert set(page.run(hidden % hides)) == {"none"}
    assert page.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.run("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize("name", [name for name in PAGES if name != "index"])
def test_the_picture_is_printed_in_the_colours_of_the_day_and_in_its_own_shape(
    browser: Browser, site: Path, name: str
) -> None:
    file, _, state = PAGES[name].partition("#")
    page = Page(browser, 1280, 800, dark=True).open(site / file, state)
    picture = "document.querySelector('#picture > svg')"
    page.run("dispatchEvent(new Event('beforeprint'))")
    page.send("Emulation.setEmulatedMedia", media="print", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    assert page.run(f"{picture}.querySelector('rect').getAttribute('fill')") == "#ffffff"
    assert page.run(f"{picture}.querySelectorAll('text').length") > 0
    assert not page.run(f"[...{picture}.querySelectorAll('text')].some((t) => t.getAttribute('fill') === '#ececf1')")
    drawn, shown = page.run(
        f"(({{ width, height }}, svg) => [svg.getAttribute('width') / svg.getAttribute('height'), width / height])"
        f"({picture}.getBoundingClientRect(), {picture})"
    )
    assert shown == pytest.approx(drawn, rel=0.01)
    page.run("dispatchEvent(new Event('afterprint'))")
    assert not page.run(f"!!{picture}")
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_the_keyboard_reaches_everything_and_its_place_is_seen(page: Page, site: Path, name: str) -> None:
    file, _, _ = PAGES[name].partition("#")
    page.open(site / file)
    wanted = (
        {"find"} if name == "index" else {"search", "reset", "network", "closer", "whole", "panel-button", "to-table"}
    )
    seen: list[str] = []
    for _ in range(60):
        for kind in ("rawKeyDown", "keyUp"):
            page.send("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
        told = page.run(
            "((e) => [e.id || (e.closest('#panel') ? 'panel-button' : e.tagName), e.matches(':focus-visible'), "
            "getComputedStyle(e).outlineStyle])(document.activeElement)"
        )
        seen.append(told[0])
        assert told[1:] == [True, "solid"], told
        if wanted <= set(seen):
            break
    assert wanted <= set(seen)
    if name != "index":
        page.run("document.querySelector('#network').focus()")
        before = page.run("document.querySelector('#network canvas').toDataURL()")
        page.press("ArrowRight")
        page.run("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.run("document.querySelector('#network canvas').toDataURL()") != before
