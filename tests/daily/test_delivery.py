"""Letters to real servers on loopback: refused, delayed, dropped, encrypted, logged in, hostile."""

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from briefing.config import Config, Mail
from briefing.daily import Desk
from briefing.deliver.message import make_message
from tests.daily import hostile
from tests.daily.office import SLOT, Clock, Journal, Server, configuration, desk, mail_server


@pytest.fixture
def server() -> Iterator[Server]:
    with mail_server() as running:
        yield running


def published(config: Config, clock: Clock, journal: Journal | None = None) -> Desk:
    """A desk that has made its edition and sent it once."""
    here = desk(config, clock=clock, log=journal or Journal())
    here.tick()
    clock.now = SLOT
    assert here.tick() == 1
    return here


def states(here: Desk) -> dict[str, tuple[str, int | None]]:
    return {letter.target: (letter.state, letter.code) for letter in here.outbox.letters() if letter.kind == "mail"}


def with_mail(config: Config, **changes: Any) -> Config:
    assert config.mail is not None
    return replace(config, mail=replace(config.mail, **changes))


def test_what_is_refused_for_good_is_not_tried_again_and_the_others_get_theirs(tmp_path: Path, server: Server) -> None:
    server.answers["ann@example.org"] = ["550 5.1.1 no such user"]
    clock = Clock()
    here = published(configuration(tmp_path, port=server.port), clock)
    assert states(here) == {"ann@example.org": ("refused", 550), "bob@example.org": ("delivered", 250)}
    clock.forward(hours=2)
    here.tick()
    assert [address for address, _ in server.taken] == ["bob@example.org"]


def test_what_is_refused_for_now_is_tried_again_later_and_longer_each_time(tmp_path: Path, server: Server) -> None:
    server.answers["ann@example.org"] = ["451 try later", "452 still full", "421 going down"]
    clock = Clock()
    here = published(configuration(tmp_path, port=server.port), clock)
    waits = []
    while states(here)["ann@example.org"][0] == "waiting":
        attempts = next(letter.attempts for letter in here.outbox.letters() if letter.target == "ann@example.org")
        clock.forward(seconds=10)
        here.tick()
        if next(x.attempts for x in here.outbox.letters() if x.target == "ann@example.org") > attempts:
            waits.append((clock.now - SLOT).total_seconds())
    assert states(here)["ann@example.org"] == ("delivered", 250)
    assert waits == [60, 180, 420]
    assert sorted(address for address, _ in server.taken) == ["ann@example.org", "bob@example.org"]


def test_a_letter_that_nobody_takes_expires_and_can_be_sent_again(tmp_path: Path, server: Server) -> None:
    server.answers["ann@example.org"] = ["450 greylisted"] * 1000
    clock = Clock()
    here = published(with_mail(configuration(tmp_path, port=server.port), retry_hours=3), clock)
    for _ in range(50):
        clock.forward(minutes=5)
        here.tick()
    assert states(here)["ann@example.org"] == ("expired", 450)
    server.answers.clear()
    assert here.outbox.again("morning", SLOT, now=clock.now, hours=3) == 1
    assert here.send() == 1
    assert {address for address, _ in server.taken} == {"ann@example.org", "bob@example.org"}


def test_a_letter_that_nobody_tried_in_time_expires(tmp_path: Path) -> None:
    clock = Clock()
    here = published(configuration(tmp_path, port=1), clock)
    clock.forward(hours=25)
    here.stop.clear()
    here.outbox.expire(clock.now)
    assert {state for state, _ in states(here).values()} == {"expired"}


def test_a_drop_after_the_data_is_tried_again_with_the_same_bytes_and_message_id(
    tmp_path: Path, server: Server
) -> None:
    server.drop_after_data = 1
    clock = Clock()
    here = published(configuration(tmp_path, port=server.port), clock)
    clock.forward(minutes=2)
    here.tick()
    assert [address for address, _ in server.taken].count("ann@example.org") == 2
    assert len(server.unique()) == 2
    assert all(len(different) == 1 for different in server.unique().values())
    assert states(here)["ann@example.org"] == ("delivered", 250)


def test_a_server_that_is_away_costs_one_attempt_a_round_and_not_one_a_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def away(mail: Mail, config: Config) -> Any:
        asked.append(mail.host)
        raise ConnectionRefusedError("nobody there")

    monkeypatch.setattr("briefing.deliver.smtp.connect", away)
    recipients = tuple(f"reader{n}@example.org" for n in range(40))
    here = published(configuration(tmp_path, port=2525, recipients=recipients), Clock())
    assert asked == ["127.0.0.1"]
    assert {state for state, _ in states(here).values()} == {"waiting"}


def test_a_silent_server_is_left_after_the_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    monkeypatch.setattr("briefing.deliver.smtp.WAIT", 0.3)

    async def silent(*_: Any) -> str:
        await asyncio.sleep(1.0)
        return "250 OK"

    server.handle_MAIL = silent  # type: ignore[attr-defined]
    here = published(configuration(tmp_path, port=server.port, recipients=("ann@example.org",)), Clock())
    (letter,) = [letter for letter in here.outbox.letters() if letter.kind == "mail"]
    assert (letter.state, letter.attempts) == ("waiting", 1)
    assert "timed out" in str(letter.note)


def test_many_letters_share_few_connections(tmp_path: Path, server: Server) -> None:
    greeted: list[str] = []

    async def greet(smtp: Any, session: Any, envelope: Any, hostname: str, responses: list[str]) -> list[str]:
        greeted.append(hostname)
        session.host_name = hostname
        return responses

    server.handle_EHLO = greet  # type: ignore[attr-defined]
    recipients = tuple(f"reader{n}@example.org" for n in range(120))
    published(configuration(tmp_path, port=server.port, recipients=recipients), Clock())
    assert len(server.taken) == 120
    assert len(greeted) == 3


# ---------------------------------------------------------------- encryption and login


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A key and a certificate for 127.0.0.1 that no system trusts."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is absent: no certificate for a server of our own")
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    extensions = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(cert)]
    subprocess.run([*command.split(), *extensions], check=True, capture_output=True)
    return key, cert


def tls(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate[1], certificate[0])
    return context


def check_login(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and data.login == b"desk" and data.password == b"open sesame"
    return AuthResult(success=right, handled=False)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_mail_is_encrypted_and_a_certificate_that_nobody_vouches_for_is_refused(
    tmp_path: Path, certificate: tuple[Path, Path], security: str
) -> None:
    options = {"ssl_context": tls(certificate)} if security == "tls" else {"tls_context": tls(certificate)}
    with mail_server(require_starttls=security == "starttls", **options) as server:
        config = with_mail(configuration(tmp_path, port=server.port), security=security)
        clock = Clock()
        here = published(config, clock)
        letters = [letter for letter in here.outbox.letters() if letter.kind == "mail"]
        assert {letter.state for letter in letters} == {"waiting"}
        assert all("CERTIFICATE_VERIFY_FAILED" in str(letter.note) for letter in letters)
        here.config = with_mail(config, ca_file=str(certificate[1]))
        clock.forward(minutes=2)
        assert here.send() == 2


def test_the_password_comes_from_the_environment_or_a_file_and_never_shows(
    tmp_path: Path, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, clock = Journal(), Clock()
    options = {"authenticator": check_login, "auth_required": True, "tls_context": tls(certificate)}
    with mail_server(**options) as server:
        config = with_mail(
            configuration(tmp_path, port=server.port),
            security="starttls",
            ca_file=str(certificate[1]),
            user="desk",
            password_env="BRIEFING_TEST_PASSWORD",
        )
        here = published(config, clock, journal)
        assert {letter.note for letter in here.outbox.letters() if letter.kind == "mail"} == {
            f"127.0.0.1:{server.port}: mail.password_env: no environment variable BRIEFING_TEST_PASSWORD; set it"
        }
        monkeypatch.setenv("BRIEFING_TEST_PASSWORD", "wrong horse")
        clock.forward(minutes=2)
        assert here.send() == 0
        assert set(states(here).values()) == {("waiting", 535)}  # a wrong password is no reason to give a letter up
        (tmp_path / "password").write_text("open sesame\n")
        here.config = with_mail(config, password_env=None, password_file="password")
        clock.forward(minutes=5)
        assert here.send() == 2
    told = repr(journal.events) + "".join(str(letter) for letter in here.outbox.letters())
    assert "wrong horse" not in told
    assert "open sesame" not in told


# ---------------------------------------------------------------- messages

UNSUBSCRIBE = hostile.UNSUBSCRIBE


@pytest.mark.slow
def test_a_thousand_messages_with_hostile_headers_round_trip(tmp_path: Path, server: Server) -> None:
    config = replace(configuration(tmp_path), mail=hostile.mail(server.port))
    sent = hostile.send(config, 1000)
    assert len(server.taken) == len(sent) == 1000
    for address, data in server.taken:
        hostile.check(data, sent)
        assert hostile.recipient(data) == address


def test_the_same_edition_gives_the_same_bytes_and_every_recipient_a_message_id_of_its_own() -> None:
    mail = Mail("h", "desk@example.org")
    one, again = (make_message(mail, "a@example.org", key="k", subject="s", text="t", sent=SLOT) for _ in range(2))
    other = make_message(mail, "b@example.org", key="k", subject="s", text="t", sent=SLOT)
    assert one == again
    assert one[0] != other[0]
    assert b"Auto-Submitted: auto-generated\r\n" in one[1]


def test_addresses_beyond_ascii_are_sent_where_the_server_can_and_refused_where_not(tmp_path: Path) -> None:
    recipients = ("Jörg <jörg@bücher.example>", "ann@bücher.example")
    with mail_server(enable_SMTPUTF8=False) as unable:
        here = published(configuration(tmp_path, port=unable.port, recipients=recipients), Clock())
        assert states(here)["ann@bücher.example"] == ("delivered", 250)
        assert states(here)["Jörg <jörg@bücher.example>"][0] == "refused"
    with mail_server(enable_SMTPUTF8=True) as able:
        here = published(configuration(tmp_path / "2", port=able.port, recipients=recipients), Clock())
        assert {state for state, _ in states(here).values()} == {"delivered"}
        assert {address for address, _ in able.taken} == {"jörg@xn--bcher-kva.example", "ann@xn--bcher-kva.example"}


def test_a_signed_message_verifies_and_a_changed_one_does_not(tmp_path: Path) -> None:
    dkim = pytest.importorskip("dkim", reason="the extra for DKIM is absent")
    if shutil.which("openssl") is None:
        pytest.skip("openssl is absent: no key to sign with")
    key = subprocess.run(["openssl", "genrsa", "2048"], check=True, capture_output=True).stdout
    command = ["openssl", "rsa", "-pubout", "-outform", "DER"]
    public = subprocess.run(command, input=key, check=True, capture_output=True).stdout
    import base64

    record = b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)
    mail = Mail("h", "desk@example.org", dkim_domain="example.org", dkim_selector="s1", unsubscribe=UNSUBSCRIBE)
    _, data = make_message(mail, "a@example.org", key="k", subject="Brücke", text="t", sent=SLOT, dkim_key=key)
    assert dkim.verify(data, dnsfunc=lambda name, timeout=5: record)
    for old, new in (
        (b"Message-ID: <", b"Message-ID: <0"),
        (b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", b""),
        (b"From: desk@", b"From: eve@example.org\r\nFrom: desk@"),
    ):
        assert old in data
        assert not dkim.verify(data.replace(old, new), dnsfunc=lambda name, timeout=5: record)


def test_the_operator_is_told_once_of_a_slot_that_keeps_failing(tmp_path: Path, server: Server) -> None:
    def failing(*_: Any) -> Any:
        raise ZeroDivisionError("a fault of ours")

    journal, clock = Journal(), Clock()
    config = with_mail(configuration(tmp_path, port=server.port), operator="ops@example.org")
    here = desk(config, clock=clock, make=failing, log=journal)
    here.tick()
    clock.now = SLOT
    for _ in range(20):
        here.tick()
        clock.forward(minutes=5)
    assert [address for address, _ in server.taken] == ["ops@example.org"]
    failures = [what for name, what in journal.events if name == "failed"]
    assert 3 < len(failures) < 10
    assert "a fault of ours" in failures[0]["trace"]
    clock.now = SLOT + timedelta(days=1)
    here.tick()
    assert len(server.taken) == 2
