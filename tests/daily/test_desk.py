"""It arrives, once, on time, or says why not."""

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from briefing.errors import BriefingError
from tests.daily import office
from tests.daily.office import SLOT, Clock, Journal, configuration, desk, editions, mail_server


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

    def failing_once(profile: Any, edition: str, previous: Any) -> Any:
        tries.append(edition)
        if len(tries) == 1:
            raise BriefingError("the articles' folder is not there")
        return office.make(profile, edition, previous)

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
    office_desk.make = lambda profile, edition, previous: (big[0], {"pdf": random.Random(1).randbytes(200_000)})
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
        office_desk = desk(config, clock=clock, make=lambda *given: office.make(*given, stories=0))
        office_desk.tick()
        clock.now = SLOT
        office_desk.tick()
        assert server.taken == []
    assert office_desk.ledger.runs()[0].state == "empty"


@pytest.mark.slow
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
    days = (clock.now - SLOT).days + 1  # the last sleep may end on the morning after the year
    assert made == days >= 365
    assert len(set(editions(tmp_path))) == days
    assert max(late) <= 60
