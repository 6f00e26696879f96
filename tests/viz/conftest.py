"""A graph of hand-made findings, and a real browser without a network to open pages in."""

import base64
import json
import os
import re
import shutil
import subprocess
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import ontology

HOSTILE = (
    "<img src=x onerror=window.ran=1> was seen in records.",
    "</script><script>window.ran=2</script> ended the plan.",
    "{{ 7 * 7 }} and {% raw %} stood in a letter's \"quotes\" & 'apostrophes'.",
    "خدمات الأطفال تتحسن بسرعة, and \u202eright to left\u202c too.",
    "Café 🎈 staff <!-- are --> ]]> kind &amp; quick \\u003c/script> \u2028 always.",
)
HOSTILE_TITLE = '"><script>window.ran=3</script><b onmouseover=window.ran=4>Letter'
HOSTILE_NAME = "Saltmere <svg onload=window.ran=5>"
THEMES = ("supervision", "caseloads", "neglect", "early-help", "planning", "thresholds", "care-leavers")


@dataclass(frozen=True)
class Row:
    inspection: int
    polarity: str
    themes: tuple[str, ...]
    statement: str
    page: int | None = None


# two authorities with two inspections each, and a joint one; of 30 findings each carries one, two or three themes
INSPECTIONS = (
    (("E99000001",), "sif", "2016-02-01"),
    (("E99000001",), "ilacs", "2022-05-09"),
    (("E99000002",), "sif", "2015-06-15"),
    (("E99000002",), "ilacs", "2020-01-20"),
    (("E99000001", "E99000002"), "jtai", "2024-03-04"),
)
ROWS = tuple(
    Row(
        inspection=k % 5,
        polarity=("weakness", "strength", "weakness", "mixed", "neutral", "strength")[k % 6],
        themes=tuple(sorted({THEMES[k % 7], THEMES[(k * k) % 7], THEMES[(k // 4) % 7]})),
        statement=HOSTILE[k] if k < len(HOSTILE) else f"Sentence number {k} says how things are.",
        page=None if k % 5 == 1 else k + 1,
    )
    for k in range(30)
)


class Memory:
    name = "memory"

    def __init__(self, quads: str) -> None:
        self.store = ox.Store()
        self.store.bulk_load(quads.encode(), format=ox.RdfFormat.N_QUADS)

    def query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        return self.store.query(sparql, use_default_graph_as_union=True)


def quads(rows: tuple[Row, ...] = ROWS) -> str:
    """The rows as a build would write them: a graph a document, the names in the ontology's own."""
    ig, base, skos = ontology.IG, ontology.BASE, ontology.SKOS
    lines = []

    def say(graph: str, subject: str, predicate: str, value: str | ox.Literal) -> None:
        term = value if isinstance(value, ox.Literal) else ox.NamedNode(value)
        lines.append(f"<{subject}> <{predicate}> {term} <{graph}> .")

    for theme in THEMES:
        iri, top = f"{base}theme/{theme}", f"{base}theme/help-and-protection"
        say(ontology.ONTOLOGY_IRI, iri, skos.inScheme, f"{base}theme")
        say(ontology.ONTOLOGY_IRI, iri, skos.broader, top)
        say(ontology.ONTOLOGY_IRI, iri, skos.prefLabel, ox.Literal(theme.replace("-", " ").capitalize(), language="en"))
        say(ontology.ONTOLOGY_IRI, top, skos.prefLabel, ox.Literal("Help and protection", language="en"))
    for gss, name in (("E99000001", "Harrowdale"), ("E99000002", HOSTILE_NAME)):
        say(ontology.ONTOLOGY_IRI, f"{base}id/authority/{gss}", skos.prefLabel, ox.Literal(name, language="en"))
        say(ontology.ONTOLOGY_IRI, f"{base}id/authority/{gss}", ig.region, f"{base}region/E99000100")
    say(ontology.ONTOLOGY_IRI, f"{base}region/E99000100", skos.prefLabel, ox.Literal("Sampleshire", language="en"))
    for framework in ("sif", "ilacs", "jtai"):
        label = ox.Literal(framework.upper(), language="en")
        say(ontology.ONTOLOGY_IRI, f"{base}framework/{framework}", skos.prefLabel, label)
    for n, row in enumerate(rows):
        codes, framework, start = INSPECTIONS[row.inspection]
        graph, document = f"{base}id/graph/{row.inspection:016x}", f"{base}id/document/{row.inspection:016x}"
        inspection = f"{base}id/inspection/{'+'.join(codes)}/{start}/{framework}"
        finding = f"{document}/finding/{n:012x}"
        for gss in codes:
            say(graph, inspection, ig.inspects, f"{base}id/authority/{gss}")
        say(graph, inspection, ig.framework, f"{base}framework/{framework}")
        say(graph, inspection, ig.startDate, ox.Literal(start, datatype=ox.NamedNode(ontology.XSD.date)))
        say(graph, document, ontology.DCTERMS.title, ox.Literal(f"{HOSTILE_TITLE} {row.inspection}"))
        say(graph, inspection, ig.hasFinding, finding)
        say(graph, finding, ig.polarity, f"{base}polarity/{row.polarity}")
        say(graph, finding, ig.statement, ox.Literal(row.statement))
        for theme in row.themes:
            say(graph, finding, ig.theme, f"{base}theme/{theme}")
        say(graph, finding, ig.statedIn, f"{document}/passage/{n}-{n + 1}")
        say(graph, f"{document}/passage/{n}-{n + 1}", ig.document, document)
        if row.page:
            say(graph, f"{document}/passage/{n}-{n + 1}", ig.page, ox.Literal(row.page))
    return "\n".join(lines) + "\n"


def data_of(html: str) -> dict[str, Any]:
    """The data that a page carries."""
    found = re.search(r'<script type="text/plain" id="data">([^<]*)</script>', html)
    assert found
    unpacked: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(found[1])))
    return unpacked


@pytest.fixture(scope="session")
def source() -> Memory:
    return Memory(quads())


FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--host-resolver-rules=MAP * ~NOTFOUND", "--remote-debugging-pipe"),
)


class Browser:
    """Chromium over its DevTools pipe; every name resolves to nothing, so that nothing outside can answer."""

    def __init__(self, program: str, profile: Path) -> None:
        to_it, self.out = os.pipe()
        self.into, from_it = os.pipe()
        # the wrapper script of Debian keeps descriptors open; the protocol is spoken on 3 and 4
        command = f'exec "$0" "$@" 3<&{to_it} 4>&{from_it}'
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", command, program, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(to_it, from_it),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_it)
        os.close(from_it)
        self.number, self.rest = 0, b""
        self.events: list[dict[str, Any]] = []

    def send(self, method: str, session: str | None = None, **parameters: object) -> dict[str, Any]:
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        os.write(self.out, json.dumps(message | ({"sessionId": session} if session else {})).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self.number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result
            self.events.append(answer)

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self.rest:
            read = os.read(self.into, 1 << 20)
            assert read, "the browser has ended"
            self.rest += read
        first, _, self.rest = self.rest.partition(b"\0")
        message: dict[str, Any] = json.loads(first)
        return message

    def close(self) -> None:
        os.close(self.out)
        os.close(self.into)
        self.process.terminate()
        self.process.wait(10)


class Page:
    """One open page: what it says, what it did wrong, and what it asked for."""

    def __init__(self, browser: Browser, width: int = 1280, height: int = 800, dark: bool = False) -> None:
        self.browser = browser
        browser.events.clear()
        self.target = browser.send("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.send("Target.attachToTarget", targetId=self.target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.send("Emulation.setEmulatedMedia", features=scheme)

    def send(self, method: str, **parameters: object) -> dict[str, Any]:
        return self.browser.send(method, self.session, **parameters)

    def open(self, file: Path, state: str = "") -> "Page":
        self.send("Page.navigate", url=file.as_uri() + (f"#{state}" if state else ""))
        self.until("document.documentElement?.dataset.drawn === 'yes'")
        return self

    def until(self, expression: str, seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while not self.run(expression):
            assert time.monotonic() < end, f"never: {expression}; {self.faults()}"
            time.sleep(0.02)

    def run(self, expression: str) -> Any:
        """The value of a JavaScript expression."""
        answer = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def words(self, selector: str) -> str:
        return str(self.run(f"document.querySelector({json.dumps(selector)}).innerText"))

    def all_words(self, selector: str) -> list[str]:
        return list(self.run(f"[...document.querySelectorAll({json.dumps(selector)})].map((e) => e.innerText)"))

    def set(self, selector: str, value: object) -> None:
        """Give a control a value as a person would: a box is clicked, a choice or word changed."""
        change = "e.value = v; e.dispatchEvent(new Event('change'))"
        how = "e.checked === v || e.click()" if isinstance(value, bool) else change
        self.run(f"((e, v) => {{ {how} }})(document.querySelector({json.dumps(selector)}), {json.dumps(value)})")

    def click(self, x: float, y: float) -> None:
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def press(self, key: str) -> None:
        for kind in ("keyDown", "keyUp"):
            self.send("Input.dispatchKeyEvent", type=kind, key=key, code=key)

    def picture(self, file: Path) -> None:
        file.write_bytes(base64.b64decode(self.send("Page.captureScreenshot")["data"]))

    def faults(self) -> list[str]:
        """Errors of scripts, and what the console and the content policy complained of."""
        self.run("1")
        found = []
        for event in self.browser.events:
            told = event.get("params", {})
            match event.get("method"):
                case "Runtime.exceptionThrown":
                    found.append(json.dumps(told["exceptionDetails"]))
                case "Log.entryAdded" if told["entry"]["level"] in ("error", "warning"):
                    found.append(json.dumps(told["entry"]))
                case "Runtime.consoleAPICalled" if told["type"] in ("error", "warning", "assert"):
                    found.append(json.dumps(told["args"]))
        return found

    def asked(self) -> list[str]:
        """The addresses that the page asked for, itself included."""
        self.run("1")
        sent = [e["params"] for e in self.browser.events if e.get("method") == "Network.requestWillBeSent"]
        return [one["request"]["url"] for one in sent]

    def close(self) -> None:
        self.browser.send("Target.closeTarget", targetId=self.target)


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
