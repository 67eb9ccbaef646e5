"""The daemon as a process: it stops when told, hands back what is under way, and reads its configuration anew."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest

from briefing.schedule import Service
from briefing.store import Database, Ledger
from tests.daily.office import Clock, Journal, configuration, desk, editions, store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGTERM")
ARTICLE = "The council of Varnholm met on Tuesday.\n\n“We will repair the bridge,” said Mayor Ingrid Halloran.\n"

# The daemon with a press that takes as long as the test wants: what is tested is the keeping of the promise.
DAEMON = """
import sys, time
from functools import partial
from pathlib import Path
from briefing.daily import Desk
from briefing.progress import Teller
from briefing.schedule import Service, run_forever
from briefing.store import Database
from tests.daily.office import make

path, seconds, grace = Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
tell = Teller(quiet=False, verbose=False)

def slow(profile, edition, previous):
    time.sleep(seconds)
    while (path.parent / "wait").exists():
        time.sleep(0.05)
    return make(profile, edition, previous)

def opened(config):
    return Desk(config, Database(config.path(config.store)), make=slow, log=tell.event)

services = [Service(path, opened, log=tell.event) for _ in range(2)]
run_forever([(services[0], services[0].make), (services[1], services[1].send)], pulse=0.2, grace=grace)
"""


@pytest.fixture
def start(tmp_path: Path, root: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts daemons on the configuration of `tmp_path`; ends those that still run."""
    running: list[subprocess.Popen[str]] = []

    def started(*, seconds: float = 0.0, grace: float = 30.0) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", DAEMON, str(tmp_path / "briefing.toml"), str(seconds), str(grace)]
        daemon = subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True)
        running.append(daemon)
        return daemon

    yield started
    for daemon in running:
        daemon.kill()
        daemon.communicate()


def write_configuration(folder: Path, **profile: object) -> None:
    lines = [f"{key} = {json.dumps(value)}" for key, value in profile.items()]
    (folder / "briefing.toml").write_text(
        "\n".join(['health = "health.json"', "[profiles.morning]", 'inputs = ["articles"]', *lines]) + "\n"
    )


def due_now(folder: Path) -> None:
    """A configuration whose slot of a minute ago was missed."""
    slot = datetime.now(UTC) - timedelta(minutes=1)
    write_configuration(folder, schedule=[f"daily {slot:%H:%M} UTC"])
    Ledger(store(folder / "briefing.sqlite")).since("morning", slot - timedelta(hours=2))


def until(condition: Callable[[], bool], what: str) -> None:
    end = monotonic() + 60
    while not condition():
        assert monotonic() < end, f"waited in vain until {what}"
        sleep(0.05)


def states(folder: Path) -> list[str]:
    database = Database(folder / "briefing.sqlite")
    found = [run.state for run in Ledger(database).runs()]
    database.close()
    return found


def test_sigterm_lets_a_run_end_when_it_ends_in_time(
    tmp_path: Path, start: Callable[..., subprocess.Popen[str]]
) -> None:
    due_now(tmp_path)
    daemon = start(seconds=1.0)
    until(lambda: states(tmp_path) == ["running"], "the run has begun")
    daemon.send_signal(signal.SIGTERM)
    assert daemon.wait(timeout=60) == 0
    assert states(tmp_path) == ["made"]


def test_sigterm_hands_back_a_run_that_takes_longer_and_another_process_makes_it_at_once(
    tmp_path: Path, start: Callable[..., subprocess.Popen[str]]
) -> None:
    due_now(tmp_path)
    daemon = start(seconds=1000.0, grace=0.2)
    until(lambda: states(tmp_path) == ["running"], "the run has begun")
    daemon.send_signal(signal.SIGTERM)
    assert daemon.wait(timeout=60) == 0
    assert states(tmp_path) == ["handed-back"]
    start()
    until(lambda: states(tmp_path) == ["made"], "the edition is made")
    assert len(editions(tmp_path)) == 1


@pytest.mark.slow
def test_two_daemons_and_a_hand_run_tick_make_one_edition(
    tmp_path: Path, start: Callable[..., subprocess.Popen[str]]
) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text(ARTICLE)
    due_now(tmp_path)
    (tmp_path / "wait").touch()
    start()
    start()
    until(lambda: states(tmp_path) == ["running"], "one of them has begun")
    for arguments in ([], ["--now"]):
        command = [sys.executable, "-m", "briefing", "tick", "-c", str(tmp_path / "briefing.toml"), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
    (tmp_path / "wait").unlink()
    until(lambda: states(tmp_path) == ["made"], "the edition is made")
    folder = tmp_path / "output" / editions(tmp_path)[0]
    until((folder / "brief.json").exists, "it is written")
    sleep(1.0)
    assert len(editions(tmp_path)) == 1
    assert len(list((tmp_path / "output").iterdir())) == 1


def test_a_changed_configuration_is_taken_up_and_a_broken_one_is_not(tmp_path: Path) -> None:
    write_configuration(tmp_path)
    journal, clock = Journal(), Clock()
    service = Service(
        tmp_path / "briefing.toml",
        lambda config: desk(config, clock=clock, log=journal),
        log=journal,
    )
    service.make()
    write_configuration(tmp_path, schedule=["daily 05:10 UTC"])
    service.make()
    (tmp_path / "briefing.toml").write_text("[profiles.morning\n")
    service.make()
    service.make()
    clock.forward(minutes=11)
    service.make()
    assert editions(tmp_path) == ["2026-03-02"]
    (tmp_path / "briefing.toml").unlink()
    service.make()
    assert journal.names() == [
        "configuration read anew",
        "configuration is broken, the old one stays",
        "begin",
        "made",
        "configuration not read",
    ]
    broken = next(what for name, what in journal.events if "broken" in name)
    assert "not TOML" in broken["error"]


def test_a_monitor_reads_how_things_stand(tmp_path: Path) -> None:
    write_configuration(tmp_path, schedule=["daily 05:10 UTC"])
    clock = Clock()
    service = Service(
        tmp_path / "briefing.toml", lambda config: desk(config, clock=clock, log=Journal()), log=Journal()
    )
    service.make()
    health = json.loads((tmp_path / "health.json").read_text())
    assert health["ok"]
    assert health["profiles"][0]["next"] == "2026-03-02T05:10:00+00:00"
    service.desk.make = lambda *given: 1 / 0  # type: ignore[assignment,return-value]
    clock.forward(minutes=11)
    service.make()
    health = json.loads((tmp_path / "health.json").read_text())
    assert not health["ok"]
    assert "ZeroDivisionError" in health["problems"][0]


def test_a_pulse_survives_whatever_happens(tmp_path: Path) -> None:
    write_configuration(tmp_path, schedule=["daily 05:10 UTC"])
    journal = Journal()
    service = Service(tmp_path / "briefing.toml", lambda config: desk(config, clock=Clock(), log=journal), log=journal)
    service.desk.database.close()
    service.make()
    assert journal.names() == ["pulse failed"]


def test_who_was_told_to_stop_begins_nothing_more(tmp_path: Path) -> None:
    clock = Clock()
    here = desk(configuration(tmp_path), clock=clock)
    here.tick()
    clock.forward(hours=1)
    here.stop.set()
    assert here.tick() == 0
    assert here.ledger.runs() == ()


def test_the_real_daemon_starts_and_stops(tmp_path: Path) -> None:
    write_configuration(tmp_path)
    command = [sys.executable, "-m", "briefing", "run", "-c", str(tmp_path / "briefing.toml"), "--pulse", "0.2"]
    daemon = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    until((tmp_path / "health.json").exists, "it has looked at the schedule")
    daemon.send_signal(signal.SIGTERM)
    _, told = daemon.communicate(timeout=60)
    assert daemon.returncode == 0
    assert [json.loads(line)["event"] for line in told.splitlines()] == ["started", "stopped"]
