"""The commands that look back: history, status, search, backup."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from briefing.cli.office import config_option, json_option, opened, say
from briefing.cli.root import main
from briefing.errors import BriefingError
from briefing.progress import Teller


@main.command()
@config_option
@json_option
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
def history(path: Path, as_json: bool, limit: int) -> None:
    """List the editions that were made, newest first.

    Example: briefing history --json
    """
    from briefing.store import Archive

    with opened(path) as (_, database):
        for made in Archive(database).editions(limit=limit):
            at = made.made.isoformat(timespec="seconds")
            line = f"{made.edition}  {made.profile}  {made.stories} stories  made {at}"
            say(asdict(made), line, as_json=as_json)


@main.command()
@config_option
@json_option
@click.option("--check", is_flag=True, help="Fail where something needs a person: for monitors.")
def status(path: Path, as_json: bool, check: bool) -> None:
    """Say how things stand: each profile's latest run and next slot, letters not delivered, what needs a person.

    Example: briefing status --json
    """
    from briefing.daily import utc_now
    from briefing.record import to_record
    from briefing.standing import health_problem, standing
    from briefing.store import Ledger, Outbox

    with opened(path) as (config, database):
        now = utc_now()
        found = standing(config, database, now)
        problems = [*found.problems, *filter(None, [health_problem(config, now)])]
        for profile in found.profiles:
            last = f"{profile.state} {profile.slot}" if profile.state else "no run yet"
            line = f"profile {profile.name}: {last}; next {profile.next or 'none'}"
            say({"what": "profile", **to_record(profile)}, line, as_json=as_json)
        for run in Ledger(database).runs(limit=10):
            line = f"{run.state:12} {run.profile}  {run.slot.isoformat()}  {run.error or ''}".rstrip()
            say({"what": "run", **asdict(run)}, line, as_json=as_json)
        for letter in Outbox(database).letters():
            if letter.state != "delivered":
                row = {"what": "letter", **asdict(letter)}
                del row["data"]
                told = f"{letter.kind} to {letter.target}, {letter.attempts} attempts: {letter.note or ''}"
                say(row, f"{letter.state:12} {told}".rstrip(": "), as_json=as_json)
        for problem in problems:
            say({"what": "problem", "problem": problem}, f"problem: {problem}", as_json=as_json)
    if check and problems:
        raise BriefingError(f"{len(problems)} problems; the first: {problems[0]}")


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

    with opened(path) as (_, database):
        for hit in Archive(database).search(" ".join(words), limit=limit):
            line = f"{hit.day}  {hit.kind} {hit.reference}  {hit.title}\n    {' '.join(hit.excerpt.split())}"
            say(asdict(hit), line, as_json=as_json)


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@config_option
@click.pass_obj
def backup(tell: Teller, file: Path, path: Path) -> None:
    """Copy the store to FILE, whole and consistent, while the service runs.

    Example: briefing backup /backups/briefing.sqlite
    """
    with opened(path) as (_, database):
        found = database.check()
        if found != "ok":
            raise BriefingError(f"{database.path}: damaged: {found}; restore an older backup")
        database.backup(file)
    tell.note(f"wrote {file}")
