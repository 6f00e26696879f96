"""The pages in a real Firefox from disk, over Marionette, where Firefox is installed."""

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import viz
from tests.viz.made_graph import Memory

PATIENCE = 60
SEEN = """return [document.documentElement.dataset.drawn, document.querySelector('#summary').textContent,
  [...document.querySelectorAll('.finding .said')].map((e) => e.textContent), String(window.ran),
  performance.getEntriesByType('resource').length]"""


class Firefox:
    """Firefox without a window and without a network but loopback, told what to do over Marionette."""

    def __init__(self, program: str, profile: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings = {"marionette.port": port, "network.proxy.type": 1, "network.proxy.socks": "127.0.0.1"}
        settings |= {"network.proxy.socks_port": 9, "toolkit.telemetry.enabled": False, "browser.startup.page": 0}
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in settings.items()]
        (profile / "user.js").write_text("\n".join(lines), encoding="utf8")
        self.process = subprocess.Popen(
            [program, "--headless", "--marionette", "--no-remote", "--profile", str(profile)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + PATIENCE
        while True:
            try:
                self.line = socket.create_connection(("127.0.0.1", port), PATIENCE)
                break
            except OSError:
                assert time.monotonic() < end, "Firefox does not answer"
                time.sleep(0.2)
        self._receive()
        self.send("WebDriver:NewSession")

    def send(self, command: str, **parameters: object) -> Any:
        words = json.dumps([0, 1, command, parameters]).encode()
        self.line.sendall(b"%d:%s" % (len(words), words))
        _, _, error, result = self._receive()
        assert error is None, error
        return result

    def run(self, script: str) -> Any:
        return self.send("WebDriver:ExecuteScript", script=script, args=[], newSandbox=True, sandbox=None)["value"]

    def _receive(self) -> Any:
        size = b""
        while not size.endswith(b":"):
            size += self.line.recv(1)
        words = b""
        while len(words) < int(size[:-1]):
            words += self.line.recv(int(size[:-1]) - len(words))
        return json.loads(words)

    def close(self) -> None:
        self.line.close()
        self.process.terminate()
        self.process.wait(20)


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    program = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
    if program is None:
        pytest.skip("Firefox is not installed: with it, the pages are opened in it too")
    started = Firefox(program, tmp_path_factory.mktemp("firefox"))
    yield started
    started.close()


def test_every_view_opens_shows_its_words_and_asks_for_nothing(firefox: Firefox, told: Memory, tmp_path: Path) -> None:
    for name in viz.VIEWS:
        file = viz.write_page(name, told, tmp_path / f"{name}.html")
        firefox.send("WebDriver:Navigate", url=file.as_uri())
        end = time.monotonic() + PATIENCE
        while firefox.run("return document.documentElement.dataset.drawn") != "yes":
            assert time.monotonic() < end, name
            time.sleep(0.05)
        firefox.run("document.querySelector('#words button')?.click()")
        drawn, summary, words, ran, asked = firefox.run(SEEN)
        assert (drawn, ran, asked) == ("yes", "undefined", 0), name
        assert summary.endswith(".")
        assert words or name in ("schema", "authorities-and-themes"), name
