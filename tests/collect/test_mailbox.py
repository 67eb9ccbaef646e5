"""IMAP folders, read from a small server on loopback."""

from __future__ import annotations

import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from briefing.collect.errors import FetchError
from briefing.collect.keep import Health, Kept
from briefing.collect.mailbox import PASSWORD_ENV, Mailbox, _quoted, mailbox_of, read_mailbox
from briefing.model import Dropped, Page
from tests.collect.certificates import made, trust

NOW = 1_646_730_000.0  # 2022-03-08
LETTER = b"From: Courier <a@b.example>\r\nSubject: %s\r\nMessage-ID: <%s@b.example>\r\n\r\nThe bridge is open.\r\n"


@dataclass
class Folder:
    """What the server holds, and what it was told."""

    messages: dict[int, bytes] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    port: int = 0
    breaks_at: int | None = None
    context: ssl.SSLContext | None = None  # with one, it speaks TLS: at once, or when asked to
    at_once: bool = True
    secured: list[bool] = field(default_factory=list)  # whether each command came through TLS


@pytest.fixture
def folder() -> Iterator[Folder]:
    state = Folder()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):  # a client that does not trust us hangs up
                if state.context and state.at_once:
                    self.secure(state.context)
                self.wfile.write(b"* OK ready\r\n")
                self.serve()
            if isinstance(self.request, ssl.SSLSocket):
                self.request.close()

        def secure(self, context: ssl.SSLContext) -> None:
            self.request = context.wrap_socket(self.request, server_side=True)
            super().setup()

        def serve(self) -> None:
            while raw := self.rfile.readline():
                tag, _, command = raw.decode().strip().partition(" ")
                state.said.append(command)
                state.secured.append(isinstance(self.request, ssl.SSLSocket))
                if command == "STARTTLS" and state.context:
                    self.wfile.write(f"{tag} OK begin\r\n".encode())
                    self.secure(state.context)
                    continue
                if not self.answer(command):
                    return
                if command == "LOGOUT":
                    return
                status = (
                    "NO no such folder" if '"Missing"' in command else "NO bad" if '"wrong"' in command else "OK done"
                )
                self.wfile.write(f"{tag} {status}\r\n".encode())

        def answer(self, command: str) -> bool:
            if command == "CAPABILITY":
                offered = b" STARTTLS" if state.context and not state.at_once else b""
                self.wfile.write(b"* CAPABILITY IMAP4rev1" + offered + b"\r\n")
            elif command.startswith("EXAMINE"):
                self.wfile.write(b"* 2 EXISTS\r\n* OK [UIDVALIDITY 77] v\r\n")
            elif command.startswith("UID SEARCH"):
                self.wfile.write(f"* SEARCH {' '.join(map(str, state.messages))}\r\n".encode())
            elif command.startswith("UID FETCH"):
                return self.fetch(command)
            return True

        def fetch(self, command: str) -> bool:
            uids = [int(uid) for uid in re.findall(r"\d+", command.split()[2])]
            for number, uid in enumerate(uids, 1):
                data = state.messages[uid]
                if "RFC822.SIZE" in command:
                    self.wfile.write(f"* {number} FETCH (UID {uid} RFC822.SIZE {len(data)})\r\n".encode())
                elif uid == state.breaks_at:
                    self.wfile.write(b"* 1 FETCH (UID 1 BODY[] {500}\r\nFrom")
                    return False
                else:
                    self.wfile.write(
                        f"* {number} FETCH (UID {uid} BODY[] {{{len(data)}}}\r\n".encode() + data + b")\r\n"
                    )
            return True

    class Threaded(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    with Threaded(("127.0.0.1", 0), Handler) as server:
        state.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield state
        server.shutdown()
        thread.join()


class Memory:
    def __init__(self) -> None:
        self.answers: dict[str, Kept] = {}

    def get(self, url: str) -> Kept | None:
        return self.answers.get(url)

    def put(self, kept: Kept) -> None:
        self.answers[kept.url] = kept

    def health(self, url: str) -> Health | None:
        return None

    def note(self, health: Health) -> None:
        raise AssertionError("a folder of mail is no feed")


def box(folder: Folder, name: str = "News", password: str = "secret", *, secure: bool = False) -> Mailbox:
    return Mailbox("127.0.0.1", folder.port, "ann", password, name, 2, secure)


def read(folder: Folder, memory: Memory | None = None, **given: str) -> list[Page | Dropped]:
    return list(read_mailbox(box(folder, **given), now=NOW, seconds=10, plain=True, cache=memory))


def test_the_messages_of_the_last_days_are_read_and_left_unread(folder: Folder) -> None:
    folder.messages = {7: LETTER % (b"Two", b"2"), 5: LETTER % (b"One", b"1")}
    pages = read(folder)
    assert [page.known["title"] for page in pages if isinstance(page, Page)] == ["One", "Two"]
    assert [page.origin for page in pages if isinstance(page, Page)] == [f"imap://127.0.0.1/News#{n}" for n in (5, 7)]
    assert "UID SEARCH SINCE 06-Mar-2022" in folder.said
    assert any(said.startswith('EXAMINE "News"') for said in folder.said)
    assert all("BODY[]" not in said for said in folder.said)


def test_a_message_is_fetched_once(folder: Folder) -> None:
    folder.messages = {5: LETTER % (b"One", b"1")}
    memory = Memory()
    assert len(read(folder, memory)) == len(read(folder, memory)) == 1
    assert sum("BODY.PEEK" in said for said in folder.said) == 1


@pytest.mark.parametrize(
    ("given", "reason"), [({"name": "Missing"}, "no folder"), ({"password": "wrong"}, "cannot be")]
)
def test_what_cannot_be_opened_is_dropped_without_the_password(
    folder: Folder, given: dict[str, str], reason: str
) -> None:
    (item,) = read(folder, **given)
    assert isinstance(item, Dropped)
    assert reason in item.why
    assert "secret" not in item.why
    assert "wrong" not in item.why


def test_a_connection_that_breaks_keeps_what_came_before(folder: Folder) -> None:
    folder.messages = {1: LETTER % (b"One", b"1"), 2: LETTER % (b"Two", b"2")}
    folder.breaks_at = 2
    first, second = read(folder)
    assert isinstance(first, Page)
    assert isinstance(second, Dropped)
    assert "broke off" in second.why


def test_a_server_without_tls_gets_no_password(folder: Folder) -> None:
    (item,) = read_mailbox(box(folder), now=NOW, seconds=5)
    assert isinstance(item, Dropped)
    assert not any("LOGIN" in said for said in folder.said)


@pytest.mark.parametrize("at_once", [True, False])
def test_over_tls_a_trusted_server_gets_the_password_and_gives_its_messages(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool
) -> None:
    folder.context, folder.at_once = made(tmp_path, "127.0.0.1"), at_once
    folder.messages = {5: LETTER % (b"One", b"1")}
    trust(monkeypatch, tmp_path)
    (page,) = read_mailbox(box(folder, secure=at_once), now=NOW, seconds=10)
    assert isinstance(page, Page), page
    assert page.known["title"] == "One"
    in_clear = [said for said, secured in zip(folder.said, folder.secured, strict=True) if not secured]
    assert in_clear == ([] if at_once else ["CAPABILITY", "STARTTLS"])
    assert any("LOGIN" in said for said in folder.said)


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("name", ["nobody vouches for", "is another's"])
def test_a_server_whose_certificate_does_not_hold_gets_no_password(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool, name: str
) -> None:
    folder.context, folder.at_once = (
        made(tmp_path, "127.0.0.1" if name.startswith("nobody") else "other.example"),
        at_once,
    )
    if not name.startswith("nobody"):
        trust(monkeypatch, tmp_path)
    (item,) = read_mailbox(box(folder, secure=at_once), now=NOW, seconds=10)
    assert isinstance(item, Dropped)
    assert "certificate verify failed" in item.why
    assert not any("LOGIN" in said for said in folder.said)


def test_an_address_names_a_mailbox_and_never_its_password() -> None:
    found = mailbox_of("imaps://ann%40b.example@mail.example/News/Daily?days=5", {PASSWORD_ENV: "s"}.get)
    assert found == Mailbox("mail.example", 993, "ann@b.example", "s", "News/Daily", 5, True)
    for address, why in (
        ("imaps://mail.example/", "is needed"),
        ("imaps://ann:s@mail.example/", "may not stand in the address"),
        ("imaps://ann@mail.example/?password_env=OTHER", "OTHER"),
        ("imaps://ann@mail.example/?days=x", "not a number"),
    ):
        with pytest.raises(FetchError, match=why):
            mailbox_of(address, {PASSWORD_ENV: "s"}.get)


def test_names_of_folders_are_written_as_the_protocol_wants_them() -> None:
    assert _quoted('Büro & "Co"') == '"B&APw-ro &- \\"Co\\""'
