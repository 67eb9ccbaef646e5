"""What was seen, made and sent: one SQLite file, the promise behind the clock."""

from __future__ import annotations

from briefing.store.archive import Archive, Edition, Hit
from briefing.store.database import Database
from briefing.store.lease import held
from briefing.store.ledger import Ledger, Run
from briefing.store.outbox import Letter, Outbox, Outcome
from briefing.store.readings import Readings, rules_version

__all__ = [
    "Archive",
    "Database",
    "Edition",
    "Hit",
    "Ledger",
    "Letter",
    "Outbox",
    "Outcome",
    "Readings",
    "Run",
    "held",
    "rules_version",
]
