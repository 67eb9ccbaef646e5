"""A lease held while work goes on, by a thread with a connection of its own."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from briefing.errors import BriefingError
from briefing.store.database import Database

__all__ = ["held"]


@contextmanager
def held(database: Database, renew: Callable[[Database], bool], *, every: float) -> Iterator[None]:
    """Call `renew` every so many seconds until it gives False or the work within is done.

    Where the store cannot be reached, the lease runs out: the work's own last transaction finds that out.
    """
    done = threading.Event()

    def keep() -> None:
        if done.wait(every):
            return
        with suppress(BriefingError, sqlite3.Error):
            other = Database(database.path)
            try:
                while renew(other) and not done.wait(every):
                    pass
            finally:
                other.close()

    thread = threading.Thread(target=keep, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
