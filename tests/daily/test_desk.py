"""It arrives, once, on time, or says why not."""

import os
import random
import signal
import smtplib
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from briefing.errors import BriefingError
from briefing.store import Database
from briefing.store.ledger import LEASE
from tests.daily import office
from tests.daily.office import SLOT, Clock, Journal, configuration, desk, mail_server


def editions(folder: Path) -> list[str]:
    database = Database(folder / "briefing.sqlite")
    found = [row[0] for row in database.connection.execute("select edition from editions order by slot")]
    database.close()
    return found


def test_nothing_is_made_before_the_slot_and_one_edition_after_it(tmp_path: Path) -> None:
    clock = Clock()
    office_desk = desk(configuration(tmp_path), clock=clock)
    assert office_desk.tick() == 0
    clock.now = SLOT
    assert office_desk.tick() == 1
    assert office_desk.tick() == 0
    assert editions(tmp_path) == ["2026-03-02"]
    assert (tmp_path / "output" / "2026-03-02" / "brief.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "output" / "2026-03-02" / "articles.jsonl").exists()


def test_after_three_missed_days_one_edition_is_made_dated_by_its_slot(tmp_path: Path) -> None:
    clock = Clock()
    desk(configuration(tmp_path), clock=clock).tick()
    clock.forward(days=3, hours=7)
    assert desk(configuration(tmp_path), clock=clock).tick() == 1
    assert editions(tmp_path) == ["2026-03-05"]


def test_two_slots_a_day_are_two_editions(tmp_path: Path) -> None:
    clock = Clock()
    config = configuration(tmp_path, schedule=("daily 06:30,17:00 Europe/Berlin",))
    for hours in (0, 2, 9):
        clock.forward(hours=hours)
        desk(config, clock=clock).tick()
    assert editions(tmp_path) == ["2026-03-02T0630", "2026-03-02T1700"]


def test_two_desks_make_an_edition_once(tmp_path: Path) -> None:
    clock = Clock()
    one, two = desk(configuration(tmp_path), clock=clock), desk(configuration(tmp_path), clock=clock)
    one.tick()
    clock.now = SLOT
    due_one, due_two = one.due(), two.due()
    assert [one.publish(due) for due in due_one] == [True]
    assert [two.publish(due) for due in due_two] == [False]


def test_a_clock_that_jumps_back_makes_nothing_twice(tmp_path: Path) -> None:
    clock = Clock()
    office_desk = desk(configuration(tmp_path), clock=clock)
    office_desk.tick()
    clock.now = SLOT + timedelta(minutes=1)
    office_desk.tick()
    clock.forward(hours=-3)
    assert office_desk.tick() == 0
    clock.forward(hours=4)
    assert office_desk.tick() == 0
    assert editions(tmp_path) == ["2026-03-02"]


def test_a_failed_run_is_told_to_the_operator_and_tried_again(tmp_path: Path) -> None:
    tries: list[str] = []

    def failing_once(profile: Any, edition: str) -> Any:
        tries.append(edition)
        if len(tries) == 1:
            raise BriefingError("the articles' folder is not there")
        return office.make(profile, edition)

    clock, journal = Clock(), Journal()
    with mail_server() as server:
        config = configuration(tmp_path, port=server.port)
        assert config.mail is not None
        config = replace(config, mail=replace(config.mail, operator="ops@example.org"))
        office_desk = desk(config, clock=clock, make=failing_once, log=journal)
        office_desk.tick()
        clock.now = SLOT
        assert office_desk.tick() == 0
        assert [address for address, _ in server.taken] == ["ops@example.org"]
        assert b"the articles' folder is not there" in server.taken[0][1]
        clock.forward(minutes=2)
        assert office_desk.tick() == 1
    assert "failed" in journal.names()
    assert editions(tmp_path) == ["2026-03-02"]


def test_a_read_only_output_folder_is_said_and_the_edition_comes_when_it_can(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("a file where the folder should be")
    clock, journal = Clock(), Journal()
    office_desk = desk(configuration(tmp_path), clock=clock, log=journal)
    office_desk.tick()
    clock.now = SLOT
    assert office_desk.tick() == 1
    notes = [what["note"] for name, what in journal.events if name == "waiting"]
    assert notes
    assert "output" in notes[0]
    (tmp_path / "output").unlink()
    clock.forward(minutes=5)
    office_desk.tick()
    assert (tmp_path / "output" / "2026-03-02" / "brief.json").exists()


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    clock, journal = Clock(), Journal()
    office_desk = desk(configuration(tmp_path), clock=clock, log=journal)
    office_desk.tick()
    clock.now = SLOT
    pages = office_desk.database.connection.execute("pragma page_count").fetchone()[0]
    office_desk.database.connection.execute(f"pragma max_page_count = {pages}")
    big = office.make(office_desk.config.profiles[0], "2026-03-02")
    office_desk.make = lambda profile, edition: (big[0], {"pdf": random.Random(1).randbytes(200_000)})
    assert office_desk.tick() == 0
    assert "database or disk is full" in next(what["error"] for name, what in journal.events if name == "failed")
    office_desk.database.connection.execute("pragma max_page_count = 1000000")
    clock.forward(minutes=10)
    assert office_desk.tick() == 1
    assert editions(tmp_path) == ["2026-03-02"]


def test_without_news_a_quiet_profile_sends_nothing(tmp_path: Path) -> None:
    clock = Clock()
    with mail_server() as server:
        config = configuration(tmp_path, port=server.port, quiet=True)
        office_desk = desk(config, clock=clock, make=lambda profile, edition: office.make(profile, edition, stories=0))
        office_desk.tick()
        clock.now = SLOT
        office_desk.tick()
        assert server.taken == []
    assert office_desk.ledger.runs()[0].state == "empty"


def test_a_year_of_random_suspends_has_every_edition_within_a_minute_of_wake_up(tmp_path: Path) -> None:
    clock, chance, late = Clock(), random.Random(20260302), []
    office_desk = desk(configuration(tmp_path), clock=clock)
    office_desk.tick()
    end = clock.now + timedelta(days=365)
    made = 0
    while clock.now < end:
        asleep = timedelta(hours=chance.choice([0.25, 0.5, 1, 4, 14]) * chance.random())
        woke = clock.now + asleep
        clock.now = woke + timedelta(seconds=chance.uniform(0, 20))  # the pulse comes within its interval
        new = office_desk.tick()
        made += new
        if new:
            late.append((clock.now - max(woke, office_desk.ledger.runs(limit=1)[0].slot)).total_seconds())
    assert made == 365
    assert len(set(editions(tmp_path))) == 365
    assert max(late) <= 60


class Steps:
    """Counts the steps of a run that leave a trace outside the process, and kills the process at one of them."""

    def __init__(self, fatal: int) -> None:
        self.fatal, self.count = fatal, 0

    def step(self, *_: object) -> None:
        self.count += 1
        if self.count == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def stepping(*arguments: Any, **options: Any) -> Any:
            self.step()
            result = function(*arguments, **options)
            self.step()
            return result

        return stepping


def run_until_killed(folder: Path, port: int, fatal: int) -> int:
    """Run a tick in a process of its own that dies at step `fatal`; how many steps it took, 0 where it died."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        steps = Steps(fatal)
        os.replace = steps.around(os.replace)
        smtplib.SMTP.sendmail = steps.around(smtplib.SMTP.sendmail)  # type: ignore[method-assign]
        office_desk = desk(configuration(folder, port=port), clock=Clock(SLOT))
        office_desk.database.connection.set_trace_callback(steps.step)
        office_desk.tick()
        os.write(writer, str(steps.count).encode())
        os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    with os.fdopen(reader) as told:
        return int(told.read() or 0)


@pytest.fixture
def server() -> Iterator[office.Server]:
    with mail_server() as running:
        yield running


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_killed_at_any_step_exactly_one_edition_comes_and_every_message_with_one_set_of_bytes(
    tmp_path: Path, server: office.Server
) -> None:
    desk(configuration(tmp_path / "0"), clock=Clock()).tick()
    total = run_until_killed(tmp_path / "0", server.port, fatal=0)
    assert total > 20
    twice = 0
    for fatal in range(1, total + 1):
        folder = tmp_path / str(fatal)
        server.taken.clear()
        desk(configuration(folder), clock=Clock()).tick()
        assert run_until_killed(folder, server.port, fatal) == 0, "the process was to die"
        later = Clock(SLOT + timedelta(seconds=LEASE + 301))
        desk(configuration(folder, port=server.port), clock=later).tick()
        assert editions(folder) == ["2026-03-02"], f"step {fatal}"
        assert (folder / "output" / "2026-03-02" / "brief.pdf").exists(), f"step {fatal}"
        unique = server.unique()
        assert {address for address, _ in unique} == {"ann@example.org", "bob@example.org"}, f"step {fatal}"
        assert len(unique) == 2, f"step {fatal}: a second Message-ID for one edition and recipient"
        assert all(len(different) == 1 for different in unique.values()), f"step {fatal}: different bytes"
        twice += len(server.taken) - 2
    assert twice <= 4  # killed between the server's answer and the note of it: the server has the Message-ID to tell
