"""APScheduler as the clock behind one function; the ledger, not the clock, keeps the promise."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from types import FrameType

PULSE = 20  # seconds between two looks at the ledger; after a suspend the next look comes within one pulse
GRACE = 60.0  # seconds that a run may take to end after SIGTERM before its lease is handed back


def run_forever(tick: Callable[[], object], *, hand_back: Callable[[], None], pulse: int = PULSE) -> None:
    """Call `tick` every `pulse` seconds until SIGTERM or SIGINT; a tick under way is finished or handed back.

    Missed pulses are one pulse: what is due is in the ledger, so nothing is lost and nothing made twice.
    """
    from apscheduler.schedulers.blocking import BlockingScheduler

    scheduler = BlockingScheduler(timezone="UTC")
    scheduler.add_job(
        tick, "interval", seconds=pulse, coalesce=True, max_instances=1, misfire_grace_time=None, next_run_time=_now()
    )

    def stop(number: int, frame: FrameType | None) -> None:
        timer = threading.Timer(GRACE, _give_up, (hand_back,))
        timer.daemon = True
        timer.start()
        threading.Thread(target=scheduler.shutdown, kwargs={"wait": True}, name="shutdown").start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    scheduler.start()


def _give_up(hand_back: Callable[[], None]) -> None:
    hand_back()
    os._exit(0)


def _now() -> object:
    from briefing.daily import utc_now

    return utc_now()
