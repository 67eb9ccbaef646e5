"""Messages that go wrong wherever anything can: what they are made of, and whether they arrived as they were."""

from __future__ import annotations

import random
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

from briefing.config import Config, Mail
from briefing.deliver import Carrier
from briefing.deliver.message import make_message
from briefing.store import Letter
from tests.daily.office import SLOT

PIECES = (
    "harbour", "Brücke", "日本語ニュース", "عربي", "e\u0301", "😀", "=?utf-8?q?x?=", "\r\nBcc: eve@example.org",
    "\u2028", "\x00", "a" * 200, '"quoted"', "(comment)", ",;", ":", "<x@y.example>", "\ud800", "Subject: x", "\n.\n",
)  # fmt: skip
UNSUBSCRIBE = "https://example.org/unsubscribe?" + "x" * 800
ATTACHED = bytes(range(256)) + b"\r\n.\r\n"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a message was made of."""

    name: str
    subject: str
    text: str


def mail(port: int) -> Mail:
    """A server on loopback, a sender with commas, marks and umlauts, and a List-Unsubscribe of 834 characters."""
    return Mail(
        "127.0.0.1",
        'Dësk, of "News" <desk@example.org>',
        port=port,
        security="none",
        list_id="morning.example.org",
        unsubscribe=UNSUBSCRIBE,
    )


def send(config: Config, count: int) -> dict[str, Sent]:
    """Deliver so many hostile messages; what each Message-ID was made of."""
    assert config.mail is not None
    chance, sent = random.Random(87659), {}
    with Carrier(config) as carrier:
        for number in range(count):
            name = one_line("Ann " + _words(chance, 4)).replace("<", "").replace(">", "")
            told = Sent(name, _words(chance, 30), _words(chance, 40))
            message_id, data = make_message(
                config.mail,
                f"{name} <reader{number}@example.org>",
                key=f"morning/{number}",
                subject=told.subject,
                text=told.text,
                html=f"<p>{'ä' * 1500}",
                attachments={f'früh "{number}" {name[:30]}.pdf': ATTACHED},
                sent=SLOT,
            )
            assert data.isascii()
            assert max(map(len, data.split(b"\r\n"))) <= 998
            sent[message_id] = told
            outcome = carrier.deliver(Letter("mail", f"{name} <reader{number}@example.org>", data, message_id))
            assert outcome.delivered, outcome
    return sent


def check(data: bytes, sent: dict[str, Sent]) -> None:
    """Hold a message that arrived against what it was made of."""
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    told = sent[message["Message-ID"]]
    assert message.get_all("Bcc") is None
    assert message["Subject"] == one_line(told.subject)
    assert message["List-Unsubscribe"] == f"<{UNSUBSCRIBE}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    read = str(make_header(decode_header(parseaddr(_to(data))[0])))
    if read != told.name:
        raise AssertionError(repr((_to(data), read, told.name)))
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().split() == told.text.replace("\ud800", "?").replace("\x00", "").split()
    (attachment,) = message.iter_attachments()
    assert attachment.get_content() == ATTACHED
    assert str(attachment.get_filename()).startswith('früh "')


def recipient(data: bytes) -> str:
    """The address in a message's To."""
    return parseaddr(_to(data))[1]


def one_line(text: str) -> str:
    """The text as a header may hold it."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _to(data: bytes) -> str:
    return str(message_from_bytes(data, policy=policy.compat32)["To"])


def _words(chance: random.Random, longest: int) -> str:
    return " ".join(chance.choice(PIECES) for _ in range(chance.randint(1, longest)))
