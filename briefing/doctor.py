"""What an edition needs from its surroundings, looked at one by one, each with the way out."""

from __future__ import annotations

import importlib
import os
import shutil
import smtplib
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Literal

from briefing.collect.addresses import without_password
from briefing.collect.health import state_of
from briefing.collect.keep import Health
from briefing.config import Config
from briefing.deliver.smtp import connect
from briefing.errors import BriefingError
from briefing.language import Annotator
from briefing.render.folder import find_file
from briefing.render.glyphs import FACES, missing_in
from briefing.render.pdf import load_weasyprint
from briefing.standing import health_problem, standing
from briefing.store import Database, Ledger
from briefing.store.web import Answers

State = Literal["ok", "warn", "bad"]
LOW_DISK, NO_DISK = 500_000_000, 50_000_000  # bytes; an edition with its letters takes some 10 MB, SQLite as much again
SLOW_MODEL = 5.0  # seconds to load the language model and read a sentence
SCRIPTS = "漢字かな 한국어 العربية עברית हिन्दी ไทย ქართული Кириллица Ελληνικά"
BUILT = datetime(2026, 1, 1, tzinfo=UTC)  # no clock is right that is before this code was written

__all__ = ["Finding", "examine"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and what to do where it is not well."""

    what: str
    state: State
    note: str


def examine(config: Config | None, now: datetime) -> Iterator[Finding]:
    """Every finding, one after another; those of a configuration where there is one."""
    for what, look in (("python", _python), ("pdf libraries", _pdf), ("mail body", _css), ("fonts", _fonts)):
        yield _found(what, look)
    yield _found("language model", partial(_model, "en"))
    yield _found("clock", partial(_clock, now))
    if config is None:
        return
    for name in sorted({profile.language for profile in config.profiles} - {"en"}):
        yield _found(f"language model {name}", partial(_model, name))
    yield _found("store", partial(_store, config, now))
    yield _found("schedule", partial(_standing, config, now))
    yield _found("feeds", partial(_feeds, config, now))
    for folder in dict.fromkeys(config.path(path).parent for path in (config.store, f"{config.output}/x")):
        yield _found(f"disk {folder}", partial(_disk, folder))
    for profile in config.profiles:
        for given in profile.inputs:
            yield _found(f"input {given}", partial(_input, config, given))
        for target in profile.targets:
            if target.address_env:
                yield _found(f"webhook {target.address_env}", partial(_variable, target.address_env))
    if config.mail is not None:
        yield _found(f"mail server {config.mail.host}", partial(_mail, config))


def _found(what: str, look: Callable[[], tuple[State, str]]) -> Finding:
    try:
        return Finding(what, *look())
    except (BriefingError, OSError, ImportError, smtplib.SMTPException) as error:
        return Finding(what, "bad", str(error))


def _python() -> tuple[State, str]:
    version = sys.version.partition(" ")[0]
    return (
        ("ok", version) if (3, 11) <= sys.version_info < (3, 14) else ("warn", f"{version}; tested with 3.11 to 3.13")
    )


def _pdf() -> tuple[State, str]:
    weasyprint = load_weasyprint()
    weasyprint.HTML(string="<p>x").write_pdf()
    return "ok", f"WeasyPrint {weasyprint.__version__} sets a page"


def _css() -> tuple[State, str]:
    importlib.import_module("css_inline")
    return "ok", "css-inline is there"


def _fonts() -> tuple[State, str]:
    for face in FACES:
        find_file(f"fonts/{face}")
    lacking = missing_in(SCRIPTS)
    return ("warn", "; ".join(map(str, lacking))) if lacking else ("ok", "all scripts looked for can be shown")


def _model(name: str) -> tuple[State, str]:
    began = perf_counter()
    found = [entity.text for entity in Annotator(name)("The mayor of Paris spoke on Monday.").ents]
    took = f"read a sentence in {perf_counter() - began:.1f} s"
    return ("ok" if found and perf_counter() - began < SLOW_MODEL else "warn"), took


def _clock(now: datetime) -> tuple[State, str]:
    told = f"{now.isoformat(timespec='seconds')} UTC"
    return ("bad", f"{told}: set the clock; is a time service running?") if now < BUILT else ("ok", told)


def _store(config: Config, now: datetime) -> tuple[State, str]:
    path = config.path(config.store)
    with closing(Database(path)) as database:
        found = database.check()
        if found != "ok":
            return "bad", f"{path}: damaged: {found}; restore a backup"
        ahead = [run for run in Ledger(database).runs(limit=5) if run.began and run.began > now]
    if ahead:
        return "warn", f"{path}: a run began at {ahead[0].began}, which is still to come; is the clock right?"
    return "ok", f"{path}: sound, {path.stat().st_size / 1e6:.1f} MB"


def _standing(config: Config, now: datetime) -> tuple[State, str]:
    with closing(Database(config.path(config.store))) as database:
        problems = [*standing(config, database, now).problems, *filter(None, [health_problem(config, now)])]
    return ("warn", "; ".join(problems)) if problems else ("ok", "nothing late, failed or refused")


def _feeds(config: Config, now: datetime) -> tuple[State, str]:
    with closing(Database(config.path(config.store))) as database:
        healths = [Health(**row) for row in Answers(database).feeds()]
    states = {without_password(health.url): state_of(health, now.timestamp()) for health in healths}
    poorly = [f"{url} is {state}" for url, state in states.items() if state not in ("ok", "new")]
    return ("warn", f"{'; '.join(poorly)}; see `briefing feeds`") if poorly else ("ok", f"{len(states)} read, all well")


def _disk(folder: Path) -> tuple[State, str]:
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if not os.access(folder, os.W_OK):
        return "bad", f"{folder} cannot be written; check its permissions"
    state: State = "bad" if free < NO_DISK else "warn" if free < LOW_DISK else "ok"
    return state, f"{free / 1e9:.1f} GB free"


def _input(config: Config, given: str) -> tuple[State, str]:
    if given == "-" or "://" in given:
        return "ok", "not a file; looked at when it is read"
    path = config.path(given)
    return ("ok", "is there") if path.exists() else ("bad", f"{path} does not exist")


def _variable(name: str) -> tuple[State, str]:
    return ("ok", "is set") if os.environ.get(name) else ("bad", f"set the environment variable {name}")


def _mail(config: Config) -> tuple[State, str]:
    assert config.mail is not None
    server = connect(config.mail, config)
    server.quit()
    security = {"none": "without encryption", "starttls": "with STARTTLS", "tls": "with TLS"}[config.mail.security]
    return "ok", f"lets us in {security}{', logged in' if config.mail.user else ''}"
