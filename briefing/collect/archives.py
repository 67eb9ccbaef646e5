"""Web archives: the pages and feeds in WARC and ARC files, each with the address and time of its capture."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from io import BytesIO, StringIO
from typing import Any

from briefing.collect.addresses import absolute, canonical
from briefing.collect.decode import decode_as
from briefing.collect.kinds import html_page, read_bytes, unzipped
from briefing.collect.links import Link
from briefing.errors import MissingDependency
from briefing.model import Dropped, Page

LARGEST = 20_000_000  # bytes of one record's contents, unpacked
MOST_RECORDS = 100_000
LARGEST_WHOLE = 200_000_000  # bytes of an archive that was compressed as a whole, unpacked
_RECORD = re.compile(rb"^WARC/\d\.\d\r?$", re.MULTILINE)
_READ = ("text/html", "application/xhtml+xml", "text/plain", "xml", "json")


def read_warc(origin: str, data: bytes) -> Iterator[Page | Dropped | Link]:
    """The documents of an archive's responses and resources; a truncated archive gives what came before the break.

    Raises `MissingDependency` without warcio.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError:
        raise MissingDependency("web archives need warcio: pip install 'briefing[warc]'") from None
    count, empty = 0, True
    records = iter(ArchiveIterator(BytesIO(_plain(data)), arc2warc=True))
    while count < MOST_RECORDS:
        try:
            with redirect_stderr(StringIO()):  # the library writes its remarks there
                record = next(records)
            found = list(_documents(f"{origin}#{count + 1}", record))
        except StopIteration:
            break
        except Exception as error:  # the library raises its own, zlib's, and AttributeError where headers are missing
            found = [
                Dropped(origin, f"the archive breaks off after {count} records: {type(error).__name__}: {error}"[:200])
            ]
            count = MOST_RECORDS
        count += 1
        empty = empty and not found
        yield from found
    if empty:
        yield Dropped(origin, "a web archive without a document")


def _documents(origin: str, record: Any) -> Iterator[Page | Dropped | Link]:
    if record.rec_type not in ("response", "resource"):
        return
    headers = record.http_headers
    kind = ((headers or record.rec_headers).get_header("Content-Type") or "").lower()
    status = headers.get_statuscode() if headers else "200"
    if not status.startswith("2") or not any(name in kind for name in _READ):
        return
    address = absolute(record.rec_headers.get_header("WARC-Target-URI"))
    body = record.content_stream().read(LARGEST + 1)
    if len(body) > LARGEST:
        yield Dropped(origin, f"more than {LARGEST:,} bytes")
        return
    known = {"url": canonical(address)} if address else {}
    if "html" in kind:
        yield html_page(origin, decode_as(body, _charset(kind)), known)
    else:
        yield from read_bytes(origin, body, known=known, depth=1)


def _plain(data: bytes) -> bytes:
    """An archive that was compressed as a whole, against the standard, unpacked; any other as it is."""
    return (unzipped(data, LARGEST_WHOLE) or data) if data.startswith(b"\x1f\x8b") and _is_one(data) else data


def _is_one(data: bytes) -> bool:
    """Whether the first member of gzip data holds more than one record."""
    engine = zlib.decompressobj(wbits=31)
    try:
        begin = engine.decompress(data, 1_000_000)
    except zlib.error:
        return False
    return len(_RECORD.findall(begin)) > 1


def _charset(kind: str) -> str | None:
    return kind.partition("charset=")[2].partition(";")[0].strip(" \"'") or None
