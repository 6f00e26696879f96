"""Processes that read documents: one that dies costs no document but the one that it died of."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from graph.building.work import Done, Task, failed, fault, work


@contextmanager
def processes(workers: int | None, tasks: int) -> Iterator[Executor | None]:
    """A pool of processes for so many tasks, one for each core by default; None where this process itself will do."""
    count = min(workers or os.cpu_count() or 1, tasks)
    if count <= 1:
        yield None
        return
    with _pool(count) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(cancel_futures=True)  # who breaks off should not have to wait for what is still to do
            raise


def _pool(count: int) -> ProcessPoolExecutor:
    """Processes and not threads, since PDFium is not safe in those; forked from a server that has no threads."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["graph.building.work"])
    # each process has a core to itself: threads of the numerical library would only take it from the others
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    return ProcessPoolExecutor(count, mp_context=context)


def results(tasks: list[Task], pool: Executor | None) -> Iterator[tuple[Task, Done]]:
    """What became of each task, as they are done; a process that dies costs no other document."""
    if pool is None:
        for task in tasks:
            yield task, work(task)
        return
    waiting: dict[Future[Done], Task] = {}
    lost: list[Task] = []
    for task in tasks:
        try:
            waiting[pool.submit(work, task)] = task
        except BrokenProcessPool:
            lost.append(task)
    for future in as_completed(list(waiting)):
        task = waiting.pop(future)
        try:
            yield task, future.result()
        except BrokenProcessPool:
            lost.append(task)
    for task in sorted(lost, key=lambda task: task.sha256):
        yield task, _alone(task)


def _alone(task: Task) -> Done:
    """The task in a process of its own, which may die of it."""
    try:
        with _pool(1) as pool:
            return pool.submit(work, task).result()
    except BrokenProcessPool as error:
        return failed(task, fault(error, task.name, task.sha256))
