"""The hand-made graph as a source, and a page in a real browser where there is one."""

import shutil
from collections.abc import Iterator

import pytest

from tests.viz.chromium import Browser, Page
from tests.viz.made_graph import Memory, quads
from tests.viz.made_story import story


@pytest.fixture(scope="session")
def source() -> Memory:
    return Memory(quads())


@pytest.fixture(scope="session")
def told() -> Memory:
    return Memory(story())


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        pytest.skip("Chromium is not installed: with it, the pages are opened in a real browser")
    started = Browser(program, tmp_path_factory.mktemp("profile"))
    yield started
    started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = Page(browser)
    yield opened
    opened.close()
