"""How long a service is waited for, and how often it is asked again."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from graph.remote.errors import Notice, Passing

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often, in seconds and in all.

    `timeout` is of silence, `whole` from the first byte of an answer to the last; `pause` comes before the first repeat
    and is doubled each time, some of it left to chance, up to `longest`; `tries` counts the first one too.
    """

    timeout: float = 60.0
    whole: float = 3600.0
    tries: int = 4
    pause: float = 0.5
    longest: float = 30.0
    sleep: Callable[[float], None] = time.sleep


def persistently(attempt: Callable[[], Answer], patience: Patience, notice: Notice) -> Answer:
    """What `attempt` returns, asked again while it fails with Passing; the last failure where all fail."""
    pause = patience.pause
    for turn in range(2, patience.tries + 1):
        try:
            return attempt()
        except Passing as failure:
            if (failure.after or 0.0) > patience.longest:
                raise
            wait = failure.after if failure.after is not None else pause * random.uniform(0.5, 1.0)
            notice(f"{failure}; asked again ({turn} of {patience.tries}) in {wait:.1f} s")
        patience.sleep(wait)
        pause = min(2 * pause, patience.longest)
    return attempt()
