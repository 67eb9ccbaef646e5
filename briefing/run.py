"""One run with its side effects: collect | make_brief | render | write."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefing.collect import collect
from briefing.config import Config, Profile
from briefing.errors import BriefingError, InputError
from briefing.files import ARTICLES, json_lines, write
from briefing.model import Brief
from briefing.pipeline import Made, Settings, make_brief
from briefing.record import to_record
from briefing.render import render
from briefing.render.brand import Look

__all__ = ["build", "clock", "formats_of", "make_edition", "save"]


def clock() -> str:
    """The time of this run in UTC, to the second; SOURCE_DATE_EPOCH stands in for the clock where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC).isoformat(timespec="seconds")
    try:
        return datetime.fromtimestamp(int(epoch), UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        raise InputError(f"SOURCE_DATE_EPOCH: seconds since 1970 are needed, not {epoch!r}") from None


def build(inputs: Sequence[str], **options: Any) -> Made:
    """The brief of the inputs, now; options as `make_brief`. Raises `InputError` where no input holds an article."""
    made = make_brief(collect(inputs), now=clock(), **options)
    if not made.articles:
        reasons = "".join(f"\n  {item.input}: {item.why}" for item in made.brief.coverage.dropped[:10])
        raise InputError(f"no article found in {', '.join(inputs)}{reasons}")
    return made


def formats_of(
    brief: Brief, names: Sequence[str], *, templates: Path | None = None, look: Look | None = None
) -> tuple[dict[str, bytes], dict[str, BriefingError]]:
    """({format: bytes}, {format: error}): a format that cannot be made costs only itself."""
    files, errors = {}, {}
    for name in names:
        try:
            files[name] = render(brief, name, templates=templates, look=look)
        except BriefingError as error:
            errors[name] = error
    return files, errors


def make_edition(config: Config, profile: Profile, edition: str, *, annotate: Any) -> tuple[Made, dict[str, bytes]]:
    """The edition of a profile and its files. Raises `BriefingError` where not one format could be made."""
    settings = Settings(title=profile.title, words=profile.words, stories=profile.stories, edition=edition)
    inputs = [given if given == "-" else str(config.path(given)) for given in profile.inputs]
    made = make_brief(collect(inputs), annotate=annotate, now=clock(), settings=settings)
    templates = config.path(config.templates) if config.templates else None
    look = Look(theme=profile.theme, page=profile.page)
    files, errors = formats_of(made.brief, profile.formats, templates=templates, look=look)
    if errors and not files:
        raise next(iter(errors.values()))
    return made, files


def save(made: Made, folder: Path) -> Path:
    """The folder of the edition, with its articles; the formats are written beside them."""
    edition = folder / made.brief.edition
    edition.mkdir(parents=True, exist_ok=True)
    write(edition / ARTICLES, json_lines(to_record(article) for article in made.articles))
    return edition
