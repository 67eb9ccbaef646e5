"""One run with its side effects: collect | make_brief | render | write."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefing.collect import collect
from briefing.errors import InputError
from briefing.files import ARTICLES, json_lines, write
from briefing.pipeline import Made, Map, Report, Settings, make_brief
from briefing.record import to_record

__all__ = ["build", "clock", "save"]


def clock() -> str:
    """The time of this run in UTC, to the second; SOURCE_DATE_EPOCH stands in for the clock where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC).isoformat(timespec="seconds")
    try:
        return datetime.fromtimestamp(int(epoch), UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        raise InputError(f"SOURCE_DATE_EPOCH: seconds since 1970 are needed, not {epoch!r}") from None


def build(inputs: Sequence[str], *, annotate: Any, settings: Settings, map: Map, report: Report) -> Made:
    """The brief of the inputs, now. Raises `InputError` where no input holds an article."""
    made = make_brief(collect(inputs), annotate=annotate, now=clock(), settings=settings, map=map, report=report)
    if not made.articles:
        reasons = "".join(f"\n  {item.input}: {item.why}" for item in made.brief.coverage.dropped[:10])
        raise InputError(f"no article found in {', '.join(inputs)}{reasons}")
    return made


def save(made: Made, folder: Path) -> Path:
    """The folder of the edition, with its articles; the formats are written beside them."""
    edition = folder / made.brief.edition
    edition.mkdir(parents=True, exist_ok=True)
    write(edition / ARTICLES, json_lines(to_record(article) for article in made.articles))
    return edition
