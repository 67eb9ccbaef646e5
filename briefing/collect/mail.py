"""Mail to Pages: single messages, mbox files, saved web archives (MHTML), newsletters item by item.

The standard library's lenient policy reads the message; every header and body is decoded with a way out, since mail
names charsets that do not exist. Attached messages are messages of their own, other attachments are left alone.
"""

from __future__ import annotations

import email
import email.utils
import hashlib
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from typing import Any

from briefing.collect.addresses import absolute, canonical
from briefing.collect.decode import decode, decode_as
from briefing.collect.entries import ID_LENGTH
from briefing.collect.newsletters import items_of
from briefing.model import Dropped, Page

DEEPEST = 10  # messages forwarded within messages
MOST_PARTS = 500  # of one message
_PARTING = re.compile(rb"(?:\A|(?<=\n))From [^\n]*\b\d{4}\b[^\n]*\n")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)

Mail = Message


def read_mail(origin: str, data: bytes) -> Iterator[Page | Dropped]:
    """The pages of one message or of an mbox: what cannot be read costs one message."""
    data = data.lstrip(b"\r\n")
    starts = [match.span() for match in _PARTING.finditer(data)]
    if not starts or starts[0][0]:
        yield from _safely(origin, data)
        return
    ends = [start for start, _ in starts[1:]] + [len(data)]
    for number, ((_, begin), end) in enumerate(zip(starts, ends, strict=True), 1):
        place = f"{origin}#{number}" if len(starts) > 1 else origin
        yield from _safely(place, _QUOTED.sub(rb"\1", data[begin:end]))


def _safely(origin: str, data: bytes) -> Iterator[Page | Dropped]:
    try:
        found = list(_pages(origin, email.message_from_bytes(data, policy=compat32), DEEPEST))
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError) as error:
        yield Dropped(origin, f"a message that cannot be read: {type(error).__name__}: {error}"[:200])
        return
    yield from found or [Dropped(origin, "a message without text")]


def _pages(origin: str, message: Mail, depth: int) -> Iterator[Page | Dropped]:
    known = _known(message)
    html, text, inner = _bodies(message)
    if archived := _archived(message):
        yield (
            Page(origin, html, "html", archived) if html.strip() else Dropped(origin, "a web archive without its page")
        )
        return
    items = items_of(html) if html else ()
    for number, item in enumerate(items, 1):
        inherited = {key: value for key, value in known.items() if key in ("published", "source", "language")}
        own = {"title": item.title, "url": canonical(item.url) if item.url else None, "flags": list(item.flags)}
        yield Page(f"{origin}#{number}", item.content, "fragment", {**inherited, **_filled(own)})
    if not items and html.strip():
        yield Page(origin, html, "fragment", known)
    elif not items and text.strip():
        yield Page(origin, text, "text", known)
    for number, attached in enumerate(inner, 1) if depth else ():
        yield from _pages(f"{origin}/{number}", attached, depth - 1)


def _known(message: Mail) -> dict[str, Any]:
    """What the headers say: the sender is the source of a newsletter, the Message-ID its name."""
    name, address = email.utils.parseaddr(header(message, "From"))
    list_name = re.sub(r"<[^<>]*>", "", header(message, "List-Id")).strip(' "')
    url = absolute(re.sub(r"^<|>$", "", header(message, "Archived-At")))
    identity = header(message, "Message-ID").strip("<> \t")
    known = {
        "title": re.sub(r"^(?:(?:re|fwd?|aw|wg)\s*:\s*)+", "", header(message, "Subject"), flags=re.IGNORECASE),
        "published": _moment(header(message, "Date")),
        "source": name or list_name or address.rpartition("@")[2],
        "language": header(message, "Content-Language").split(",")[0].strip(),
        "url": url,
        "id": hashlib.sha256(identity.encode()).hexdigest()[:ID_LENGTH] if identity and not url else None,
        "guid": identity,
    }
    return _filled(known)


def _filled(known: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in known.items() if value}


def _moment(text: str) -> str | None:
    try:
        return email.utils.parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return text or None


def header(message: Mail, name: str) -> str:
    """A header as one line of text, "" where there is none; whatever its bytes are."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
    raw = str(raw).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        pieces = decode_header(raw)
    except (MessageError, ValueError):
        pieces = [(raw, None)]
    words = (piece if isinstance(piece, str) else decode_as(piece, charset) for piece, charset in pieces)
    return " ".join("".join(words).split())


def _bodies(message: Mail) -> tuple[str, str, list[Mail]]:
    """(HTML, plain text, attached messages): parts of one kind in their order, of alternatives each kind once."""
    html: list[str] = []
    text: list[str] = []
    inner: list[Mail] = []
    for part in _parts(message):
        kind = part.get_content_type()
        if kind == "message/rfc822":
            payload = part.get_payload()
            inner += [item for item in payload if isinstance(item, Message)] if isinstance(payload, list) else []
        elif "attachment" in header(part, "Content-Disposition").lower()[:12]:
            continue
        elif kind in ("text/html", "application/xhtml+xml"):
            html.append(_text(part))
        elif kind == "text/plain":
            text.append(_text(part))
    return (html[0] if _is_archive(message) and html else "\n".join(html)), "\n\n".join(text), inner


def _parts(message: Mail) -> Iterator[Mail]:
    """The leaves of a message in order, attached messages unopened; iterative and bounded."""
    stack, count = [message], 0
    while stack and count < MOST_PARTS:
        part = stack.pop()
        count += 1
        payload = part.get_payload()
        if isinstance(payload, list) and part.get_content_type() != "message/rfc822":
            stack += [item for item in reversed(payload) if isinstance(item, Message)]
        else:
            yield part


def _text(part: Mail) -> str:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):  # a transfer encoding that is not what it says
        data = str(part.get_payload()).encode("utf-8", "replace")
    try:
        charset = part.get_content_charset()
    except (ValueError, LookupError, TypeError):
        charset = None
    return decode_as(data, charset) if isinstance(data, bytes) else decode(str(data or "").encode("utf-8", "replace"))


def _is_archive(message: Mail) -> bool:
    return bool(header(message, "Snapshot-Content-Location")) or (
        message.get_content_type() == "multipart/related" and "saved by" in header(message, "From").lower()
    )


def _archived(message: Mail) -> dict[str, Any] | None:
    """What a saved web archive says of its page, or None when the message is mail."""
    if not _is_archive(message):
        return None
    place = header(message, "Snapshot-Content-Location")
    parts = _parts(message) if not place else ()
    roots = (header(part, "Content-Location") for part in parts if part.get_content_type() == "text/html")
    url = absolute(place or next(roots, ""))
    return _filled({"url": canonical(url) if url else None})
