"""Inputs in, Pages out: files, folders, the standard input, and, through `fetch`, the network.

What an input is, is told by what it holds (kinds.py): articles as text, Markdown, HTML or JSON; feeds, lists of
feeds and sitemaps; mail, web archives, books. Addresses are fetched by whoever comes in by the door.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from briefing.collect.addresses import without_password
from briefing.collect.kinds import LARGEST, read_bytes
from briefing.collect.links import Link
from briefing.errors import InputError
from briefing.model import Dropped, Found, Page

LARGEST_ARCHIVE = 200_000_000  # bytes of a file on disk; an mbox or a web archive holds many documents
Fetch = Callable[[Iterable[Link]], Iterator[Found]]

__all__ = ["LARGEST", "collect"]

_ADDRESS = re.compile(r"(?:(?:https?|imaps?)://|feed:/{0,2})\S+", re.IGNORECASE)
_MAIL_FOLDER = {"cur", "new", "tmp"}


def collect(inputs: Iterable[str], *, fetch: Fetch | None = None) -> Iterator[Found]:
    """Pages of the inputs, folders in the order of their names; what cannot be read is Dropped, with the reason.

    An input is a file, a folder (read with all below it, hidden names left out), "-" for the standard input, an
    http(s) address of a page, feed, list of feeds or sitemap, or an imap(s) address of a mail folder. Addresses, and
    feeds that files name, are handed to `fetch` together, after the files; without it they are Dropped. Of feeds that
    do not do well it brings a note, too. Raises `InputError` for an input that does not exist.
    """
    links: list[Link] = []
    for given in inputs:
        for item in _found(given):
            if isinstance(item, Link):
                links.append(item)
            else:
                yield item
    if links and fetch is not None:
        yield from fetch(links)
    elif links:
        yield from (Dropped(link.origin, "an address: nothing is fetched here") for link in links)


def _found(given: str) -> Iterator[Page | Dropped | Link]:
    if given == "-":
        yield from read_bytes("-", sys.stdin.buffer.read())
    elif _ADDRESS.fullmatch(given):
        address = re.sub(r"^feed:(?://)?(?=https?:)|^feed:(?=//)", "", given, flags=re.IGNORECASE)
        address = f"https:{address}" if address.startswith("//") else address
        yield Link(address, without_password(given))
    elif not Path(given).exists():
        raise InputError(
            f"no such file or folder: {given!r}; give files, folders, addresses, or - for the standard input"
        )
    else:
        for path in _files(Path(given)):
            yield from _read_file(path)


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    names = sorted(path.iterdir())
    if {name.name for name in names if name.is_dir()} >= _MAIL_FOLDER:
        names = [name for name in names if name.name != "tmp"]  # a Maildir: what is still being delivered
    for inner in names:
        if not inner.name.startswith("."):
            yield from _files(inner)


def _read_file(path: Path) -> Iterator[Page | Dropped | Link]:
    try:
        size = path.stat().st_size
        if size > LARGEST_ARCHIVE:
            yield Dropped(str(path), f"{size:,} bytes, more than {LARGEST_ARCHIVE:,}")
            return
        if size > LARGEST and not _is_archive(path):
            yield Dropped(str(path), f"{size:,} bytes, more than {LARGEST:,}")
            return
        data = path.read_bytes()
    except OSError as error:
        yield Dropped(str(path), f"cannot be read: {error.strerror}")
        return
    yield from read_bytes(str(path), data)


def _is_archive(path: Path) -> bool:
    """Whether a large file holds many documents: mail, a web archive."""
    from briefing.collect.kinds import packed_kind

    with path.open("rb") as file:
        return packed_kind(file.read(8192)) in ("mail", "warc")
