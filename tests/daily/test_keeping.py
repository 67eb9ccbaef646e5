"""What is kept, how editions are named, what profiles share, and what needs a person."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from briefing import run
from briefing.config import Config, Profile, parse_config
from briefing.doctor import examine
from briefing.model import Brief, Page
from briefing.run import Press
from briefing.slots import edition_name, minute_name
from briefing.standing import health_problem, standing
from briefing.store import Letter
from tests.daily import office
from tests.daily.office import ARTICLE, SLOT, Clock, Journal, configuration, desk, editions, mail_server


def test_what_is_older_than_the_configuration_wants_goes_and_what_is_in_use_stays(tmp_path: Path) -> None:
    clock = Clock()
    here = desk(replace(configuration(tmp_path), keep_days=10), clock=clock)
    here.tick()
    for _ in range(40):
        clock.forward(days=1)
        here.tick()
    kept = editions(tmp_path)
    assert len(kept) == 10
    assert kept[-1] == "2026-04-11"
    assert sorted(path.name for path in (tmp_path / "output").iterdir()) == kept
    assert len(here.ledger.runs(limit=100)) == 10
    assert here.archive.articles([office.fingerprint(ARTICLE.text)]) == (ARTICLE,)
    assert [hit.kind for hit in here.archive.search("varnholm")] == ["article"]
    assert len(here.archive.search("bridge closed", limit=100)) == 11
    assert len(here.outbox.letters(limit=100)) <= 31


def test_letters_leave_the_store_a_month_after_their_end_whatever_is_kept(tmp_path: Path) -> None:
    clock = Clock()
    here = desk(configuration(tmp_path), clock=clock)
    here.tick()
    for _ in range(60):
        clock.forward(days=1)
        here.tick()
    assert len(editions(tmp_path)) == 60
    assert len(here.outbox.letters(limit=100)) == 31


def test_an_edition_whose_name_is_taken_gets_its_minute(tmp_path: Path) -> None:
    clock = Clock(SLOT - timedelta(minutes=5))
    config = configuration(tmp_path)
    desk(config, clock=clock).tick()
    clock.forward(minutes=6)
    desk(config, clock=clock).tick()
    later = configuration(tmp_path, schedule=("daily 09:00 Europe/Berlin",))  # moved after this morning's edition
    clock.forward(hours=3)
    desk(later, clock=clock).tick()
    assert editions(tmp_path) == ["2026-03-02", "2026-03-02T0900"]


def test_both_hours_that_are_called_two_in_autumn_have_a_name() -> None:
    profile = Profile("hourly", (), schedule=("cron 30 * * * * Europe/Berlin",))
    slots = [datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)]
    names = [edition_name(profile, profile.schedules[0], slot) for slot in slots]
    assert names == ["2026-10-25T0230", "2026-10-25T0230+0100"]


def test_lines_in_different_zones_do_not_share_a_name() -> None:
    profile = Profile("p", (), schedule=("daily 06:30 Europe/Berlin", "daily 06:30 UTC"))
    slots = [SLOT, SLOT + timedelta(hours=1)]
    assert [minute_name(profile, slot) for slot in slots] == ["2026-03-02T0630", "2026-03-02T0730"]


def test_asked_for_an_edition_now_what_is_due_or_failed_comes_first(tmp_path: Path) -> None:
    clock = Clock()
    config = configuration(tmp_path)
    here = desk(config, clock=clock, make=lambda *_: 1 / 0)
    here.tick()
    assert here.now(config.profiles[0]).edition == "2026-03-02T0600"
    clock.now = SLOT + timedelta(minutes=7)
    assert here.now(config.profiles[0]).edition == "2026-03-02"
    here.tick()
    assert here.due() == ()  # it failed, and waits to be tried again
    assert here.now(config.profiles[0]).edition == "2026-03-02"


def test_the_brief_before_is_handed_on(tmp_path: Path) -> None:
    seen: list[Brief | None] = []

    def make(profile: Profile, edition: str, previous: Brief | None) -> Any:
        seen.append(previous)
        return office.make(profile, edition, previous)

    clock = Clock()
    here = desk(configuration(tmp_path), clock=clock, make=make)
    here.tick()
    clock.now = SLOT
    here.tick()
    clock.forward(days=1)
    here.tick()
    assert [brief and brief.edition for brief in seen] == [None, "2026-03-02"]


def test_what_several_due_profiles_read_is_collected_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    collected: list[str] = []

    def collect(inputs: Iterable[str], **_: Any) -> Iterable[Page]:
        for given in inputs:
            collected.append(Path(given).name)
            yield Page(given, f"{ARTICLE.text} It will stay so.", "text")

    monkeypatch.setattr(run, "collect", collect)
    profiles = tuple(
        Profile(name, inputs, formats=("json",)) for name, inputs in (("a", ("x", "y")), ("b", ("y",)), ("c", ("z",)))
    )
    press = Press(Config(profiles, folder=tmp_path))
    press.share(profiles)
    for profile in profiles:
        press.make(profile, "2026-03-02", None)
    assert collected == ["x", "y", "z"]
    press.share(())
    press.make(profiles[1], "2026-03-02", None)
    assert collected == ["x", "y", "z", "y"]


def test_a_profile_tells_only_the_sections_it_wants_in_its_own_look(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "The council of Varnholm met on Tuesday.\n\n“We will repair it,” said Mayor Ingrid Halloran on Monday.\n"
    )
    config = parse_config(
        '[profiles.p]\ninputs = ["a.txt"]\nformats = ["html"]\nsections = ["summary"]\nwords = 60\n'
        '[profiles.p.brand]\nname = "Varnholm Desk"\ncolour = "#004488"\n'
        '[profiles.p.watchlist]\nterms = ["Varnholm"]\n',
        folder=tmp_path,
    )
    made, files = Press(config).make(config.profiles[0], "2026-03-02", None)
    (story,) = made.brief.stories
    assert story.summary
    assert (story.quotes, story.people, story.positions) == ((), (), ())
    assert any("watchlist" in why for why in story.why)
    assert sorted(files) == ["html", "json"]
    assert b"Varnholm Desk" in files["html"]
    assert b"#004488" in files["html"]


@pytest.mark.parametrize(
    ("line", "speakers"),
    [
        ("", ["Ingrid Halloran", "Ingrid Halloran"]),
        ("strict = false", ["Ingrid Halloran"] * 2),
        ("strict = true", ["Ingrid Halloran"]),
    ],
)
def test_a_strict_profile_tells_only_what_the_source_names_outright(
    tmp_path: Path, line: str, speakers: list[str]
) -> None:
    (tmp_path / "a.txt").write_text(
        "“We will repair the harbour bridge,” Mayor Ingrid Halloran said on Monday.\n\n"
        "“The old pillars must go before the winter,” she said.\n"
    )
    config = parse_config(f'[profiles.p]\ninputs = ["a.txt"]\nformats = ["json"]\n{line}\n', folder=tmp_path)
    made, _ = Press(config).make(config.profiles[0], "2026-03-02", None)
    names = {entity.id: entity.name for entity in made.brief.entities}
    assert [names[quote.speaker or ""] for quote in made.brief.stories[0].quotes] == speakers


def test_standing_names_what_needs_a_person(tmp_path: Path) -> None:
    clock = Clock()
    with mail_server() as server:
        server.answers["ann@example.org"] = ["550 no such user"]
        config = configuration(tmp_path, port=server.port)
        here = desk(config, clock=clock)
        here.tick()
        assert standing(config, here.database, clock.now).ok
        clock.now = SLOT + timedelta(minutes=16)
        (late,) = standing(config, here.database, clock.now).problems
        assert "the edition of 2026-03-02T05:30:00+00:00 was not begun" in late
        here.tick()
        (refused,) = standing(config, here.database, clock.now).problems
        assert refused == "morning: mail to ann@example.org refused: no such user"


def test_a_health_file_that_nobody_renews_is_a_problem(tmp_path: Path) -> None:
    config = replace(configuration(tmp_path), health="health.json")
    assert "no health file" in str(health_problem(config, SLOT))
    (tmp_path / "health.json").write_text(json.dumps({"at": SLOT.isoformat()}))
    assert health_problem(config, SLOT + timedelta(minutes=1)) is None
    assert "is `briefing run` or a timer running?" in str(health_problem(config, SLOT + timedelta(hours=1)))


def test_the_doctor_finds_what_is_wrong_and_says_the_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BRIEFING_TEST_HOOK", raising=False)
    with mail_server() as server:
        config = configuration(
            tmp_path, port=server.port, targets=(office.Target("webhook", None, "BRIEFING_TEST_HOOK"),)
        )
        found = {finding.what: finding for finding in examine(config, datetime.now(UTC))}
    for what in ("python", "language model", "clock", "store", "mail server 127.0.0.1", f"disk {tmp_path}"):
        assert found[what].state != "bad", found[what]
    assert found["webhook BRIEFING_TEST_HOOK"].note == "set the environment variable BRIEFING_TEST_HOOK"
    assert found["input articles"].state == "bad"
    config = configuration(tmp_path, port=1)
    away = {finding.what: finding for finding in examine(config, datetime(2001, 1, 1, tzinfo=UTC))}
    assert away["mail server 127.0.0.1"].state == "bad"
    assert "set the clock" in away["clock"].note


def test_letters_of_a_tried_edition_are_listed_without_their_data(tmp_path: Path) -> None:
    clock, journal = Clock(), Journal()
    here = desk(configuration(tmp_path), clock=clock, log=journal)
    here.tick()
    clock.now = SLOT
    here.tick()
    (letter,) = here.outbox.letters()
    assert isinstance(letter, Letter)
    assert letter.data == b""
    assert letter.state == "delivered"
