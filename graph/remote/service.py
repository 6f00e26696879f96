"""One request to a service over HTTP: sent, waited for, read to its end, and every failure said in words."""

from __future__ import annotations

import http.client
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode

from SPARQLWrapper import JSON, POST, POSTDIRECTLY, TURTLE, SPARQLWrapper

from graph.errors import RemoteError
from graph.remote.access import PASSWORD, TOKEN, USER, Credentials, checked, opener, travels_open
from graph.remote.answers import Body, Reply
from graph.remote.errors import Denied, Notice, Passing, warn
from graph.remote.patience import Patience, persistently

_GRAPHS = ("CONSTRUCT", "DESCRIBE")
_PASSING = (408, 429, 502, 503, 504)
"""Statuses after which the same question may be answered; 500 is not among them: it mostly comes again."""
_DENIED = {
    401: "does not know this user, password or token",
    403: "does not let you do this",
    405: "does not take this kind of request",
}
_PIECE = 2**16


class Service:
    """The address of a SPARQL service with what is needed to ask it; all it does may be repeated without harm."""

    def __init__(
        self, url: str, credentials: Credentials, patience: Patience | None = None, notice: Notice = warn
    ) -> None:
        self.url = checked(url)
        self.notice = notice
        self.patience = patience or Patience()
        self._known = bool(credentials.user or credentials.token)
        self._opener = opener(url, credentials)
        if travels_open(url, credentials):
            notice(f"{url}: the token travels unencrypted; https would hide it")

    def ask(self, sparql: str, form: str) -> Reply:
        """The answer to a query of that form: JSON of a table or a truth value, N-Triples or Turtle of a graph."""
        wrapper = self._wrapper(sparql, form)
        wrapper.setReturnFormat(TURTLE if form in _GRAPHS else JSON)
        if form in _GRAPHS:
            # N-Triples, which SPARQLWrapper has no name for: in Virtuoso's Turtle a decimal 1.0 is the integer 1
            wrapper.setOnlyConneg(True)
            wrapper.addCustomHttpHeader("Accept", "application/n-triples, text/turtle;q=0.5")
        return self._persistently(lambda: wrapper.query().response)

    def update(self, sparql: str) -> None:
        """Send an update, whose first word must be of SPARQL Update."""
        wrapper = self._wrapper(sparql, "INSERT")
        wrapper.setRequestMethod(POSTDIRECTLY)
        wrapper.setReturnFormat(JSON)
        self._persistently(lambda: wrapper.query().response)

    def graph(self, method: str, graph: str, triples: bytes | None = None) -> None:
        """Send N-Triples to one named graph over the Graph Store Protocol: PUT, POST, or DELETE without any."""
        between = "&" if "?" in self.url else "?"
        url = f"{self.url}{between}{urlencode({'graph': graph})}"
        # Virtuoso takes N-Triples that are nothing for a text of unknown kind
        headers = {"Content-Type": "application/n-triples"} if triples is not None else {}

        def send() -> http.client.HTTPResponse:
            request = urllib.request.Request(url, data=triples, method=method, headers=headers)
            return self._open(request, self.patience.timeout)

        try:
            self._persistently(send)
        except _Absent:
            if method != "DELETE":  # what is not there has been deleted
                raise

    def _wrapper(self, sparql: str, form: str) -> _Asking:
        wrapper = _Asking(self.url, self._open)
        wrapper.setTimeout(max(1, round(self.patience.timeout)))
        wrapper.setMethod(POST)
        # not by setQuery, which takes the first word of SPARQL that it meets for the form, be it in a comment
        wrapper.queryString, wrapper.queryType = sparql, form
        return wrapper

    def _open(self, request: urllib.request.Request, timeout: float) -> http.client.HTTPResponse:
        response: http.client.HTTPResponse = self._opener.open(request, timeout=timeout)
        return response

    def _persistently(self, send: Callable[[], http.client.HTTPResponse]) -> Reply:
        return persistently(lambda: self._once(send), self.patience, self.notice)

    def _once(self, send: Callable[[], http.client.HTTPResponse]) -> Reply:
        """Send once and read all that comes back."""
        began = time.monotonic()
        try:
            with send() as response:
                headers = {name.lower(): value for name, value in response.headers.items()}
                return Reply(self.url, headers, self._read(response, began))
        except urllib.error.HTTPError as error:
            with error:
                raise self._refusal(error) from None
        except urllib.error.URLError as error:
            raise self._unreachable(error.reason) from None
        except TimeoutError:
            seconds = f"{self.patience.timeout:g} seconds"
            raise RemoteError(
                self.url, f"was silent for {seconds}; it may need longer, or a smaller question"
            ) from None
        except (ConnectionError, http.client.HTTPException) as error:
            raise Passing(self.url, f"the connection broke ({_said(error)})") from None

    def _read(self, response: http.client.HTTPResponse, began: float) -> Body:
        body = Body()
        expected = response.headers.get("Content-Length", "")
        while piece := response.read1(_PIECE):
            body.write(piece)
            if time.monotonic() - began > self.patience.whole:
                raise RemoteError(self.url, f"was still sending after {self.patience.whole:g} seconds")
        if expected.isdigit() and body.length < int(expected):
            raise Passing(self.url, f"the connection broke after {body.length} of {expected} bytes")
        return body

    def _unreachable(self, reason: object) -> RemoteError:
        if isinstance(reason, socket.gaierror) and reason.errno != socket.EAI_AGAIN:
            return RemoteError(self.url, f"cannot be asked: {_said(reason)}")
        passing = isinstance(reason, (ConnectionError, TimeoutError, socket.gaierror))
        return (Passing if passing else RemoteError)(self.url, f"cannot be asked: {_said(reason)}")

    def _refusal(self, error: urllib.error.HTTPError) -> RemoteError:
        """What a status other than success says."""
        code, said = error.code, _words(error)
        if code in _DENIED:
            problem = f"{_DENIED[code]} ({code}){said}"
            if code == 401 and not self._known:
                problem = f"asks who you are (401): set {USER} and {PASSWORD}, or {TOKEN}"
            return Denied(self.url, problem, status=code)
        if code in (404, 410):
            return _Absent(self.url, f"there is nothing at this address ({code}){said}")
        if 300 <= code < 400:
            return RemoteError(self.url, f"has moved to {error.headers.get('Location')} ({code}): name that address")
        if code in _PASSING:
            return Passing(self.url, f"cannot answer now ({code}){said}", after=_seconds(error.headers))
        return RemoteError(self.url, f"refused ({code} {error.reason}){said}")


class _Absent(RemoteError):
    """Nothing is at the address, or no graph of that name."""


class _Asking(SPARQLWrapper):
    """SPARQLWrapper that opens its requests with an opener of ours.

    Its own goes through urllib's global opener, where its Digest leaves the password for the whole process.
    """

    def __init__(self, url: str, send: Callable[[urllib.request.Request, float], http.client.HTTPResponse]) -> None:
        super().__init__(url)
        self._send = send

    def _query(self) -> tuple[http.client.HTTPResponse, str]:
        return self._send(self._createRequest(), float(self.timeout or 0)), self.returnFormat


def _said(reason: object) -> str:
    return str(getattr(reason, "strerror", None) or reason or type(reason).__name__)


def _words(error: urllib.error.HTTPError) -> str:
    """What a refusal says beside its status, on one line; a page says nothing that helps."""
    body = b""
    with suppress(OSError, http.client.HTTPException):
        body = error.read(2000)
    said = " ".join(body.decode("utf8", "replace").split())
    return f": {said[:300]}" if said and not said.startswith("<") else ""


def _seconds(headers: Message) -> float | None:
    """How long Retry-After asks to wait, from now."""
    said = headers.get("Retry-After", "").strip()
    if said.isdigit():
        return float(said)
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - time.time())
    except (TypeError, ValueError):
        return None
