"""A digest and its attachments as the bytes of one message, the same at every attempt."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr

from briefing.config import Mail
from briefing.deliver.address import domain_of, split_address, wire_address
from briefing.errors import InputError

# Seven bits: a message that no server on its way has reason to recode, which would break its DKIM signature.
POLICY = SMTP.clone(cte_type="7bit")
LONGEST_WORD = 60  # characters; a longer word would not fit a line of 78, so it is encoded, which can be folded
# RFC 6376, 5.4.1, and what RFC 8058 wants signed for one-click unsubscription.
SIGNED = (
    b"from to subject date message-id mime-version content-type list-id list-unsubscribe list-unsubscribe-post".split()
)
CONTROLS = dict.fromkeys(code for code in range(32) if chr(code) not in "\t\n\r")
TYPES = {"pdf": ("application", "pdf"), "epub": ("application", "epub+zip")}


def make_message(
    mail: Mail,
    recipient: str,
    *,
    key: str,
    subject: str,
    text: str,
    html: str | None = None,
    attachments: Mapping[str, bytes] = {},
    sent: datetime,
    dkim_key: bytes | None = None,
) -> tuple[str, bytes]:
    """(Message-ID, bytes) of a message; `key` names the edition, so the same edition has the same Message-ID.

    Raises `InputError` where an address cannot be written, or the extra for DKIM is absent.
    """
    unique = hashlib.sha256(f"{key}\0{recipient}".encode("utf-8", "backslashreplace")).hexdigest()[:24]
    try:
        message_id = f"<{unique}.briefing@{domain_of(mail.sender)}>"
        sender, to = _address(mail.sender), _address(recipient)
    except ValueError as error:
        raise InputError(f"mail to {recipient}: {error}; check sender and recipient") from error
    headers = {
        "From": sender,
        "To": to,
        "Subject": _encoded(_line(subject), "Subject"),
        "Date": format_datetime(sent),
        "Message-ID": message_id,
        "Auto-Submitted": "auto-generated",
        **dict(_list_headers(mail)),
    }
    # Written by us: the standard library folds inside of words that must stay whole (python/cpython#87659), and takes
    # what looks like an encoded word in a headline for one.
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode()
    data = head + _body(text, html, attachments, unique).as_bytes()
    return message_id, _signed(data, mail, dkim_key) if dkim_key else data


def _body(text: str, html: str | None, attachments: Mapping[str, bytes], unique: str) -> EmailMessage:
    """The parts; boundaries are made of the key rather than of chance: the same edition gives the same bytes."""
    message = EmailMessage(policy=POLICY)
    message.set_content(_sound(text))
    if html is not None:
        message.add_alternative(_sound(html), subtype="html")
    for name in sorted(attachments):
        main, sub = TYPES.get(name.rpartition(".")[2], ("application", "octet-stream"))
        message.add_attachment(attachments[name], maintype=main, subtype=sub, filename=_line(name))
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{unique}_{number}")
    return message


def _list_headers(mail: Mail) -> Iterator[tuple[str, str]]:
    if mail.list_id:
        yield "List-Id", f"<{_line(mail.list_id)}>"
    if mail.unsubscribe:
        yield "List-Unsubscribe", f"<{mail.unsubscribe}>"
        if mail.unsubscribe.startswith("https:"):
            yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"  # RFC 8058


def _address(given: str) -> str:
    name, address = _line(split_address(given)[0]), wire_address(given)
    if '"' in name or "\\" in name:  # legal when escaped, but OpenSMTPD 6.8 rewrites what stands behind an escape
        return f"{_rfc2047(name, 'From')} <{address}>"
    encoded = _encoded(name, "From")
    return f"{encoded} <{address}>" if encoded != name else formataddr((name, address)) if name else address


def _encoded(line: str, header: str) -> str:
    """The line as it is, or where that would not arrive as it is, in encoded words."""
    plain = line.isascii() and "=?" not in line and all(len(word) < LONGEST_WORD for word in line.split())
    return Header(line, "us-ascii", header_name=header).encode(linesep="\r\n") if plain else _rfc2047(line, header)


def _rfc2047(line: str, header: str) -> str:
    return Header(line, "utf-8", header_name=header).encode(linesep="\r\n")


def _line(text: str) -> str:
    """One line: what would end a header and begin another becomes a blank."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _sound(text: str) -> str:
    """The text without what no message may hold: NUL and other controls, and lone surrogates."""
    return text.translate(CONTROLS).encode("utf-8", "replace").decode()


def _signed(data: bytes, mail: Mail, key: bytes) -> bytes:
    try:
        import dkim
    except ImportError:
        raise InputError("mail.dkim_key_file: DKIM needs an extra; pip install 'briefing[dkim]'") from None
    if not (mail.dkim_domain and mail.dkim_selector):
        raise InputError("mail.dkim_key_file: dkim_domain and dkim_selector are needed too")
    try:
        signature: bytes = dkim.sign(
            data,
            mail.dkim_selector.encode(),
            mail.dkim_domain.encode(),
            key,
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=[*SIGNED, b"from"],  # once more than there are: a second From breaks the signature
        )
    except (dkim.DKIMException, ValueError) as error:
        raise InputError(f"mail.dkim_key_file: {error}; a PEM file with an RSA or Ed25519 key is needed") from error
    return signature + data
