"""APScheduler as the clock; the ledger, not the clock, keeps the promise."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from briefing.config import Config, load_config
from briefing.daily import Desk, Log, utc_now
from briefing.errors import BriefingError
from briefing.standing import write_health

if TYPE_CHECKING:
    from apscheduler.schedulers.base import BaseScheduler

PULSE = 20.0  # seconds between two looks at the ledger; after a suspend the next look comes within one pulse
GRACE = 60.0  # seconds that a run may take to end after SIGTERM before its lease is handed back

__all__ = ["GRACE", "PULSE", "Service", "add_pulses", "run_forever"]

Open = Callable[[Config], Desk]


class Service:
    """The desk of a daemon: opened anew when the configuration changes; while it is broken, the old one stays."""

    def __init__(self, path: Path, open: Open, *, log: Log) -> None:
        self.path, self.open, self.log = path, open, log
        self.text = path.read_bytes() if path.exists() else b""
        self.desk = open(load_config(path))

    def make(self) -> None:
        """Make what is due, and say for monitors how things stand."""
        self._pulse(self._make)

    def send(self) -> None:
        """Send what waits."""
        self._pulse(lambda desk: desk.send())

    def _make(self, desk: Desk) -> None:
        desk.publish_all(desk.due())
        desk.sweep()
        write_health(desk.config, desk.database, desk.clock())

    def _pulse(self, work: Callable[[Desk], object]) -> None:
        """Work that survives: what goes wrong outside of a run is logged, and the next pulse tries again."""
        try:
            self._reload()
            work(self.desk)
        except Exception as error:
            self.log("pulse failed", error=f"{type(error).__name__}: {error}")

    def _reload(self) -> None:
        try:
            text = self.path.read_bytes()
        except OSError as error:  # an editor may be writing it anew at this moment
            self.log("configuration not read", error=str(error))
            return
        if text == self.text:
            return
        self.text = text
        try:
            desk = self.open(load_config(self.path))
        except BriefingError as error:
            self.log("configuration is broken, the old one stays", error=str(error))
            return
        old, self.desk = self.desk, desk
        desk.stop = old.stop
        old.database.close()
        self.log("configuration read anew", path=str(self.path))


def run_forever(services: Sequence[tuple[Service, Callable[[], None]]], *, pulse: float, grace: float) -> None:
    """Call the work of each service every `pulse` seconds until SIGTERM or SIGINT, each in a thread of its own.

    What is under way then may take `grace` seconds to end; after that, or at a second signal, it is handed back.
    """
    from apscheduler.schedulers.background import BackgroundScheduler

    scheduler = BackgroundScheduler(timezone="UTC")
    add_pulses(scheduler, [work for _, work in services], pulse=pulse)
    stopping = threading.Event()

    def give_up() -> None:
        for service, _ in services:
            service.desk.hand_back()
        os._exit(0)

    def stop(number: int, frame: FrameType | None) -> None:
        if stopping.is_set():
            give_up()
        for service, _ in services:
            service.desk.stop.set()
        timer = threading.Timer(grace, give_up)
        timer.daemon = True
        timer.start()
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    scheduler.start()
    while not stopping.wait(pulse):
        catch_up(scheduler, pulse=pulse)
    scheduler.shutdown(wait=True)


def add_pulses(scheduler: BaseScheduler, works: Sequence[Callable[[], Any]], *, pulse: float) -> None:
    """Jobs that run at once and then every `pulse` seconds, one at a time; many missed pulses are one."""
    for work in works:
        scheduler.add_job(
            work,
            "interval",
            seconds=pulse,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            next_run_time=utc_now(),
        )


def catch_up(scheduler: BaseScheduler, *, pulse: float) -> None:
    """Bring pulses forward that a clock set back has moved hours away."""
    now = utc_now()
    for job in scheduler.get_jobs():
        if job.next_run_time and job.next_run_time > now + timedelta(seconds=2 * pulse):
            job.modify(next_run_time=now)
