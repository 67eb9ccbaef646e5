"""A renderer in a process of its own, stopped at caps of time and memory: what will not end costs one format."""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from briefing.errors import BriefingError

SECONDS = 600  # of processor time; 150 pages take 40
MEMORY = 2 << 30  # bytes beyond what the process holds already; 150 pages take 0.3e9
PATIENCE = 3  # times the processor time that may pass on the clock: others want the processor, too


def within_caps(work: Callable[[], bytes], *, seconds: int = SECONDS, memory: int = MEMORY) -> bytes:
    """What `work` returns or raises, from a child process with caps; `BriefingError` where it reaches one.

    A process with one thread forks, which costs milliseconds; one with more starts a fresh interpreter, and then `work`
    must be picklable. Where children cannot be had, or have no caps (Windows), `work` runs here without any.
    """
    context = _context()
    if context is None:
        return work()
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_answer, args=(there, work, seconds, memory), daemon=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads of C libraries; the child uses none of them
        child.start()
    there.close()
    try:
        answer = here.recv() if here.poll(seconds * PATIENCE) else None
    except EOFError:
        answer = None  # the system ended it
    finally:
        child.kill()
        child.join()
        here.close()
    if isinstance(answer, Exception):
        raise answer
    if not isinstance(answer, bytes):
        raise BriefingError(f"stopped: it took more than {seconds} s or {memory >> 20} MB")
    return answer


def _context() -> Any:
    """How children are made here; None where they cannot be made or capped."""
    if "fork" not in multiprocessing.get_all_start_methods() or multiprocessing.current_process().daemon:
        return None
    return multiprocessing.get_context("fork" if threading.active_count() == 1 else "spawn")


def _answer(there: Connection, work: Callable[[], bytes], seconds: int, memory: int) -> None:
    answer: bytes | Exception
    _cap(seconds, memory)
    try:
        answer = work()
    except MemoryError:
        return  # the parent says so
    except BriefingError as error:
        answer = error
    except Exception as error:  # whatever a library trips over; its own class may not survive the way
        answer = BriefingError(f"{type(error).__name__}: {error}")
    there.send(answer)


def _cap(seconds: int, memory: int) -> None:
    import resource  # not on Windows

    with contextlib.suppress(OSError, ValueError):  # a system that cannot, or a cap that is lower already
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    with contextlib.suppress(OSError, ValueError):
        held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + memory, held + memory))
