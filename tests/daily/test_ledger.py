"""One slot, one owner: leases, transactions, the file they live in."""

from datetime import timedelta
from pathlib import Path

import pytest

from briefing.errors import BriefingError, InputError
from briefing.store import Database, Ledger
from briefing.store.database import MIGRATIONS
from briefing.store.ledger import LEASE
from tests.daily.office import SLOT, START, store


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return store(tmp_path / "store.sqlite")


def test_only_one_owner_gets_a_slot_until_the_lease_runs_out(database: Database) -> None:
    ledger = Ledger(database)
    assert ledger.claim("morning", SLOT, "a", START)
    assert not ledger.claim("morning", SLOT, "b", START + timedelta(seconds=LEASE - 1))
    assert ledger.claim("morning", SLOT, "b", START + timedelta(seconds=LEASE))
    assert not ledger.renew("morning", SLOT, "a", START)


def test_a_renewed_lease_is_not_taken_over(database: Database) -> None:
    ledger = Ledger(database)
    ledger.claim("morning", SLOT, "a", START)
    assert ledger.renew("morning", SLOT, "a", START + timedelta(seconds=100))
    assert not ledger.claim("morning", SLOT, "b", START + timedelta(seconds=LEASE + 1))


def test_who_lost_the_lease_cannot_finish(database: Database) -> None:
    ledger = Ledger(database)
    ledger.claim("morning", SLOT, "a", START)
    later = START + timedelta(seconds=LEASE)
    ledger.claim("morning", SLOT, "b", later)
    with database.transaction() as db:
        assert not ledger.finish(db, "morning", SLOT, "a", later, "made")
        assert ledger.finish(db, "morning", SLOT, "b", later, "made")
    assert not ledger.claim("morning", SLOT, "c", later + timedelta(days=1))


def test_what_is_handed_back_is_free_at_once_and_what_failed_waits(database: Database) -> None:
    ledger = Ledger(database)
    ledger.claim("morning", SLOT, "a", SLOT)
    ledger.hand_back("morning", SLOT, "a")
    assert ledger.unfinished("morning", SLOT) == SLOT
    ledger.claim("morning", SLOT, "a", SLOT)
    ledger.fail("morning", SLOT, "a", SLOT, "disk full")
    assert ledger.unfinished("morning", SLOT) is None
    assert ledger.unfinished("morning", SLOT, patient=False) == SLOT
    assert ledger.unfinished("morning", SLOT + timedelta(hours=1)) == SLOT
    assert ledger.runs()[0].error == "disk full"


def test_slots_and_sightings_of_a_clock_that_was_ahead_block_nothing(database: Database) -> None:
    ledger, wrong = Ledger(database), START + timedelta(days=4000)
    assert ledger.since("morning", wrong) == wrong
    ledger.claim("morning", wrong, "a", wrong)
    assert ledger.since("morning", START) == START
    assert ledger.since("morning", SLOT) == START


def test_what_was_before_the_first_look_is_not_due(database: Database) -> None:
    assert Ledger(database).since("morning", START) == START
    assert Ledger(database).since("morning", START + timedelta(days=9)) == START


def test_a_transaction_is_all_or_nothing(database: Database) -> None:
    def two_writes() -> None:
        with database.transaction() as db:
            db.execute("insert into profiles values ('a', 1)")
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        two_writes()
    assert database.connection.execute("select count(*) from profiles").fetchone()[0] == 0


def test_a_file_that_is_no_store_is_named(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    path.write_text("not a database, not at all, whatever its name says")
    with pytest.raises(InputError, match="cannot be used as a store"):
        Database(path)


def test_a_store_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    database = Database(tmp_path / "s.sqlite")
    database.connection.execute(f"pragma user_version = {len(MIGRATIONS) + 1}")
    database.close()
    with pytest.raises(InputError, match="written by a newer briefing"):
        Database(tmp_path / "s.sqlite")


def test_a_backup_holds_what_the_store_holds(database: Database, tmp_path: Path) -> None:
    Ledger(database).claim("morning", SLOT, "a", START)
    database.backup(tmp_path / "copy.sqlite")
    copy = store(tmp_path / "copy.sqlite")
    assert copy.check() == "ok"
    assert Ledger(copy).runs() == Ledger(database).runs()


def test_a_store_that_another_process_holds_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.store.database.WAIT", 0.1)
    one, two = store(tmp_path / "s.sqlite"), store(tmp_path / "s.sqlite")
    with one.transaction(), pytest.raises(BriefingError, match="another process holds the store"), two.transaction():
        pass
