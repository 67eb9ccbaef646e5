"""IMAP folders: the messages of the last days, read without marking them, each kept before it is used.

An address is `imaps://USER@HOST/FOLDER` (`imap://` begins plain and asks for TLS); `?days=N` says how far back, and
`?password_env=NAME` in which environment variable the password is. The password never stands in an address.
"""

from __future__ import annotations

import base64
import imaplib
import os
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic
from urllib.parse import parse_qs, unquote, urlsplit

from briefing.collect.errors import FetchError
from briefing.collect.keep import Cache, Forgetful, Kept
from briefing.collect.mail import read_mail
from briefing.model import Dropped, Page

PASSWORD_ENV = "BRIEFING_IMAP_PASSWORD"
DAYS = 2  # how far back a folder is read when nothing is said: yesterday's newsletters
MOST_MESSAGES = 500  # of a folder, the newest
LARGEST = 20_000_000  # bytes of a message
_PORTS = {"imaps": 993, "imap": 143}
_UID = re.compile(rb"UID (\d+)")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A folder of a mail server and how to get in."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    days: int
    secure: bool

    @property
    def name(self) -> str:
        """The folder as it may be shown."""
        return f"imap://{self.host}/{self.folder}"


def mailbox_of(address: str, surroundings: Callable[[str], str | None] = os.environ.get) -> Mailbox:
    """The mailbox that an address names. Raises `FetchError` saying what is missing."""
    parts = urlsplit(address)
    query = parse_qs(parts.query)
    variable = query.get("password_env", [PASSWORD_ENV])[0]
    password = surroundings(variable)
    days = query.get("days", [str(DAYS)])[0]
    if not parts.hostname or not parts.username:
        raise FetchError("an address such as imaps://user@mail.example/INBOX is needed")
    if parts.password:
        raise FetchError(f"the password may not stand in the address; put it into the environment variable {variable}")
    if password is None:
        raise FetchError(f"no password: put it into the environment variable {variable}")
    if not days.isdecimal():
        raise FetchError(f"?days={days} is not a number of days")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    port = parts.port or _PORTS[parts.scheme]
    return Mailbox(parts.hostname, port, unquote(parts.username), password, folder, int(days), parts.scheme == "imaps")


def read_mailbox(
    mailbox: Mailbox, *, now: float, seconds: float, plain: bool = False, cache: Cache | None = None
) -> Iterator[Page | Dropped]:
    """The pages of the folder's messages, oldest first; `plain` allows a server without TLS (of tests, on loopback).

    What cannot be had is Dropped, with the reason: the folder, or one message.
    """
    until = monotonic() + seconds
    cache = cache or Forgetful()
    try:
        server = _opened(mailbox, seconds, plain)
    except (OSError, imaplib.IMAP4.error) as error:
        yield Dropped(mailbox.name, f"cannot be read: {_said(error)}")
        return
    try:
        for uid, size in _messages(server, mailbox, now):
            if monotonic() > until:
                yield Dropped(mailbox.name, f"left out from message {uid} on: not finished within {seconds:g} seconds")
                return
            place = f"{mailbox.name}#{uid}"
            if size > LARGEST:
                yield Dropped(place, f"{size:,} bytes, more than {LARGEST:,}")
                continue
            yield from read_mail(place, _message(server, uid, f"{place};{_validity(server)}", cache, now))
    except (OSError, imaplib.IMAP4.error) as error:
        yield Dropped(mailbox.name, f"broke off: {_said(error)}")
    finally:
        _closed(server)


def _opened(mailbox: Mailbox, seconds: float, plain: bool) -> imaplib.IMAP4:
    context = ssl.create_default_context()
    if mailbox.secure:
        server: imaplib.IMAP4 = imaplib.IMAP4_SSL(mailbox.host, mailbox.port, ssl_context=context, timeout=seconds)
    else:
        server = imaplib.IMAP4(mailbox.host, mailbox.port, timeout=seconds)
    try:
        if not mailbox.secure and not plain:
            server.starttls(context)  # a password is never sent in the clear
        server.login(mailbox.user, mailbox.password)
        status, answer = server.select(_quoted(mailbox.folder), readonly=True)
        if status != "OK":
            raise imaplib.IMAP4.error(f"no folder {mailbox.folder!r}: {_text(answer[0])}")
    except BaseException:
        _closed(server)
        raise
    return server


def _messages(server: imaplib.IMAP4, mailbox: Mailbox, now: float) -> list[tuple[int, int]]:
    """(UID, bytes) of the newest messages since the day the mailbox asks for."""
    since = datetime.fromtimestamp(now, UTC) - timedelta(days=mailbox.days)
    day = f"{since.day:02}-{_MONTHS[since.month - 1]}-{since.year}"
    _, found = server.uid("SEARCH", "SINCE", day)
    uids = [uid.decode("ascii") for uid in (found[0] or b"").split()][-MOST_MESSAGES:]
    if not uids:
        return []
    _, lines = server.uid("FETCH", ",".join(uids), "(UID RFC822.SIZE)")
    sizes = {}
    for line in lines:
        head = line[0] if isinstance(line, tuple) else line
        if isinstance(head, bytes) and (uid := _UID.search(head)) and (size := _SIZE.search(head)):
            sizes[int(uid[1])] = int(size[1])
    return sorted(sizes.items())


_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # never the user's language: RFC 3501


def _message(server: imaplib.IMAP4, uid: int, name: str, cache: Cache, now: float) -> bytes:
    """The bytes of a message, from what is kept where it is kept: a message never changes."""
    if (kept := cache.get(name)) is not None:
        return kept.body
    _, answer = server.uid("FETCH", str(uid), "(BODY.PEEK[])")
    data = next((item[1] for item in answer if isinstance(item, tuple)), b"")
    cache.put(Kept(name, name, "message/rfc822", data, now))
    return data


def _validity(server: imaplib.IMAP4) -> str:
    """The number that changes when the server numbers its messages anew."""
    _, answer = server.response("UIDVALIDITY")
    return _text(answer[0] if answer else None)


def _quoted(folder: str) -> str:
    """A folder's name in the protocol's own UTF-7, quoted."""
    pieces = re.split(r"([^\x20-\x7e]+)", folder.replace("&", "&-"))
    for number in range(1, len(pieces), 2):
        packed = base64.b64encode(pieces[number].encode("utf-16-be")).decode("ascii")
        pieces[number] = f"&{packed.rstrip('=').replace('/', ',')}-"
    return '"' + "".join(pieces).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _closed(server: imaplib.IMAP4) -> None:
    try:
        server.logout()
    except (OSError, imaplib.IMAP4.error):
        with suppress(OSError):  # closed by what went wrong: that is what is to be told
            server.shutdown()


def _said(error: Exception) -> str:
    said = error.args[0] if error.args else error
    return (_text(said) if isinstance(said, bytes) else str(getattr(error, "strerror", None) or said))[:200]


def _text(data: object) -> str:
    return data.decode("utf-8", "replace") if isinstance(data, bytes) else str(data or "")
