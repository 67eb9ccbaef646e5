"""A digest and its attachments as the bytes of one message, the same at every attempt."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from briefing.config import Mail
from briefing.errors import InputError

# The standard library folds headers of more than 78 characters, and breaks a List-Unsubscribe that has no blank in it
# (python/cpython#87659); 998 is the longest line that RFC 5322 allows.
POLICY = SMTP.clone(max_line_length=998)
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

    Raises `InputError` where a header cannot be written, or the extra for DKIM is absent.
    """
    message = EmailMessage(policy=POLICY)
    domain = parseaddr(mail.sender)[1].partition("@")[2]
    unique = hashlib.sha256(f"{key}\0{recipient}".encode()).hexdigest()[:24]
    message_id = f"<{unique}.briefing@{domain}>"
    try:
        message["From"] = _address(mail.sender)
        message["To"] = _address(recipient)
        message["Subject"] = _line(subject)
    except (ValueError, IndexError) as error:
        raise InputError(f"mail to {recipient}: {error}; check sender, recipient and title") from error
    message["Date"] = format_datetime(sent)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    _list_headers(message, mail)
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    for name in sorted(attachments):
        main, sub = TYPES.get(name.rpartition(".")[2], ("application", "octet-stream"))
        message.add_attachment(attachments[name], maintype=main, subtype=sub, filename=name)
    _fix_boundaries(message, unique)
    data = message.as_bytes()
    return message_id, _signed(data, mail, dkim_key) if dkim_key else data


def _list_headers(message: EmailMessage, mail: Mail) -> None:
    if mail.list_id:
        message["List-Id"] = f"<{mail.list_id}>"
    if mail.unsubscribe:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        if mail.unsubscribe.startswith("https:"):
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058


def _address(given: str) -> Address:
    name, address = parseaddr(given)
    return Address(display_name=_line(name), addr_spec=address)


def _line(text: str) -> str:
    """One line: what would end a header and begin another becomes a blank."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _fix_boundaries(message: EmailMessage, unique: str) -> None:
    """Boundaries made of the key rather than of chance: the same edition gives the same bytes."""
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{unique}_{number}")


def _signed(data: bytes, mail: Mail, key: bytes) -> bytes:
    try:
        import dkim
    except ImportError:
        raise InputError("mail.dkim_key_file: DKIM needs an extra; pip install 'briefing[dkim]'") from None
    if not (mail.dkim_domain and mail.dkim_selector):
        raise InputError("mail.dkim_key_file: dkim_domain and dkim_selector are needed too")
    signature: bytes = dkim.sign(data, mail.dkim_selector.encode(), mail.dkim_domain.encode(), key)
    return signature + data
