"""Inputs in, Pages out: files, folders and the standard input, told apart by what they hold."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from briefing.collect.decode import decode
from briefing.collect.kinds import read
from briefing.errors import InputError
from briefing.model import Dropped, Page

LARGEST = 20_000_000  # bytes of one file; a news page is under 5 MB, a day's records of a large desk under 20 MB

__all__ = ["collect"]


def collect(inputs: Iterable[str]) -> Iterator[Page | Dropped]:
    """Pages of the inputs, folders in the order of their names; what cannot be read is Dropped, with the reason.

    An input is a file, a folder (read with all below it, hidden names left out), or "-" for the standard input.
    Raises `InputError` for an input that does not exist.
    """
    for given in inputs:
        if given == "-":
            yield from read("-", decode(sys.stdin.buffer.read()))
        elif not Path(given).exists():
            raise InputError(f"no such file or folder: {given!r}; give files, folders, or - for the standard input")
        else:
            for path in _files(Path(given)):
                yield from _read_file(path)


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for inner in sorted(path.iterdir()):
        if not inner.name.startswith("."):
            yield from _files(inner)


def _read_file(path: Path) -> Iterator[Page | Dropped]:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            yield Dropped(str(path), f"{size:,} bytes, more than {LARGEST:,}")
            return
        data = path.read_bytes()
    except OSError as error:
        yield Dropped(str(path), f"cannot be read: {error.strerror}")
        return
    if not data.strip():
        yield Dropped(str(path), "empty")
    elif b"\0" in data[:1024] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield Dropped(str(path), "not text")
    else:
        yield from read(str(path), decode(data))
