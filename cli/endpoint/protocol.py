"""The SPARQL 1.1 protocol's forms of a query, and every other form by its refusal."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request

from cli.endpoint.refusals import Refused
from cli.endpoint.settings import MAX_REQUEST, MAX_WAIT

DATASET = ("default-graph-uri", "named-graph-uri")
CLOSE = {"Connection": "close"}
READ_ONLY = "this endpoint is read-only"
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"


@dataclass(frozen=True, slots=True)
class Form:
    """A query as it was sent, with the protocol's parameters for its dataset."""

    query: str
    dataset: tuple[tuple[str, str], ...]


async def read(request: Request, graphs: Collection[str]) -> Form:
    """The one query of a request; Refused where it asks for something else, or of graphs that are not in the store."""
    given = _pairs(request.url.query)
    if request.method == "POST":
        kind = _media_type(request)
        if kind == UPDATE:
            raise Refused(403, READ_ONLY)
        if kind not in (QUERY, FORM):
            raise Refused(415, f"a query comes as {QUERY} or {FORM}, not as '{kind}'")
        body = await _body(request)
        given += [("query", body)] if kind == QUERY else _pairs(body)
    return _form(given, graphs)


def _form(given: list[tuple[str, str]], graphs: Collection[str]) -> Form:
    if any(name == "update" or name.startswith("using-") for name, _ in given):
        raise Refused(403, READ_ONLY)
    queries = [value for name, value in given if name == "query"]
    if len(queries) != 1:
        raise Refused(400, f"a request has one query, and this one has {len(queries) or 'none'}")
    dataset = tuple((name, value) for name, value in given if name in DATASET)
    for name, value in dataset:
        if value not in graphs:
            raise Refused(403, f"{name}: there is no graph <{value}> in this store, and none is fetched")
    return Form(queries[0], dataset)


def _pairs(encoded: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise Refused(400, f"the parameters cannot be read: {error}") from None


def _media_type(request: Request) -> str:
    kind, *parameters = request.headers.get("content-type", "").lower().split(";")
    charset = [p.partition("=")[2].strip(' "') for p in parameters if p.strip().startswith("charset")]
    if charset and charset[0] not in ("utf-8", "utf8", "us-ascii"):
        raise Refused(415, f"a query is in UTF-8, not in '{charset[0]}'")
    if request.headers.get("content-encoding", "identity") != "identity":
        raise Refused(415, "a query is sent uncompressed")
    return kind.strip()


async def _body(request: Request) -> str:
    parts, size = list[bytes](), 0
    try:
        async with asyncio.timeout(MAX_WAIT):
            async for part in request.stream():
                size += len(part)
                if size > MAX_REQUEST:
                    raise Refused(413, f"a request has at most {MAX_REQUEST // 1024} KiB", CLOSE)
                parts.append(part)
        return b"".join(parts).decode()
    except TimeoutError:
        raise Refused(408, f"the request was not complete after {MAX_WAIT} seconds", CLOSE) from None
    except UnicodeDecodeError as error:
        raise Refused(400, f"the request is not in UTF-8 (byte {error.start})") from None
