"""What the commands of daily use share: the option that names the configuration, its store, its desk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

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


def say(row: dict[str, Any], line: str, *, as_json: bool) -> None:
    """One result on the standard output: as an object for programs, or as a line for people."""
    click.echo(json.dumps(row, ensure_ascii=False, default=lambda v: v.isoformat()) if as_json else line)


@contextmanager
def opened(path: Path) -> Iterator[tuple[Config, Database]]:
    """The configuration in a file and its store."""
    from briefing.config import load_config
    from briefing.store import Database

    config = load_config(path)
    database = Database(config.path(config.store))
    try:
        yield config, database
    finally:
        database.close()


def open_desk(config: Config, tell: Teller) -> Desk:
    """The desk of a configuration, with a connection of its own to the store."""
    from briefing.daily import Desk
    from briefing.run import Press
    from briefing.store import Database

    press = Press(config)
    return Desk(config, Database(config.path(config.store)), make=press.make, share=press.share, log=tell.event)


@contextmanager
def desk_of(path: Path, tell: Teller) -> Iterator[Desk]:
    """The desk of the configuration in a file."""
    from briefing.config import load_config

    desk = open_desk(load_config(path), tell)
    try:
        yield desk
    finally:
        desk.database.close()
