"""The options of commands that may fetch, and what they mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from briefing.gather import Fetch
    from briefing.progress import Counting

Fetching = Callable[["Counting"], "Fetch"]


def network_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of fetching; it takes them as `fetching`, which makes of a count what fetches.

    And as `config` the configuration that was named, or an empty one.
    """

    @wraps(command)
    def with_network(
        *given: Any, path: Path | None, store: Path | None, allow_private: bool, no_complete: bool, **options: Any
    ) -> Any:
        from briefing.config import Config, load_config

        config = load_config(path) if path else Config(())

        def fetching(count: Counting) -> Fetch:
            from briefing.gather import fetch_by

            network = replace(
                config.network,
                allow_private=allow_private or config.network.allow_private,
                complete=config.network.complete and not no_complete,
            )
            return fetch_by(network, store=store, report=count.of)

        return command(*given, fetching=fetching, config=config, **options)

    file = click.Path(dir_okay=False, path_type=Path)
    for option in (
        click.option(
            "--config", "path", type=file, help="Take [network], [sites] and [families] from this configuration."
        ),
        click.option("--store", type=file, help="Keep answers there: a run that was cut short goes on from it."),
        click.option("--allow-private", is_flag=True, help="Fetch from this machine and local networks, too."),
        click.option(
            "--no-complete", is_flag=True, help="Leave a feed's teasers as they are; fetch no pages for them."
        ),
    ):
        with_network = option(with_network)
    return with_network
