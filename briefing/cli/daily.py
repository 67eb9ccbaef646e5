"""The commands of daily use: configuration, schedule, service, outbox."""

from __future__ import annotations

import json
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.office import config_option, desk_of, json_option, open_desk, say
from briefing.cli.root import main
from briefing.errors import BriefingError, InputError
from briefing.progress import Teller

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.daily import Desk
    from briefing.slots import Due


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
@json_option
def check_config(path: Path, as_json: bool) -> None:
    """Read the configuration and say what is wrong with it, if anything.

    Example: briefing config check
    """
    from briefing.config import load_config

    names = [profile.name for profile in load_config(path).profiles]
    say({"path": str(path), "profiles": names}, f"{path}: sound; profiles: {', '.join(names)}", as_json=as_json)


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
    from briefing.daily import utc_now
    from briefing.slots import edition_name
    from briefing.timing import next_slots

    now = utc_now()
    for profile in load_config(path).profiles:
        slots = [(slot, line) for line in profile.schedules for slot in islice(next_slots(line, now), count)]
        for slot, line in sorted(slots, key=lambda item: item[0])[:count]:
            local = slot.astimezone(ZoneInfo(line.zone)).isoformat()
            row = {"profile": profile.name, "edition": edition_name(profile, line, slot), "at": local}
            say(row, f"{profile.name}  {row['edition']}  {local} {line.zone}", as_json=as_json)


@main.command()
@config_option
@click.option("--pulse", type=click.FloatRange(0.1), default=20.0, show_default=True, help="Seconds between two looks.")
@click.option(
    "--grace", type=click.FloatRange(0), default=60.0, show_default=True, help="Seconds to end after SIGTERM."
)
@click.pass_obj
def run(tell: Teller, path: Path, pulse: float, grace: float) -> None:
    """Keep the schedule until told to stop: the daemon. SIGTERM ends or hands back what is under way.

    It reads the configuration anew when the file changes; while the file is broken, the old one stays.

    Example: briefing run --config /etc/briefing.toml
    """
    from functools import partial

    from briefing.schedule import Service, run_forever

    maker, sender = (Service(path, partial(open_desk, tell=tell), log=tell.event) for _ in range(2))
    tell.event("started", config=str(path))
    run_forever([(maker, maker.make), (sender, sender.send)], pulse=pulse, grace=grace)
    tell.event("stopped")


@main.command()
@config_option
@click.option("--now", "at_once", is_flag=True, help="Make an edition of each profile now, due or not.")
@click.option("--profile", "names", multiple=True, help="Only this profile; may be repeated.")
@click.option("--dry-run", is_flag=True, help="Say what is due and what waits; make and send nothing.")
@json_option
@click.pass_obj
def tick(tell: Teller, path: Path, at_once: bool, names: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Make what is due and send what waits, once: for cron and timers. Safe beside `briefing run`.

    Example: briefing tick --config /etc/briefing.toml
    """
    from briefing.standing import write_health

    with desk_of(path, tell) as desk:
        profiles = [desk.config.profile(name) for name in names] or list(desk.config.profiles)
        dues = [desk.now(p) for p in profiles] if at_once else [due for due in desk.due() if due.profile in profiles]
        for due in dues:
            row = {"profile": due.profile.name, "edition": due.edition, "slot": due.slot}
            say(row, f"due: {due.profile.name} {due.edition}", as_json=as_json)
        if dry_run:
            _say_waiting(desk, as_json=as_json)
            return
        desk.publish_all(dues)
        desk.send()
        desk.sweep()
        write_health(desk.config, desk.database, desk.clock())
        _fail_where_failed(desk, dues)


@main.command()
@click.argument("edition")
@config_option
@click.option("--profile", help="Whose edition, where several profiles have one of that name.")
@click.option("--all", "everything", is_flag=True, help="What was delivered, too.")
@click.option("--dry-run", is_flag=True, help="Say what would be sent; send nothing.")
@json_option
@click.pass_obj
def send(
    tell: Teller, edition: str, path: Path, profile: str | None, everything: bool, dry_run: bool, as_json: bool
) -> None:
    """Send what was refused or ran out of time of EDITION again, the same bytes.

    Example: briefing send 2022-01-12
    """
    from briefing.letters import hours

    with desk_of(path, tell) as desk:
        found = desk.archive.find(edition, profile=profile)
        if found is None:
            known = ", ".join(made.edition for made in desk.archive.editions(limit=5))
            raise InputError(f"no edition {edition!r}; the latest: {known or 'none'}")
        if not dry_run:
            again = desk.outbox.again
            again(found.profile, found.slot, now=desk.clock(), hours=hours(desk.config), everything=everything)
            desk.send()
        for letter in reversed(desk.outbox.letters(profile=found.profile, slot=found.slot, limit=1_000_000)):
            if not dry_run or everything or letter.state != "delivered":
                row = {"kind": letter.kind, "target": letter.target, "state": letter.state, "note": letter.note}
                line = f"{letter.state}: {letter.kind} to {letter.target}"
                say(row, f"{line}: {letter.note}" if letter.note else line, as_json=as_json)


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


@main.command()
@config_option
@json_option
def doctor(path: Path, as_json: bool) -> None:
    """Look at what an edition needs: libraries, fonts, language model, store, inputs, mail server, clock, disk.

    Without a configuration, what needs none. Fails where something is bad.

    Example: briefing doctor
    """
    from dataclasses import asdict

    from briefing.config import load_config
    from briefing.daily import utc_now
    from briefing.doctor import examine

    bad = 0
    for finding in examine(load_config(path) if path.exists() else None, utc_now()):
        bad += finding.state == "bad"
        say(asdict(finding), f"{finding.state:5} {finding.what}: {finding.note}", as_json=as_json)
    if bad:
        raise BriefingError(f"{bad} of these must be mended before an edition can be relied on")


def _say_waiting(desk: Desk, *, as_json: bool) -> None:
    for letter in desk.outbox.letters():
        if letter.state == "waiting":
            row = {"profile": letter.profile, "kind": letter.kind, "target": letter.target}
            say(row, f"waiting: {letter.profile} {letter.kind} to {letter.target}", as_json=as_json)


def _fail_where_failed(desk: Desk, dues: Sequence[Due]) -> None:
    """A run that failed makes `tick` fail, so that cron and systemd tell their operator."""
    latest = [desk.ledger.latest(due.profile.name) for due in dues]
    failed = [run for run in latest if run is not None and run.state == "failed"]
    if failed:
        raise BriefingError("; ".join(f"{run.profile} {run.slot:%Y-%m-%d %H:%M}: {run.error}" for run in failed))
