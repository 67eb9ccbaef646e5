"""The commands of daily use: configuration, schedule, service, outbox, history, store."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.root import main
from briefing.errors import BriefingError, InputError
from briefing.progress import Teller

if TYPE_CHECKING:
    from briefing.config import Config
    from briefing.daily import Desk
    from briefing.store import Database

config_option = click.option(
    "-c",
    "--config",
    "path",
    default="briefing.toml",
    show_default=True,
    envvar="BRIEFING_CONFIG",
    type=click.Path(dir_okay=False, path_type=Path),
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for programs.")


@main.command()
@click.argument("folder", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def init(tell: Teller, folder: Path) -> None:
    """Write a commented briefing.toml to FOLDER, with sample articles that make a brief at once.

    Example: briefing init news && briefing tick --now --config news/briefing.toml
    """
    import shutil

    from briefing.render.folder import bundled_folder

    target = folder / "briefing.toml"
    if target.exists():
        raise InputError(f"{target}: is there already; remove it first, or give another folder")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(bundled_folder() / "service" / "briefing.toml", target)
    shutil.copytree(bundled_folder().parent / "seeds", folder / "seeds", dirs_exist_ok=True)
    tell.note(f"wrote {target} and {folder / 'seeds'}; next: briefing tick --now --config {target}")


@main.group()
def config() -> None:
    """Show or check the configuration.

    Example: briefing config check --config briefing.toml
    """


@config.command("show")
@config_option
def show_config(path: Path) -> None:
    """Print the configuration as it is understood; it holds names of secrets, never a secret.

    Example: briefing config show
    """
    from briefing.config import load_config, redacted

    click.echo(json.dumps(redacted(load_config(path)), ensure_ascii=False, indent=2))


@config.command("check")
@config_option
@click.pass_obj
def check_config(tell: Teller, path: Path) -> None:
    """Read the configuration and say what is wrong with it, if anything.

    Example: briefing config check
    """
    from briefing.config import load_config

    loaded = load_config(path)
    tell.note(f"{path}: sound; profiles: {', '.join(profile.name for profile in loaded.profiles)}")


@main.command()
@config_option
@click.option("--next", "count", type=click.IntRange(1), default=5, show_default=True, help="How many a profile.")
@json_option
def schedule(path: Path, count: int, as_json: bool) -> None:
    """Print the next editions of each profile, in the time of its reader.

    Example: briefing schedule --next 10
    """
    from zoneinfo import ZoneInfo

    from briefing.config import load_config
    from briefing.daily import edition_name, utc_now
    from briefing.timing import next_slots

    now = utc_now()
    for profile in load_config(path).profiles:
        slots = [(slot, line) for line in profile.schedules for slot in islice(next_slots(line, now), count)]
        for slot, line in sorted(slots, key=lambda item: item[0])[:count]:
            local = slot.astimezone(ZoneInfo(line.zone))
            row = {"profile": profile.name, "edition": edition_name(profile, line, slot), "at": local.isoformat()}
            click.echo(json.dumps(row) if as_json else f"{row['profile']}  {row['edition']}  {row['at']} {line.zone}")


@main.command()
@config_option
@click.pass_obj
def run(tell: Teller, path: Path) -> None:
    """Keep the schedule until told to stop: the daemon. SIGTERM ends or hands back what is under way.

    Example: briefing run --config /etc/briefing.toml
    """
    from briefing.schedule import run_forever

    desk, database = _desk(tell, path)
    try:
        run_forever(desk.pulse, hand_back=desk.hand_back)
    finally:
        database.close()


@main.command()
@config_option
@click.option("--now", "at_once", is_flag=True, help="Make an edition of each profile now, due or not.")
@click.option("--profile", "names", multiple=True, help="Only this profile; may be repeated.")
@click.option("--dry-run", is_flag=True, help="Say what is due; make and send nothing.")
@click.pass_obj
def tick(tell: Teller, path: Path, at_once: bool, names: tuple[str, ...], dry_run: bool) -> None:
    """Make what is due and send what waits, once: for cron and timers. Safe beside `briefing run`.

    Example: briefing tick --config /etc/briefing.toml
    """
    desk, database = _desk(tell, path)
    try:
        profiles = [desk.config.profile(name) for name in names] or list(desk.config.profiles)
        due = (
            [desk.now(profile) for profile in profiles] if at_once else [d for d in desk.due() if d.profile in profiles]
        )
        for item in due:
            tell.note(f"due: {item.profile.name} {item.edition}")
            if not dry_run:
                desk.publish(item)
        if not dry_run:
            desk.send()
            _fail_where_failed(desk)
    finally:
        database.close()


@main.command()
@click.argument("edition")
@config_option
@click.option("--profile", help="Whose edition, where several profiles have one of that name.")
@click.pass_obj
def send(tell: Teller, edition: str, path: Path, profile: str | None) -> None:
    """Send what was refused or ran out of time of EDITION again, the same bytes.

    Example: briefing send 2022-01-12
    """
    desk, database = _desk(tell, path)
    try:
        found = desk.archive.find(edition, profile=profile)
        if found is None:
            known = ", ".join(made.edition for made in desk.archive.editions(limit=5))
            raise InputError(f"no edition {edition!r}; the latest: {known or 'none'}")
        count = desk.outbox.again(found.profile, found.slot, now=desk.clock(), hours=desk.hours())
        tell.note(f"{count} letters put back, {desk.send()} delivered")
    finally:
        database.close()


@main.command()
@config_option
@json_option
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
def history(path: Path, as_json: bool, limit: int) -> None:
    """List the editions that were made, newest first.

    Example: briefing history --json
    """
    database = _database(path)
    from briefing.store import Archive

    for made in Archive(database).editions(limit=limit):
        line = f"{made.edition}  {made.profile}  {made.stories} stories  made {made.made.isoformat(timespec='seconds')}"
        click.echo(_json(asdict(made)) if as_json else line)


@main.command()
@config_option
@json_option
def status(path: Path, as_json: bool) -> None:
    """Say how things stand: the latest runs and their errors, and the letters that are not delivered.

    Example: briefing status
    """
    database = _database(path)
    from briefing.store import Ledger, Outbox

    for run in Ledger(database).runs(limit=10):
        line = f"{run.state:12} {run.profile}  {run.slot.isoformat()}  {run.error or ''}".rstrip()
        click.echo(_json({"what": "run", **asdict(run)}) if as_json else line)
    for letter in Outbox(database).letters():
        if letter.state != "delivered":
            row = {"what": "letter", **asdict(letter)}
            del row["data"]
            line = (
                f"{letter.state:12} {letter.kind} to {letter.target}, {letter.attempts} attempts: {letter.note or ''}"
            )
            click.echo(_json(row) if as_json else line.rstrip(": "))


@main.command()
@click.argument("words", nargs=-1, required=True)
@config_option
@json_option
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True)
def search(words: tuple[str, ...], path: Path, as_json: bool, limit: int) -> None:
    """Find past editions and articles that hold all WORDS; case and accents do not matter.

    Example: briefing search "harbour bridge"
    """
    from briefing.store import Archive

    for hit in Archive(_database(path)).search(" ".join(words), limit=limit):
        line = f"{hit.day}  {hit.kind} {hit.reference}  {hit.title}\n    {' '.join(hit.excerpt.split())}"
        click.echo(_json(asdict(hit)) if as_json else line)


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@config_option
@click.pass_obj
def backup(tell: Teller, file: Path, path: Path) -> None:
    """Copy the store to FILE, whole and consistent, while the service runs.

    Example: briefing backup /backups/briefing.sqlite
    """
    database = _database(path)
    found = database.check()
    if found != "ok":
        raise BriefingError(f"{database.path}: damaged: {found}; restore an older backup")
    database.backup(file)
    tell.note(f"wrote {file}")


@main.group()
def service() -> None:
    """Print what a system needs to run briefing as a service.

    Example: briefing service show systemd
    """


@service.command("show")
@click.argument("kind", type=click.Choice(["systemd", "cron", "docker"]))
@config_option
def show_service(kind: str, path: Path) -> None:
    """Print a systemd unit and timer, a crontab line, or a Dockerfile.

    Example: briefing service show cron
    """
    from briefing.render.folder import bundled_folder

    text = (bundled_folder() / "service" / f"{kind}.txt").read_text("utf-8")
    click.echo(text.replace("@PYTHON@", sys.executable).replace("@CONFIG@", str(path.resolve())), nl=False)


def _json(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, default=lambda value: value.isoformat())


def _config(path: Path) -> Config:
    from briefing.config import load_config

    return load_config(path)


def _database(path: Path) -> Database:
    from briefing.store import Database

    loaded = _config(path)
    return Database(loaded.path(loaded.store))


def _desk(tell: Teller, path: Path) -> tuple[Desk, Database]:
    from functools import partial

    from briefing.daily import Desk
    from briefing.language import Annotator
    from briefing.run import make_edition

    loaded, database = _config(path), _database(path)
    make = partial(make_edition, loaded, annotate=Annotator())
    return Desk(loaded, database, make=make, log=tell.event), database


def _fail_where_failed(desk: Desk) -> None:
    """A run that failed makes `tick` fail, so that cron and systemd tell their operator."""
    latest: dict[str, Any] = {}
    for run in reversed(desk.ledger.runs()):
        latest[run.profile] = run
    failed = [run for run in latest.values() if run.state == "failed"]
    if failed:
        raise BriefingError("; ".join(f"{run.profile} {run.slot:%Y-%m-%d %H:%M}: {run.error}" for run in failed))
