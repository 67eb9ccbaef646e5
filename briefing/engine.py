"""Where the per-item stages run: this process, a process pool, or a Dask cluster; the brief is the same."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from briefing.errors import InputError, MissingDependency

if TYPE_CHECKING:
    from briefing.mapping import Map

PARALLEL = 40  # items; below it, starting processes that load the language model costs more than it saves
CHUNKS = 4  # pieces of work for each process: the last one idle waits for a quarter of its share at the most
LARGEST_CHUNK = 16  # items; the progress bar moves at least this often

__all__ = ["engine"]


@contextmanager
def engine(name: str | None = None, *, jobs: int | None = None) -> Iterator[Map]:
    """An order-preserving `map`: the builtin for few items, a pool of `jobs` processes for many, or a cluster.

    Without `jobs` all processors are used, and the pool is started when there are first more than PARALLEL items.
    `name` is None, "dask" (a cluster of `jobs` processes on this machine) or "dask://HOST:PORT" (its scheduler).
    Raises `InputError` for another name and `MissingDependency` where Dask is absent.
    """
    if name is not None:
        with _cluster(name, jobs) as found:
            yield found
        return
    count = jobs or os.cpu_count() or 1
    with ExitStack() as pools:
        yield _adaptive(pools, count, few=0 if jobs else PARALLEL)


def _adaptive(pools: ExitStack, count: int, *, few: int) -> Map:
    started: list[ProcessPoolExecutor] = []

    def adaptive(function: Callable[[Any], Any], items: Sequence[Any], /) -> Iterable[Any]:
        if count == 1 or len(items) <= few:
            return map(function, items)
        if not started:
            started.append(pools.enter_context(ProcessPoolExecutor(count)))
        return started[0].map(function, items, chunksize=max(1, min(LARGEST_CHUNK, len(items) // (CHUNKS * count))))

    return adaptive


@contextmanager
def _cluster(name: str, jobs: int | None) -> Iterator[Map]:
    kind, _, address = name.partition("://")
    if kind != "dask":
        raise InputError(f"no engine named {name!r}; known: dask, dask://HOST:PORT")
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise MissingDependency("--engine dask needs an extra: pip install 'briefing[dask]'") from None
    if address:
        with distributed.Client(f"tcp://{address}", timeout="10s") as client:
            yield _spread(client)
        return
    workers = jobs or os.cpu_count() or 1
    with (
        distributed.LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield _spread(client)


def _spread(client: Any) -> Map:
    """`map` over a cluster: what a function carries goes to each worker once, not once an item."""

    def spread(function: Callable[[Any], Any], items: Sequence[Any], /) -> Iterator[Any]:
        carried = client.scatter(function, broadcast=True, hash=False)
        futures = client.map(_apply, list(items), function=carried, pure=False)
        for future in futures:
            yield future.result()

    return spread


def _apply(item: Any, function: Callable[[Any], Any]) -> Any:
    return function(item)
