"""JSON Lines in, article records out; a bad line costs one article."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from briefing.collect.decode import sound_value
from briefing.model import Article, Dropped
from briefing.record import from_record


def read_objects(origin: str, text: str) -> Iterator[tuple[str, dict[str, Any]] | Dropped]:
    """(place, object) of each line, place as "FILE:LINE"; a line that is no object is Dropped.

    Lines end at "\\n" only: U+2028 and its like stand inside of records.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        place = f"{origin}:{number}"
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Dropped(place, f"not JSON: {error}")
            continue
        if isinstance(value, dict):
            yield place, sound_value(value)
        else:
            yield Dropped(place, "not a JSON object")


def read_articles(origin: str, text: str) -> Iterator[Article | Dropped]:
    """The articles of JSON Lines of article records, their text untouched; a record without id or text is Dropped."""
    for item in read_objects(origin, text):
        if isinstance(item, Dropped):
            yield item
            continue
        place, record = item
        try:
            yield article_of(record)
        except ValueError as error:
            yield Dropped(place, str(error))


def article_of(record: dict[str, Any]) -> Article:
    """The article of a record; a field that is null and may not be takes its default. Raises `ValueError`."""
    plain = {key: value for key, value in record.items() if value is not None}
    if isinstance(plain.get("id"), int):
        plain["id"] = str(plain["id"])
    return from_record(Article, plain)
