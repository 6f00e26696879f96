"""Damaged documents without end: mutations of the samples under every extension, each read within bounds.

    nice -n 19 python -m benchmarks.fuzz --minutes 60 --seed 1 --out finds

What raises anything but an error of the loaders, or takes too long or too much, is kept in `--out` under the number by
which `--only` makes it again. The same seed gives the same documents.
"""

from __future__ import annotations

import argparse
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from types import FrameType

import ontology
from loaders.errors import LoaderError
from loaders.reading.source import SUFFIXES, open_document
from loaders.understand import understand

SAMPLES = Path(__file__).parents[1] / "tests" / "samples"
SECONDS = 30
MEMORY = 3 * 2**30
BATCH = 200
INTERESTING = (
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\f", b"\t" * 40, b"\r", b"(" * 200, b"<div>" * 300, b"&#x110000;"),
    *(b"\n1.\n\n", b"-" * 300, b"\xe2\x80\xae", b"31 February 2020", b"99999999999999999999", b"\n| | |\n"),
    *(b"%PDF-1.7\n", b"PK\x03\x04", b"1 0 obj<</Kids[1 0 R]>>", b'="', b'"' * 99, b"Dear ", b"Recommendations:\n"),
    b"within " * 50,
)


class TooSlow(Exception):
    """A document took longer than it may."""


def seeds() -> list[Path]:
    """The sample documents."""
    return sorted(path for path in SAMPLES.rglob("*") if path.suffix in SUFFIXES)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes after one to six changes; those of a zip are changed inside its members half of the time."""
    if data[:2] == b"PK" and zipfile.is_zipfile(BytesIO(data)) and chance.random() < 0.5:
        return _in_zip(data, chance)
    data = data or b"\n"
    changes = (_flipped, _cut, _doubled, _inserted, _shuffled_lines, _truncated, _glued)
    for _ in range(chance.randint(1, 6)):
        data = chance.choice(changes)(data, chance) or b"\n"
    return data[: 4 * 2**20]


def _span(data: bytes, chance: random.Random, most: int) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.randint(1, most))


def _flipped(data: bytes, chance: random.Random) -> bytes:
    held = bytearray(data)
    for _ in range(chance.choice((1, 4, 40))):
        held[chance.randrange(len(held))] = chance.randrange(256)
    return bytes(held)


def _cut(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance, chance.choice((3, 80, 4000)))
    return data[:start] + data[end:]


def _doubled(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance, chance.choice((20, 400, 4000)))
    return data[:start] + data[start:end] * chance.choice((2, 9, 60)) + data[end:]


def _inserted(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + chance.choice(INTERESTING) * chance.choice((1, 3, 50)) + data[start:]


def _shuffled_lines(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    start = chance.randrange(len(lines))
    part = lines[start : start + 30]
    chance.shuffle(part)
    return b"\n".join([*lines[:start], *part, *lines[start + 30 :]])


def _truncated(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _glued(data: bytes, chance: random.Random) -> bytes:
    sign = chance.choice((b"\n", b" ", b".", b"\t", b"\n\n"))
    return data.replace(sign, chance.choice((b"", b" ", b"\n", b"\t", sign * 3)), chance.choice((-1, 20)))


def _in_zip(data: bytes, chance: random.Random) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as held, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = held.namelist()
        victim = chance.choice(names)
        for name in names:
            words = held.read(name)
            if name != victim or chance.random() < 0.9:
                new.writestr(name, mutated(words, chance) if name == victim and words else words)
    return out.getvalue()


def document(seed: int, number: int, whole: list[Path]) -> tuple[str, bytes]:
    """The name and the bytes of a document by its number."""
    chance = random.Random(f"{seed}-{number}")
    path = chance.choice(whole)
    suffix = path.suffix if chance.random() < 0.8 else chance.choice(sorted(SUFFIXES))
    return f"{number}{suffix}", mutated(path.read_bytes(), chance)


@contextmanager
def in_time(seconds: float) -> Iterator[None]:
    """Raise TooSlow in what takes more of the processor's time."""

    def stop(*_: int | FrameType | None) -> None:
        raise TooSlow

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def fault(path: Path, vocabulary: ontology.Vocabulary) -> str | None:
    """What goes wrong in reading a document, other than a clear error: the last line of a traceback with its place."""
    try:
        with in_time(SECONDS):
            source, text = open_document(path)
            report = understand(source, text, vocabulary)
            assert all(text.content[s.start : s.end] for one in report.findings for s in one.spans), "an empty passage"
    except LoaderError:
        return None
    except BaseException as error:  # whatever it is, it is a find
        at = traceback.extract_tb(error.__traceback__)[-2 if isinstance(error, TooSlow) else -1]
        return f"{type(error).__name__}: {error} ({Path(at.filename).name}:{at.lineno})"
    return None


def batch(seed: int, first: int, count: int, out: Path) -> int:
    """Read `count` documents in bounded memory; the number of finds, each kept in `out`."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    vocabulary, whole, found = ontology.load(), seeds(), 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, first + count):
            name, data = document(seed, number, whole)
            path = Path(folder) / name
            path.write_bytes(data)
            (out / "running").write_text(f"{seed} {number}\n")
            begun = time.process_time()
            what = fault(path, vocabulary)
            if what is None and time.process_time() - begun > SECONDS / 3:
                what = f"slow: {time.process_time() - begun:.0f} s"
            if what:
                found += 1
                (out / f"{seed}-{name}").write_bytes(data)
                with (out / "finds.txt").open("a") as log:
                    log.write(f"{seed}-{name}\t{what}\n")
            path.unlink()
    return found


def _apart(run: Callable[..., int], *args: object) -> int:
    """The same in a process of its own: 1 where it dies."""
    process = get_context("spawn").Process(target=run, args=args)
    process.start()
    process.join()
    return abs(process.exitcode or 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("finds"))
    parser.add_argument("--only", type=int, help="make this document again and say what goes wrong")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    if args.only is not None:
        sys.exit(batch(args.seed, args.only, 1, args.out))
    until, number = time.monotonic() + 60 * args.minutes, 0
    while time.monotonic() < until:
        if _apart(batch, args.seed, number, BATCH, args.out):
            with (args.out / "finds.txt").open("a") as log:
                log.write(f"died\t{(args.out / 'running').read_text()}")
        number += BATCH
        log = args.out / "finds.txt"
        finds = len(log.read_text().splitlines()) if log.exists() else 0
        print(f"{number} documents, {finds} finds", flush=True)


if __name__ == "__main__":
    main()
