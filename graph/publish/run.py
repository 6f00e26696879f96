"""Sending a build to a triple store: what differs, graph by graph, so that a break at any moment can be mended."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.publish import look
from graph.publish.errors import Busy, NotEqual, NotSeen, Overtaken, StrangersGraphs
from graph.publish.manifest import Listed, Manifest, entry, manifest_iri, run_iri, whole
from graph.publish.parts import Part, Source
from graph.publish.target import Target
from graph.remote import RemoteStore

DATASET = "inspections"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a publish is: `stage` is reading, sending, removing or checking; `done` and `total` count graphs."""

    stage: str
    done: int
    total: int
    graph: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done so that the target holds the build."""

    send: tuple[Part, ...]
    keep: tuple[Part, ...]
    remove: tuple[str, ...]
    resumed: bool = False
    """Whether an earlier publish was broken off."""

    @property
    def triples(self) -> int:
        return sum(part.triples for part in self.send)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may decide of a publish.

    `dataset` names the list in the target; with `take_over`, graphs of the same names that are there become ours; with
    `check_all`, every graph is read back, not only those sent; `watch` is how many seconds an unfinished publish is
    looked at, to tell one that was broken off from one under way.
    """

    dataset: str = DATASET
    take_over: bool = False
    check_all: bool = False
    watch: float = 5.0


class Publication:
    """One publish of the build at `out`: `target` is written to, `asked` is the same store, read from."""

    def __init__(
        self,
        out: Path,
        target: Target,
        asked: RemoteStore,
        settings: Settings | None = None,
        progress: Callable[[Progress], None] = lambda _: None,
    ) -> None:
        self._source = Source(out)
        self._target = target
        self._asked = asked
        self._settings = settings or Settings()
        self._progress = progress
        self._dataset = self._settings.dataset
        self._run = run_iri(self._dataset, secrets.token_hex(8))
        self._progress(Progress("reading", 0, 1))
        self._parts = self._source.parts()

    def plan(self) -> Plan:
        """What differs between build and target; StrangersGraphs, Busy."""
        before, _ = self._quiet_manifest()
        named = [part.graph for part in self._parts]
        there = look.counts(self._asked, named)
        strangers = [graph for graph in named if there[graph] and graph not in before.listed]
        if strangers and not self._settings.take_over:
            raise StrangersGraphs(self._target.name, self._dataset, strangers)
        keep = tuple(p for p in self._parts if _as_listed(p, before.listed) and there[p.graph] == p.triples)
        gone = before.listed.keys() - set(named)
        others = look.listed_elsewhere(self._asked, self._dataset) if gone else set()
        send = tuple(p for p in self._parts if p not in keep)
        return Plan(send, keep, tuple(sorted(gone - others)), resumed=bool(before.run) and not before.done)

    def send(self, plan: Plan) -> None:
        """Do what the plan says and check it; Overtaken, NotSeen, NotEqual, RemoteError.

        Nothing is written where there is nothing to do.
        """
        if plan.send or plan.remove or plan.resumed:
            self._begin(plan)
            self._send(plan.send)
            self._remove(plan.remove)
        if wrong := self._wrong(plan):
            self._begin(Plan(wrong, tuple(part for part in self._parts if part not in wrong), plan.remove))
            self._send(wrong)
        if plan.send or plan.remove or plan.resumed or wrong:
            self._end()

    def _begin(self, plan: Plan) -> None:
        """From here on the target says of each graph that will change that it is being sent."""
        listed = {part.graph: Listed() for part in plan.send} | dict.fromkeys(plan.remove, Listed())
        listed |= {part.graph: Listed(part.digest, part.triples) for part in plan.keep}
        before, old = look.manifest(self._asked, self._dataset)
        self._write_manifest(old, Manifest(self._run, done=False, listed=listed))
        if look.current_run(self._asked, self._dataset) in {"", before.run} - {self._run}:
            raise NotSeen(self._target.name, self._asked.name)

    def _send(self, send: Sequence[Part]) -> None:
        """Each graph in turn; it is listed with its digest once it has been read back and found equal."""
        for place, part in enumerate(send):
            self._progress(Progress("sending", place, len(send), part.graph))
            if not self._sent(part) and not self._sent(part):  # once more: two runs may have met in this graph
                raise NotEqual(self._target.name, [part.graph])
            self._still_ours()
            done = entry(self._dataset, part.graph, Listed(part.digest, part.triples))
            self._target.add(manifest_iri(self._dataset), done)
        self._progress(Progress("sending", len(send), len(send)))

    def _sent(self, part: Part) -> bool:
        self._still_ours()
        self._target.replace(part.graph, self._source.lines(part))
        return self._equal(part)

    def _equal(self, part: Part) -> bool:
        return look.digest_there(self._asked, part.graph, part.triples) == part.digest

    def _remove(self, graphs: Sequence[str]) -> None:
        for place, graph in enumerate(graphs):
            self._progress(Progress("removing", place, len(graphs), graph))
            self._still_ours()
            self._target.drop(graph)

    def _wrong(self, plan: Plan) -> tuple[Part, ...]:
        """The parts that the target does not hold after all: by their counts, and by their digests where asked for."""
        there = look.counts(self._asked, [*(part.graph for part in self._parts), *plan.remove])
        if left := [graph for graph in plan.remove if there[graph]]:
            raise NotEqual(self._target.name, left)
        wrong = [part for part in self._parts if there[part.graph] != part.triples]
        read_back = plan.keep if self._settings.check_all else ()
        for place, part in enumerate(read_back):
            self._progress(Progress("checking", place, len(read_back), part.graph))
            if part not in wrong and not self._equal(part):
                wrong.append(part)
        return tuple(wrong)

    def _end(self) -> None:
        self._still_ours()
        listed = {part.graph: Listed(part.digest, part.triples) for part in self._parts}
        _, old = look.manifest(self._asked, self._dataset)
        self._write_manifest(old, Manifest(self._run, done=True, listed=listed))

    def _write_manifest(self, old: Sequence[bytes], manifest: Manifest) -> None:
        self._target.rewrite(manifest_iri(self._dataset), old, whole(self._dataset, manifest))

    def _still_ours(self) -> None:
        if look.current_run(self._asked, self._dataset) != self._run:
            raise Overtaken(self._target.name, self._dataset)

    def _quiet_manifest(self) -> tuple[Manifest, list[bytes]]:
        """What the target lists; Busy where that changes while it is looked at."""
        before = look.manifest(self._asked, self._dataset)
        if before[0].run and not before[0].done:
            time.sleep(self._settings.watch)
            now = look.manifest(self._asked, self._dataset)
            if set(now[1]) != set(before[1]):
                raise Busy(self._target.name, self._dataset)
        return before


def _as_listed(part: Part, listed: Mapping[str, Listed]) -> bool:
    return listed.get(part.graph) == Listed(part.digest, part.triples)
