"""Chromium over its DevTools pipe: no package is needed for it, and no port is opened."""

import base64
import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

# the protocol is spoken on descriptors 3 and 4, which may be in use while these two are put there
HAND_OVER = """
import fcntl, os, sys
into, out = (fcntl.fcntl(int(d), fcntl.F_DUPFD, 10) for d in sys.argv[1:3])
os.dup2(into, 3), os.dup2(out, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
PATIENCE = 60
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--host-resolver-rules=MAP * ~NOTFOUND", "--remote-debugging-pipe", "about:blank"),
)


class Browser:
    """Chromium over its DevTools pipe; every name resolves to nothing, so that nothing outside can answer."""

    def __init__(self, program: str, profile: Path) -> None:
        to_it, self.out = os.pipe()
        self.into, from_it = os.pipe()
        self.process = subprocess.Popen(
            [sys.executable, "-c", HAND_OVER, str(to_it), str(from_it), program, *FLAGS, f"--user-data-dir={profile}"],
            pass_fds=(to_it, from_it),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
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
            assert select.select([self.into], [], [], PATIENCE)[0], "the browser does not answer"
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
