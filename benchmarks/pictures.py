"""The pictures of the README: `python -m benchmarks.pictures GRAPH`, with GRAPH a build of the samples (`make demo`).

Each is what Chromium shows of a page of that graph, so that a picture in the README is a page that anyone can make.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import viz
from queries import Folder
from tests.viz.chromium import Browser, Page

DOCS = Path(__file__).parents[1] / "docs"
WIDE = (1440, 900)
PICTURES = (
    ("theme-map.png", "theme-map.html", "selected=theme/supervision", WIDE, False),
    ("two-periods.png", "theme-map.html", "to=2016&then=2019&selected=theme/supervision", (1280, 800), True),
    ("authority-story.png", "story-harrowdale.html", "", WIDE, False),
    ("red-thread.png", "thread-harrowdale.html", "theme=Supervision", WIDE, False),
)
"""File, page, the state in its address, the window, and whether it is dark."""


def main() -> None:
    """Write the pictures to `docs/`."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None or len(sys.argv) < 2:
        sys.exit("usage: python -m benchmarks.pictures GRAPH, with Chromium installed")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        viz.write_site(Folder(Path(sys.argv[1])), Path(made) / "site")
        browser = Browser(program, Path(made) / "profile")
        for picture, page, state, (width, height), dark in PICTURES:
            shown = Page(browser, width, height, dark).open(Path(made) / "site" / page, state)
            shown.picture(DOCS / picture)
            shown.close()
            print(f"wrote {DOCS / picture}")
        browser.close()


if __name__ == "__main__":
    main()
