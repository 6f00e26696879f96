"""Whether a publish that is broken off at random moments is equal in the end, and what it costs.

Each trial sends the build at OUT to an empty store through a proxy, and breaks it off after a share of the bytes of a
whole publish that chance names: in turn the publisher is killed (SIGKILL), its connections are cut once, or they are
cut and the store stays away until the publisher has given up. The next run has to make the store equal: every graph is
counted and read back. Usage: python benchmarks/publish.py OUT [--trials 10] [--seed 1] [--in-a-row]
[--virtuoso] [--update] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parents[1]))

from graph.publish import GraphStore, Publication, Settings, Updates, look
from graph.publish.manifest import manifest_iri
from graph.publish.parts import Part, parts
from graph.remote import Credentials, Patience, RemoteStore, Service
from tests.graph.real_stores import Running, oxigraph, virtuoso

WAYS = ("killed", "connections cut once", "store away until given up")


class Proxy:
    """Passes bytes on to a server, counts those sent to it, and calls `broken` once after so many."""

    def __init__(self, url: str) -> None:
        self._server = (urlsplit(url).hostname, urlsplit(url).port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.sent = 0
        self.away = False
        self._break_at: float = float("inf")
        self._broken: Callable[[], None] = lambda: None
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def break_after(self, count: float, broken: Callable[[], None]) -> None:
        self.sent, self._break_at, self._broken = 0, count, broken

    def cut(self) -> None:
        """Every connection ends with a reset."""
        with self._lock:
            for end in self._open:
                with suppress(OSError):
                    # without a reset, a client that is sending waits for minutes for somebody to read on
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    end.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
                server = socket.create_connection(self._server)
            except OSError:
                return
            if self.away:
                client.close()
                server.close()
                continue
            with self._lock:
                self._open |= {client, server}
            threading.Thread(target=self._pass, args=(client, server, True), daemon=True).start()
            threading.Thread(target=self._pass, args=(server, client, False), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket, counted: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(2**14):
                if counted:
                    self.sent += len(piece)
                    if self.sent >= self._break_at:
                        self._break_at = float("inf")
                        self._broken()
                sink.sendall(piece)
        with self._lock:
            ends, self._open = self._open & {source, sink}, self._open - {source, sink}
        for end in ends or (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        if not ends:  # the other direction has ended too
            source.close()
            sink.close()

    def close(self) -> None:
        self._listening.close()
        self.cut()


@dataclass
class Trial:
    way: str
    share: float
    broke: bool = False
    """Whether the publisher ended without having done its work."""
    arrived: int = 0
    """Graphs that the next run found in order."""
    equal: bool = False
    seconds: float = 0.0


@dataclass
class Run:
    trials: list[Trial] = field(default_factory=list)
    whole: float = 0.0
    """Seconds of a publish that nothing disturbs."""
    again: float = 0.0
    """Seconds of the same again, when there is nothing to send."""
    bytes: int = 0
    graphs: int = 0
    triples: int = 0


def publisher(out: Path, store: Running, base: str, *, update: bool) -> subprocess.Popen[bytes]:
    """A process of its own that publishes through the proxy at `base`, and prints how many graphs it found in order."""
    path = urlsplit(store.update if update else store.graphs).path
    words = [str(out), base + path, base + urlsplit(store.query).path, store.credentials.user]
    command = [sys.executable, __file__, "--publisher", "update" if update else "graphs", *words]
    known = {**os.environ, "PASSWORD": store.credentials.password}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=known)


def publish(kind: str, out: str, url: str, query: str, known: Credentials) -> None:
    """What that process does; an exit code other than 0 where it could not."""
    patience = Patience(timeout=600, tries=3, pause=0.2)
    service = Service(url, known, patience, lambda _: None)
    asked = RemoteStore(query, credentials=known, patience=patience, notice=lambda _: None)
    target = GraphStore(service) if kind == "graphs" else Updates(service)
    publication = Publication(Path(out), target, asked, Settings(watch=0.5))
    plan = publication.plan()
    publication.send(plan)
    print(len(plan.keep))


def emptied(store: Running, found: list[Part]) -> None:
    target = store.target()
    for graph in [*(part.graph for part in found), manifest_iri("inspections")]:
        target.drop(graph)


def equal(store: Running, found: list[Part]) -> bool:
    """Every graph counted and read back, with no help from the list of what was sent."""
    there = look.counts(store.asked, [part.graph for part in found])
    return all(
        there[part.graph] == part.triples and look.digest_there(store.asked, part.graph, part.triples) == part.digest
        for part in found
    )


def trial(out: Path, store: Running, done: Trial, moment: float, *, update: bool) -> None:
    """Break a publish off after `moment` bytes, let another one follow, and write down what came of it."""
    found = parts(out)
    emptied(store, found)
    began = time.perf_counter()
    broken_off(out, store, done, moment, update=update)
    done.arrived, ended = undisturbed(out, store, update=update)
    done.equal = ended and equal(store, found)
    done.seconds = time.perf_counter() - began


def broken_off(out: Path, store: Running, done: Trial, moment: float, *, update: bool) -> None:
    """A publish that is broken off after `moment` bytes, and ends somehow."""
    proxy = Proxy(store.query)
    process = publisher(out, store, proxy.address, update=update)

    def broken() -> None:
        if done.way == WAYS[0]:
            process.kill()
        proxy.away = done.way == WAYS[2]
        proxy.cut()

    proxy.break_after(moment, broken)
    process.communicate()
    done.broke = process.returncode != 0
    proxy.close()


def undisturbed(out: Path, store: Running, *, update: bool) -> tuple[int, bool]:
    """How many graphs a publish found in order, and whether it came to its end."""
    process = publisher(out, store, store.query.rpartition("/")[0], update=update)
    said, _ = process.communicate()
    return (int(said), True) if process.returncode == 0 else (0, False)


def in_a_row(out: Path, store: Running, breaks: int, seed: int, *, update: bool) -> Run:
    """One publish, broken off again and again on its way."""
    found = parts(out)
    total = sum(length for part in found for _, length in part.runs)
    run = Run(graphs=len(found), triples=sum(part.triples for part in found), bytes=total)
    chance = random.Random(seed)
    shares = sorted(chance.random() for _ in range(breaks))
    began = time.perf_counter()
    for number, (before, share) in enumerate(zip([0.0, *shares], shares, strict=False)):
        done = Trial(WAYS[number % 2 * 2], share)
        broken_off(out, store, done, (share - before) * total, update=update)
        run.trials.append(done)
        print(f"{number + 1:>3}. {done}", file=sys.stderr, flush=True)
    arrived, ended = undisturbed(out, store, update=update)
    run.whole = time.perf_counter() - began
    good = ended and equal(store, found)
    for done in run.trials:
        done.arrived, done.equal = arrived, good
    return run


def measured(out: Path, store: Running, trials: int, seed: int, *, update: bool) -> Run:
    found = parts(out)
    run = Run(graphs=len(found), triples=sum(part.triples for part in found))
    proxy = Proxy(store.query)
    for name in ("whole", "again"):
        began = time.perf_counter()
        process = publisher(out, store, proxy.address, update=update)
        process.communicate()
        if process.returncode:
            raise SystemExit("the publish that nothing disturbs failed")
        setattr(run, name, time.perf_counter() - began)
        run.bytes = run.bytes or proxy.sent
    proxy.close()
    chance = random.Random(seed)
    for number in range(trials):
        done = Trial(WAYS[number % len(WAYS)], chance.random())
        trial(out, store, done, done.share * run.bytes, update=update)
        run.trials.append(done)
        print(f"{number + 1:>3}. {done}", file=sys.stderr, flush=True)
    return run


def main() -> None:
    if sys.argv[1:2] == ["--publisher"]:
        publish(*sys.argv[2:6], Credentials(sys.argv[6], os.environ["PASSWORD"]))
        return
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("out", type=Path, help="the folder that build wrote")
    parser.add_argument("--trials", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--virtuoso", action="store_true", help="a Virtuoso 7 instead of Oxigraph")
    parser.add_argument("--update", action="store_true", help="by SPARQL updates instead of the Graph Store Protocol")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--in-a-row", action="store_true", help="one publish broken off so often, not one each time")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="inspection-graph-") as folder:
        start = virtuoso if given.virtuoso else oxigraph
        with start(Path(folder)) as store:
            tried = in_a_row if given.in_a_row else measured
            run = tried(given.out, store, given.trials, given.seed, update=given.update)
    good = sum(done.equal for done in run.trials)
    if given.json:
        print(json.dumps(run, default=vars, indent=1))
    else:
        print(f"{run.graphs} graphs, {run.triples:,} triples, {run.bytes:,} bytes sent")
        again = "" if given.in_a_row else f"; again, with nothing to send, {run.again:.1f} s"
        print(f"a whole publish {run.whole:.1f} s{again}")
        print(f"broken off: {sum(d.broke for d in run.trials)} of {len(run.trials)}")
        print(f"equal in the end: {good} of {len(run.trials)}")
    sys.exit(good < len(run.trials))


if __name__ == "__main__":
    main()
