"""Files in, nouns out, and back: briefs, article records, clusters."""

from __future__ import annotations

import io
import json
import os
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefing.collect.records import article_of, read_articles, read_objects
from briefing.errors import InputError
from briefing.model import Article, Brief, Dropped, Story
from briefing.record import from_record

ARTICLES = "articles.jsonl"  # beside brief.json: what `verify` needs

__all__ = ["json_lines", "load_articles", "load_brief", "load_clusters", "packed", "unpacked", "write"]


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


def packed(files: Mapping[str, bytes]) -> bytes:
    """Files as one ZIP archive without times, the same bytes for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The files of `packed`."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


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
    from briefing.group import origins  # with numpy and scipy, which the other readers do without

    stories, dropped = [], []
    for item in read_objects(str(path), _text(path)):
        if isinstance(item, Dropped):
            dropped.append(item)
            continue
        place, record = item
        try:
            story = Story(str(record["id"]), tuple(map(article_of, record["articles"])))
            stories.append(replace(story, origins=origins(story)))
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
