"""Bytes in, text out: the order of evidence is byte order mark, declared charset, UTF-8, then detection."""

from __future__ import annotations

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(rb"""(?:charset\s*=\s*["']?|<\?xml[^>]*encoding\s*=\s*["'])([\w.:-]+)""", re.IGNORECASE)
_HEAD = 2048  # bytes in which HTML and XML declare their charset (the HTML standard looks at 1024)
_SURROGATE = re.compile("[\ud800-\udfff]")


def decode(data: bytes) -> str:
    """The text of `data`, with "\\n" line ends and no lone surrogates; never raises."""
    return sound(_decoded(data).replace("\r\n", "\n").replace("\r", "\n"))


def sound(text: str) -> str:
    """`text` with each lone surrogate, which no file can hold, replaced by U+FFFD; offsets stay as they are."""
    return _SURROGATE.sub("\ufffd", text)


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    declared = _DECLARED.search(data[:_HEAD])
    for name in (declared[1].decode("ascii") if declared else "utf-8", "utf-8"):
        try:
            return data.decode(name)
        except (LookupError, UnicodeError):
            continue
    from charset_normalizer import from_bytes  # slow to import, rarely needed

    best = from_bytes(data).best()
    return str(best) if best is not None else data.decode("cp1252", errors="replace")
