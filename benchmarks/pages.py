"""How long pages take in headless Chromium: `python -m benchmarks.pages [GRAPH]`, with GRAPH a folder of `build`.

A page is usable once its picture is drawn and its search answers. Everything is drawn by software here, on the cores
that other programs use too, so each figure is the middle one of several and stands beside an empty page's.
"""

from __future__ import annotations

import csv
import io
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from statistics import median

import viz
from queries import Folder
from tests.viz.chromium import Browser, Page
from viz.diagram import Diagram, Edge, Kind, Node, drawn
from viz.network import page
from viz.parts import told
from viz.said import Said

RUNS = 3
NODES, EDGES = 2_000, 10_000
USABLE = """(() => {
  const field = document.querySelector('#search');
  field.value = '%s';
  field.dispatchEvent(new Event('change'));
  return document.querySelector('#chosen').textContent;
})()"""
PANNING = """new Promise((done) => {
  const at = document.querySelector('#network canvas'), box = at.getBoundingClientRect(), frames = [];
  const send = (kind, x, y) => at.dispatchEvent(new PointerEvent(kind, { pointerId: 1, pointerType: 'mouse',
    isPrimary: true, bubbles: true, button: 0, buttons: 1, clientX: x, clientY: y }));
  const x = box.x + box.width / 2, y = box.y + 8;
  send('pointerdown', x, y);
  const step = (now) => {
    frames.push(now);
    if (frames.length > 60) { send('pointerup', x, y); done((frames.length - 1) / ((now - frames[0]) / 1000)); return; }
    send('pointermove', x + 3 * (frames.length % 40), y + 2 * (frames.length % 40));
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""


def many() -> str:
    """A page of so many nodes and edges as are asked for, with groups and all of them unfolded."""
    chance = random.Random(7)
    nodes = [
        Node(f"n{k}", f"Statement number {k} of a large page", "thing", "accent", 260 * (k % 40), 70 * (k // 40))
        for k in range(NODES)
    ]
    pairs = {(chance.randrange(NODES), chance.randrange(NODES)) for _ in range(EDGES + 200)}
    edges = [Edge(f"n{a}", f"n{b}", "line") for a, b in sorted(pairs) if a != b][:EDGES]
    kinds = (Kind("thing", "things", "accent"),), (Kind("line", "lines", "neutral"),)
    diagram = Diagram("benchmark", "Many", "", nodes, edges, *kinds)
    return page(drawn(diagram, Said({}, (), {}), [""]))


def spent(browser: Browser) -> Counter[str]:
    """Ticks of the processor that each of the browser's processes has taken; one that has ended tells no more."""
    group, ticks = os.getpgid(browser.process.pid), Counter[str]()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it may have ended meanwhile
            told = (process / "stat").read_text().rpartition(")")[2].split()
            if int(told[2]) == group:
                ticks[process.name] = int(told[11]) + int(told[12])
    return ticks


def opened(browser: Browser, file: Path, name: str) -> tuple[float, float, Page]:
    """Seconds from asking for the file to the answer of its search, those of the processor, and the page."""
    shown = Page(browser, 1440, 900)
    began, before = time.perf_counter(), spent(browser)
    shown.open(file)
    found = shown.run(USABLE % name)
    ticks = (spent(browser) - before).total()  # of those that are still there: a difference of counts keeps no loss
    took = time.perf_counter() - began, ticks / os.sysconf("SC_CLK_TCK")
    assert name.casefold() in str(found).casefold(), found
    return *took, shown


def measure(browser: Browser, file: Path, name: str) -> None:
    """Print size, seconds until usable and frames a second while panning."""
    seconds, cores, frames = [], [], []
    for _ in range(RUNS):
        took, core, shown = opened(browser, file, name)
        shown.run("document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))")
        shown.run("document.querySelector('#whole').click()")
        seconds.append(took)
        cores.append(core)
        frames.append(float(shown.run(PANNING)))
        shown.close()
    print(f"{file.stem:24} {file.stat().st_size / 1e6:6.2f} MB  usable {median(seconds):5.2f} s", end="")
    print(f" ({median(cores):5.2f} s of a core)  ", end="")
    print(f"{median(frames):5.1f} frames a second")


def untold(browser: Browser, file: Path, graph: Folder) -> tuple[int, int]:
    """How many statements a theme map tells wrongly, and how many it tells.

    A page gives a statement's IRI by the words that it shows: words that were told wrongly are of no IRI in the graph.
    """
    shown = Page(browser).open(file)
    table = csv.reader(io.StringIO(str(shown.run("saving.made.words()[1]"))))
    said = {row[0] for row in list(table)[1:]}
    shown.close()
    known = {row["item"] for row in told(graph, {}).statements}
    return len(said - known), len(said)


def main() -> None:
    """Measure the page of many, and of a graph the theme map and the whole site."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        sys.exit("Chromium is not installed")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        browser, folder = Browser(program, Path(made) / "profile"), Path(made)
        large = folder / "many.html"
        large.write_text(many(), encoding="utf8")
        measure(browser, large, "Statement number 7 of")
        if len(sys.argv) > 1:
            began = time.process_time(), time.perf_counter()
            files = viz.write_site(Folder(Path(sys.argv[1])), folder / "site")
            took = time.process_time() - began[0], time.perf_counter() - began[1]
            own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
            weight = sum(f.stat().st_size for f in files) / 1e6
            print(
                f"site: {len(files)} pages, {weight:.0f} MB, {took[1]:.0f} s on the clock, {took[0]:.0f} s of a core "
                f"here and {others.ru_utime + others.ru_stime:.0f} s in the processes that drew; "
                f"at most {own.ru_maxrss / 1e6:.2f} GB here"
            )
            measure(browser, folder / "site" / "theme-map.html", "Supervision")
            wrong, all_told = untold(browser, folder / "site" / "theme-map.html", Folder(Path(sys.argv[1])))
            print(f"theme map: {wrong} of {all_told:,} statements are not as the graph has them")
        browser.close()


if __name__ == "__main__":
    main()
