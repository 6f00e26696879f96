"""Who asks: credentials from the environment, and the opener that sends them to one service and nowhere else."""

from __future__ import annotations

import base64
import os
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPMessage, HTTPResponse
from typing import IO
from urllib.parse import SplitResult, urlsplit

from graph.errors import RemoteError

USER, PASSWORD, TOKEN = "INSPECTION_GRAPH_USER", "INSPECTION_GRAPH_PASSWORD", "INSPECTION_GRAPH_TOKEN"
"""The variables that hold a user's name, its password, and a bearer token."""
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user with a password (Digest or Basic, as the service asks), or a bearer token; or neither."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Credentials:
        """What USER, PASSWORD and TOKEN hold."""
        return cls(environment.get(USER, ""), environment.get(PASSWORD, ""), environment.get(TOKEN, ""))


def checked(url: str) -> str:
    """The address as given; RemoteError where it is none, or holds a password that would be printed and logged."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or not _sound(parts, url):
        raise RemoteError(url, "is no http or https address")
    if parts.username or parts.password:
        hidden = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        raise RemoteError(hidden, f"name and password do not belong into an address: set {USER} and {PASSWORD}")
    return url


def _sound(parts: SplitResult, url: str) -> bool:
    """Whether the port is a number and no character would have to be escaped."""
    try:
        return parts.port != 0 and url.isascii() and url.isprintable() and " " not in url
    except ValueError:
        return False


def opener(url: str, credentials: Credentials) -> urllib.request.OpenerDirector:
    """What opens requests to the service at `url`; credentials go to that host only."""
    # all that build_opener gives but for what follows redirects: that would take the token along to another host, and
    # make of a question a GET without it
    handlers: list[urllib.request.BaseHandler] = [
        urllib.request.ProxyHandler(),
        urllib.request.UnknownHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ]
    if credentials.token:
        handlers.append(_Bearer(credentials.token))
    elif credentials.user:
        origin = urlsplit(url)._replace(path="/", query="", fragment="").geturl()
        known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        known.add_password(None, origin, credentials.user, credentials.password)
        handlers += [_Digest(known), _Basic(credentials.user, credentials.password)]
    director = urllib.request.OpenerDirector()
    for handler in handlers:
        director.add_handler(handler)
    return director


def travels_open(url: str, credentials: Credentials) -> bool:
    """Whether a token would cross a network unencrypted."""
    parts = urlsplit(url)
    return bool(credentials.token) and parts.scheme == "http" and parts.hostname not in _LOOPBACK


class _Bearer(urllib.request.BaseHandler):
    def __init__(self, token: str) -> None:
        self._token = token

    def http_request(self, request: urllib.request.Request) -> urllib.request.Request:
        request.add_unredirected_header("Authorization", f"Bearer {self._token}")
        return request

    https_request = http_request


class _Challenged(urllib.request.BaseHandler):
    """Asks again with credentials once the service has said how it wants them."""

    def http_error_401(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],  # noqa: ARG002 - this and the next two are of the interface
        code: int,  # noqa: ARG002
        msg: str,  # noqa: ARG002
        headers: HTTPMessage,
    ) -> HTTPResponse | None:
        if not self._answers(req, headers):
            return None
        answer: HTTPResponse = self.parent.open(req, timeout=req.timeout)
        return answer

    def _answers(self, request: urllib.request.Request, headers: HTTPMessage) -> bool:
        """Whether the request now carries what these headers ask for, and did not before."""
        raise NotImplementedError


class _Digest(_Challenged, urllib.request.HTTPDigestAuthHandler):
    """Digest that remembers the service's challenge.

    urllib's own sends each request twice, the first time without credentials: a service that refuses the first closes
    the connection while a long body is still being sent, and the refusal is never read.
    """

    _challenge: dict[str, str] | None = None

    def http_request(self, request: urllib.request.Request) -> urllib.request.Request:
        if self._challenge and not request.has_header(self.auth_header):
            self._sign(request, self._challenge)
        return request

    https_request = http_request

    def _answers(self, request: urllib.request.Request, headers: HTTPMessage) -> bool:
        said = _challenge(headers, "digest")
        challenge = said and urllib.request.parse_keqv_list([p for p in urllib.request.parse_http_list(said) if p])
        # one try with each fresh challenge: a wrong password tried again and again locks accounts
        if not challenge or (getattr(request, "challenged", False) and challenge.get("stale", "").lower() != "true"):
            return False
        self._challenge = challenge
        request.challenged = True  # type: ignore[attr-defined]
        return self._sign(request, challenge)

    def _sign(self, request: urllib.request.Request, challenge: dict[str, str]) -> bool:
        signed = self.get_authorization(request, challenge)
        if signed:
            request.add_unredirected_header(self.auth_header, f"Digest {signed}")
        return bool(signed)


class _Basic(_Challenged):
    """Basic, once it has been asked for: the password itself crosses the network, so it is never offered."""

    def __init__(self, user: str, password: str) -> None:
        self._header = f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"
        self._asked = False

    def http_request(self, request: urllib.request.Request) -> urllib.request.Request:
        if self._asked and not request.has_header("Authorization"):
            request.add_unredirected_header("Authorization", self._header)
        return request

    https_request = http_request

    def _answers(self, request: urllib.request.Request, headers: HTTPMessage) -> bool:
        if _challenge(headers, "basic") is None or request.has_header("Authorization"):
            return False
        self._asked = True
        return True


def _challenge(headers: HTTPMessage, scheme: str) -> str | None:
    """What the service says of one way of telling who asks."""
    for challenge in headers.get_all("WWW-Authenticate") or ():
        name, _, rest = challenge.partition(" ")
        if name.lower() == scheme:
            return rest
    return None
