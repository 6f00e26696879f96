"""The rest of an answer that a service cut: counted first, then fetched page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import blake2b

import pyoxigraph as ox

from graph.errors import RemoteError
from graph.remote.answers import Reply, Rows, joined, rows
from graph.remote.errors import Notice
from graph.remote.syntax import Shape

Ask = Callable[[str], Reply]


def may_be_cut(count: int, asked: Shape, reply: Reply) -> bool:
    """Whether so many rows look like a service's limit and not like the end of the answer."""
    if count in (0, asked.limit):
        return False
    return count >= reply.cap if reply.cap else count % 1000 == 0


def whole(first: Rows, asked: Shape, reply: Reply, ask: Ask, notice: Notice) -> Rows:
    """All rows of an answer of which `first` may be a part only; a notice where it cannot be told or had."""
    doubt = f"{reply.endpoint}: sent {first.count} rows, and the answer may be cut there"
    if not asked.wrappable:
        notice(doubt)
        return first
    try:
        total = _window(_count(_counting(asked, first.columns), ask), asked)
        if total <= first.count:
            return first
        found = _Counted()
        answer = joined(first.columns, found.of(_pages(first, asked, reply, total, ask)))
        known = _distinct(asked, first.columns, ask) if found.distinct < total and answer.count == total else total
    except RemoteError as error:
        notice(f"{doubt}; the rest could not be had ({error})")
        return first
    # pages of a question whose order leaves something to chance may overlap: the number of distinct rows shows it
    if answer.count != total or found.distinct != min(known, total):
        notice(f"{reply.endpoint}: {answer.count} rows of {total} came, {found.distinct} distinct: some may be missing")
    return answer


def beginning(asked: Shape) -> str:
    """The first rows of a question of which Virtuoso says that it has more rows to sort than it sorts for anybody."""
    limit = f"LIMIT {asked.limit}" if asked.limit is not None else ""
    return f"{asked.prologue}\nSELECT * WHERE {{ {{ {asked.body}\n}} }} {limit} OFFSET {asked.offset}"


class _Counted:
    """Counts distinct rows as they pass."""

    def __init__(self) -> None:
        self._seen: set[bytes] = set()

    @property
    def distinct(self) -> int:
        return len(self._seen)

    def of(self, passing: Iterator[ox.QuerySolution]) -> Iterator[ox.QuerySolution]:
        for row in passing:
            self._seen.add(blake2b("\t".join(map(str, row)).encode(), digest_size=16).digest())
            yield row


def _pages(first: Rows, asked: Shape, reply: Reply, total: int, ask: Ask) -> Iterator[ox.QuerySolution]:
    """Rows in pages as long as what the service sent, until all have come or a page is empty."""
    size, came = first.count, 0
    while came < total:
        page = rows(ask(_page(asked, first.columns, reply, min(size, total - came), asked.offset + came)))
        if not isinstance(page, Rows) or page.count == 0:
            return
        yield from page.solutions()
        came += page.count


def _page(asked: Shape, columns: tuple[str, ...], reply: Reply, size: int, start: int) -> str:
    """The query for one page, in the order that the query gives or, where it gives none, in that of all columns."""
    names = " ".join(f"?{column}" for column in columns)
    inner = asked.body
    window = f"LIMIT {size} OFFSET {start}"
    if asked.ordered and not reply.virtuoso:
        return f"{asked.prologue}\n{inner}\n{window}"
    if not asked.ordered and not reply.virtuoso:
        return f"{asked.prologue}\nSELECT {names} WHERE {{ {{ {inner}\n}} }} ORDER BY {names} {window}"
    # Virtuoso sorts only as many rows as it sends, but for a sub-query
    if not asked.ordered:
        inner = f"SELECT {names} WHERE {{ {{ {inner}\n}} }} ORDER BY {names}"
    return f"{asked.prologue}\nSELECT {names} WHERE {{ {{ {inner}\n}} }} {window}"


def _counting(asked: Shape, columns: tuple[str, ...], *, distinct: bool = False) -> str:
    names = " ".join(f"?{column}" for column in columns)
    inner = f"SELECT DISTINCT {names} WHERE {{ {{ {asked.body}\n}} }}" if distinct else asked.body
    return f"{asked.prologue}\nSELECT (COUNT(*) AS ?allOfThem) WHERE {{ {{ {inner}\n}} }}"


def _distinct(asked: Shape, columns: tuple[str, ...], ask: Ask) -> int:
    return _count(_counting(asked, columns, distinct=True), ask)


def _count(sparql: str, ask: Ask) -> int:
    reply = ask(sparql)
    answer = rows(reply)
    row = next(answer.solutions(), None) if isinstance(answer, Rows) else None
    if row is None or not isinstance(row[0], ox.Literal) or not row[0].value.isdigit():
        raise RemoteError(reply.endpoint, "does not say how many rows there are")
    return int(row[0].value)


def _window(count: int, asked: Shape) -> int:
    """How many of so many rows the query's own LIMIT and OFFSET let through."""
    left = max(0, count - asked.offset)
    return left if asked.limit is None else min(left, asked.limit)
