"""One run with its side effects: collect | make_brief | render | write."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefing.collect import collect
from briefing.collect.records import article_of, read_articles, read_objects
from briefing.errors import InputError
from briefing.model import Article, Brief, Dropped, Story
from briefing.pipeline import Made, Map, Report, Settings, make_brief
from briefing.record import from_record, to_record

ARTICLES = "articles.jsonl"  # beside brief.json: what `verify` needs

__all__ = ["build", "clock", "load_articles", "load_brief", "load_clusters", "save", "write"]


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


def write(path: Path, data: bytes) -> None:
    """`data` at `path`, whole or not at all: a reader never sees half a file."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def json_lines(records: Iterable[Mapping[str, Any]]) -> bytes:
    """JSON Lines of the records, UTF-8."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def load_brief(path: Path) -> Brief:
    """The brief in a file. Raises `InputError` where it is none, naming the field."""
    try:
        record = json.loads(_text(path))
        if not isinstance(record, dict) or record.get("format") != "briefing/1":
            raise ValueError("no brief: 'format' is not 'briefing/1'")
        return from_record(Brief, record)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: {error}; give the brief.json that `briefing build` wrote") from error


def load_articles(path: Path) -> tuple[tuple[Article, ...], tuple[Dropped, ...]]:
    """The articles of a file of article records ("-" for the standard input), and the lines that hold none."""
    items = tuple(read_articles(str(path), _text(path)))
    return tuple(i for i in items if isinstance(i, Article)), tuple(i for i in items if isinstance(i, Dropped))


def load_clusters(path: Path) -> tuple[tuple[Story, ...], tuple[Dropped, ...]]:
    """The stories of JSON Lines of {"id", "articles": [article record...]}, and what could not be read."""
    stories, dropped = [], []
    for item in read_objects(str(path), _text(path)):
        if isinstance(item, Dropped):
            dropped.append(item)
            continue
        place, record = item
        try:
            stories.append(Story(str(record["id"]), tuple(map(article_of, record["articles"]))))
        except (KeyError, TypeError, ValueError) as error:
            dropped.append(Dropped(place, f"no cluster of articles: {error}"))
    return tuple(stories), tuple(dropped)


def _text(path: Path) -> str:
    try:
        return Path("/dev/stdin").read_text("utf-8") if str(path) == "-" else path.read_text("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
