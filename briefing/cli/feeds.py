"""The commands about feeds: how they do, out as OPML, starting anew with one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from briefing.cli.office import config_option, json_option, opened, say
from briefing.cli.root import main
from briefing.errors import InputError
from briefing.progress import Teller


@main.group(invoke_without_command=True)
@config_option
@json_option
@click.pass_context
def feeds(context: click.Context, path: Path, as_json: bool) -> None:
    """Say how each feed is doing: ok, late, silent, failing, moved or gone, and when it was read last.

    Example: briefing feeds --json
    """
    if context.invoked_subcommand is not None:
        return
    from briefing.collect.health import state_of
    from briefing.daily import utc_now

    now = utc_now().timestamp()
    for health in _healths(path):
        state = state_of(health, now)
        note = health.error or (f"to {health.moved}" if health.moved else "")
        shown = f"{state:8} {_moment(health.good)}  newest {_moment(health.newest)}  {health.url}  {note}".rstrip()
        row = {
            "url": health.url,
            "title": health.title,
            "state": state,
            "entries": health.entries,
            "error": health.error,
        }
        times = {"checked": health.checked, "read": health.good, "newest": health.newest, "until": health.until}
        row |= {"moved": health.moved, "failures": health.failures, **{key: _iso(at) for key, at in times.items()}}
        say(row, shown, as_json=as_json)


@feeds.command("export")
@config_option
@click.option("-o", "--out", default="-", metavar="FILE", help="Write there; - is the standard output.")
def export(path: Path, out: str) -> None:
    """Write the feeds that are not gone as OPML, each at the address where it is read now.

    Example: briefing feeds export -o feeds.opml
    """
    from briefing.collect.lists import write_opml

    living = {health.moved or health.url: health.title for health in _healths(path) if not health.gone}
    with click.open_file(out, "wb") as file:
        file.write(write_opml(sorted(living.items())))


@feeds.command("forget")
@click.argument("address")
@config_option
@click.pass_obj
def forget(tell: Teller, address: str, path: Path) -> None:
    """Start anew with the feed at ADDRESS: whether it was gone, had moved, or asked to be left alone.

    Example: briefing feeds forget https://news.example/feed.xml
    """
    from briefing.collect.addresses import without_password
    from briefing.store.web import Answers

    with opened(path) as (_, database):
        answers = Answers(database)
        named = [url for url in answers.addresses() if without_password(url) == address]
        for url in named:
            answers.forget_feed(url)
        if not named:
            raise InputError(f"no feed at {address!r}; `briefing feeds` shows those there are")
    tell.note(f"{address} is asked again by the next run")


def _healths(path: Path) -> Iterator[Any]:
    from briefing.collect.addresses import without_password
    from briefing.collect.keep import Health
    from briefing.store.web import Answers

    with opened(path) as (_, database):
        for row in Answers(database).feeds():
            yield Health(**{**row, "url": without_password(row["url"])})


def _iso(seconds: float | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _moment(seconds: float | None) -> str:
    return "never           " if seconds is None else f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M}"
