"""How a brief looks and where it is announced: options of theme, page and brand, templates to start from, feeds."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from briefing.cli.root import main
from briefing.errors import InputError
from briefing.progress import Teller

F = TypeVar("F", bound=Callable[..., Any])
LOOK_OPTIONS = (
    click.option("--theme", default="analyst", show_default=True, help="analyst, newspaper or plain."),
    click.option("--page", default="a4", show_default=True, help="a4, letter or tablet."),
    click.option("--brand", metavar="NAME", help="Stands above the title; the logo's alternative text."),
    click.option("--colour", metavar="#RRGGBB", help="The accent; darkened or lightened until it can be read."),
    click.option("--logo", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="PNG, JPEG or SVG."),
)


def look_options(command: F) -> F:
    """The command with options of theme, page and brand, which reach it as one `look`."""

    @functools.wraps(command)
    def with_look(*args: Any, **options: Any) -> Any:
        from briefing.render.brand import ACCENT, Look

        theme, page, brand, colour, logo = (options.pop(key) for key in ("theme", "page", "brand", "colour", "logo"))
        image = logo.read_bytes() if logo else None
        return command(*args, look=Look(theme, page, brand, colour or ACCENT, image), **options)

    for option in reversed(LOOK_OPTIONS):
        with_look = option(with_look)
    return with_look  # type: ignore[return-value]


@main.group()
def templates() -> None:
    """Start a look of your own from ours.

    Example: briefing templates export mine
    """


@templates.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def export(tell: Teller, folder: Path) -> None:
    """Copy our templates and style sheets to FOLDER; what is there already stays.

    Delete what you do not change: files that FOLDER does not hold are taken from ours.

    Example: briefing templates export mine && briefing build articles/ --templates mine
    """
    from briefing.render.folder import export as export_to

    made = export_to(folder)
    tell.note(f"wrote {len(made)} files to {folder}; {folder / 'README.md'} tells what each is for")


@main.command()
@click.argument("output", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--home", required=True, metavar="URL", help="The address under which OUTPUT is served.")
@click.option("--format", "kind", default="atom", show_default=True, help="atom, rss or json.")
@click.option("--title", help="Of the feed. Default: that of the latest brief.")
@click.option("-o", "--out", default="-", metavar="FILE", help="Write there; - is the standard output.")
def feed(output: Path, home: str, kind: str, title: str | None, out: str) -> None:
    """Make a feed of the latest editions in the folder OUTPUT, for readers to subscribe to.

    Example: briefing feed output --home https://intranet.example/brief/ -o output/feed.atom
    """
    from briefing.files import load_brief
    from briefing.render.feed import MOST, make_feed

    latest = sorted(output.glob("*/brief.json"), reverse=True)[:MOST]
    if not latest:
        raise InputError(f"no edition in {output}: a brief.json in a folder of its own is looked for")
    data = make_feed([load_brief(path) for path in latest], kind=kind, home=home, title=title)
    with click.open_file(out, "wb") as file:
        file.write(data)
