"""From the store to the asker: whole answers, or an error that cannot be taken for one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx
from starlette.types import Receive, Scope, Send

from cli.endpoint.pool import Loan, Pool
from cli.endpoint.refusals import Broken, OutOfTime, Refused, TooLarge
from cli.endpoint.settings import HEAD, Settings
from queries import QuerySyntaxError
from queries.syntax import PLACE, SENTENCE

CHUNK = 2**16


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that was admitted, the forms of answer that its asker takes, and the dataset's parameters."""

    text: str
    accept: str = "*/*"
    dataset: Sequence[tuple[str, str]] = field(default=())


async def fetched(pool: Pool, settings: Settings, asked: Asked) -> bytes:
    """The whole answer in memory; Refused where there is none."""
    async with _answer(pool, settings, asked) as (answer, loan):
        parts = [part async for part in _parts(answer, loan, settings)]
    return b"".join(parts)


class Relay:
    """An ASGI response that passes an answer on.

    What fails within its first mebibyte fails with a status. After that the connection is closed without the mark that
    ends a body, so that no client can take what it has for the whole; to clients of HTTP/1.0, which know no such mark,
    nothing is sent before all of it is there.
    """

    def __init__(self, pool: Pool, settings: Settings, asked: Asked) -> None:
        self._pool, self._settings, self._asked = pool, settings, asked

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer; Refused where none has been begun. Stops the query if the client goes away."""
        relaying = asyncio.create_task(self._relay(scope, send))
        leaving = asyncio.create_task(_left(receive))
        try:
            await asyncio.wait({relaying, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
            if not relaying.done():
                relaying.cancel()
            await asyncio.gather(relaying, leaving, return_exceptions=True)
        if not relaying.cancelled():
            relaying.result()

    async def _relay(self, scope: Scope, send: Send) -> None:
        begun = False
        head = HEAD if scope["http_version"] != "1.0" else self._settings.answer_limit
        try:
            async with _answer(self._pool, self._settings, self._asked) as (answer, loan):
                held, size = list[bytes](), 0
                async for part in _parts(answer, loan, self._settings):
                    held.append(part)
                    size += len(part)
                    if begun or size > head:
                        if not begun:
                            begun = True
                            await send(_start(answer))
                        await send(_body(b"".join(held), more=True))
                        held.clear()
            if not begun:
                await send(_start(answer, length=size))
            await send(_body(b"".join(held), more=False))
        except Refused:
            if not begun:
                raise
            # the server closes a connection whose body was not brought to its end


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


@asynccontextmanager
async def _answer(pool: Pool, settings: Settings, asked: Asked) -> AsyncIterator[tuple[httpx.Response, Loan]]:
    """The server's answer while the time limit lasts; Refused where it is an error or there is none."""
    async with pool.lend() as loan:
        try:
            async with (
                asyncio.timeout(settings.time_limit),
                loan.worker.asked(asked.text, asked.accept, asked.dataset) as answer,
            ):
                if answer.status_code >= 400:
                    said = (await answer.aread()).decode("utf8", "replace")
                    loan.whole = answer.status_code < 500
                    raise _refusal(answer.status_code, said, asked.text)
                yield answer, loan
        except TimeoutError:
            raise OutOfTime(settings.time_limit) from None
        except httpx.TransportError:
            raise Broken("the store's process ended; the query may need more memory than it is allowed") from None


async def _parts(answer: httpx.Response, loan: Loan, settings: Settings) -> AsyncIterator[bytes]:
    """The body piece by piece, the last piece only once the server is known to have had nothing to complain of."""
    size, last = 0, b""
    async for part in answer.aiter_raw(CHUNK):
        size += len(part)
        if size > settings.answer_limit:
            raise TooLarge(settings.answer_limit)
        if last:
            yield last
        last = part
    if complaint := loan.worker.complaint():
        raise Broken(complaint)
    loan.whole = True
    yield last


def _refusal(status: int, said: str, query: str) -> Refused:
    """What the server would not answer, with the place where that is in the query."""
    if status != 400 or not (place := PLACE.search(said)):
        return Refused(status, said.strip())
    line, column = int(place[1]), int(place[2])
    words = SENTENCE.search(place[3])
    problem = words[1].strip() if words else "the store cannot read it from here on"
    lines = query.split("\n")
    return Refused(
        400, str(QuerySyntaxError("query", line, column, problem, lines[line - 1] if line <= len(lines) else ""))
    )


def _start(answer: httpx.Response, length: int | None = None) -> dict[str, object]:
    headers = [(b"content-type", answer.headers.get("content-type", "application/octet-stream").encode())]
    headers.append((b"vary", b"Accept"))
    if length is not None:
        headers.append((b"content-length", str(length).encode()))
    return {"type": "http.response.start", "status": answer.status_code, "headers": headers}


def _body(content: bytes, *, more: bool) -> dict[str, object]:
    return {"type": "http.response.body", "body": content, "more_body": more}
