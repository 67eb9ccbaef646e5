"""Bytes in, text out: the order of evidence is byte order mark, declared charset, UTF-8, then detection."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from typing import Any

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# How "<?" and "{"-like first characters look in wide encodings without a mark, longest first.
_WIDE = ((b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARED = re.compile(rb"""(?:charset\s*=\s*["']?|<\?xml[^>]*encoding\s*=\s*["'])([\w.:-]+)""", re.IGNORECASE)
_SINGLE = ("ascii", "iso8859-", "cp125", "koi8-", "mac-")  # charsets of single bytes, as Python names them
_HEAD = 2048  # bytes in which HTML and XML declare their charset (the HTML standard looks at 1024)
_SURROGATE = re.compile("[\ud800-\udfff]")


def decode(data: bytes) -> str:
    """The text of `data`, with "\\n" line ends and no lone surrogates; never raises."""
    return sound(_decoded(data).replace("\r\n", "\n").replace("\r", "\n"))


def sound(text: str) -> str:
    """`text` with each lone surrogate, which no file can hold, replaced by U+FFFD; offsets stay as they are."""
    return _SURROGATE.sub("\ufffd", text)


def sound_value(value: Any) -> Any:
    """A JSON value with every string made `sound`."""
    if isinstance(value, str):
        return sound(value)
    if isinstance(value, dict):
        return {sound(key): sound_value(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [sound_value(inner) for inner in value]
    return value


def is_utf16(data: bytes) -> bool:
    """Whether the NULs in the data are halves of characters."""
    return data.startswith(tuple(mark for mark, _ in (*_MARKS[1:], *_WIDE)))


def decode_as(data: bytes, charset: str | None) -> str:
    """The text of `data` that was sent with a charset: a mark wins over it, it wins over what the text declares."""
    if charset and not data.startswith(tuple(mark for mark, _ in _MARKS)):
        try:
            return sound(_decoded_as(data, charset).replace("\r\n", "\n").replace("\r", "\n"))
        except (LookupError, UnicodeError, ValueError):
            pass
    return decode(data)


def _decoded_as(data: bytes, name: str) -> str:
    """The data in a declared charset. Raises `LookupError` or `UnicodeError`.

    In a charset of single bytes everything means something, so the declaration is checked: what is well-formed UTF-8 is
    UTF-8. ISO 8859-1 is read as Windows-1252, as browsers do (WHATWG, Encoding).
    """
    codec = codecs.lookup(name).name
    if codec.startswith(_SINGLE):
        with suppress(UnicodeError):
            return data.decode("utf-8")
        if codec in ("iso8859-1", "ascii"):
            with suppress(UnicodeError):
                return data.decode("cp1252")
    return data.decode(name)


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    for begin, encoding in _WIDE:
        if data.startswith(begin):
            return data.decode(encoding, errors="replace")
    declared = _DECLARED.search(data[:_HEAD])
    for name in (declared[1].decode("ascii") if declared else "utf-8", "utf-8"):
        try:
            return _decoded_as(data, name)
        except (LookupError, UnicodeError):
            continue
    from charset_normalizer import from_bytes  # slow to import, rarely needed

    best = from_bytes(data).best()
    return str(best) if best is not None else data.decode("cp1252", errors="replace")
