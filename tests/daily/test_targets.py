"""Folders, Maildirs and webhooks: whole or not at all, once, and what went wrong is said without the secret."""

import json
import mailbox
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from briefing.config import Target
from briefing.deliver.folder import put_in_maildir
from briefing.store import Letter
from tests.daily.office import SLOT, Clock, Journal, configuration, desk, maildir


@dataclass
class Hook:
    """A web server's memory: what was posted, and the answers it gives, first first; then 200."""

    posted: list[tuple[dict[str, str], Any]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    address: str = ""


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hook]:
    memory = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            memory.posted.append((dict(self.headers), json.loads(body)))
            status = memory.answers.pop(0) if memory.answers else 200
            if status == 0:
                self.wfile.write(b"nonsense\r\n\r\n")
                return
            self.send_response(status)
            if status == 302:
                self.send_header("Location", memory.address)
            self.end_headers()

        def do_GET(self) -> None:
            raise AssertionError("a webhook is posted to, never fetched")

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    memory.address = f"http://127.0.0.1:{server.server_port}/services/s3cr3t-token"
    monkeypatch.setenv("BRIEFING_TEST_HOOK", memory.address)
    yield memory
    server.shutdown()
    server.server_close()


HOOK = Target("webhook", address_env="BRIEFING_TEST_HOOK")


def posted(folder: Path, clock: Clock, journal: Journal) -> Any:
    here = desk(configuration(folder, targets=(HOOK,)), clock=clock, log=journal)
    here.tick()
    clock.now = SLOT
    here.tick()
    return here


def test_a_webhook_gets_title_and_headlines_with_a_key_that_tells_a_repetition(tmp_path: Path, hook: Hook) -> None:
    posted(tmp_path, Clock(), Journal())
    ((headers, told),) = hook.posted
    assert told == {"text": "*Daily brief* 2026-03-02\n• Bridge closed"}
    assert headers["Idempotency-Key"] == "morning/2026-03-02"
    assert headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("status", "state"),
    [(204, "delivered"), (404, "refused"), (302, "refused"), (429, "waiting"), (503, "waiting"), (0, "waiting")],
)
def test_a_webhooks_answer_decides(tmp_path: Path, hook: Hook, status: int, state: str) -> None:
    hook.answers.append(status)
    journal = Journal()
    here = posted(tmp_path, Clock(), journal)
    (letter,) = [letter for letter in here.outbox.letters() if letter.kind == "webhook"]
    assert letter.state == state
    assert "s3cr3t" not in repr(journal.events) + repr(letter)


def test_an_address_that_is_not_set_or_reaches_nobody_waits_and_never_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for address in ("", "http://127.0.0.1:1/services/s3cr3t-token", "http://[s3cr3t-token/x"):
        monkeypatch.setenv("BRIEFING_TEST_HOOK", address)
        journal = Journal()
        here = posted(tmp_path / str(len(address)), Clock(), journal)
        (letter,) = [letter for letter in here.outbox.letters() if letter.kind == "webhook"]
        assert letter.state == "waiting"
        assert "s3cr3t" not in repr(journal.events) + repr(letter)


def test_a_headline_cannot_mention_everybody_in_a_channel(tmp_path: Path, hook: Hook) -> None:
    from briefing.letters import _inert

    assert _inert("<!channel> a & b\n<http://x|y>") == "&lt;!channel&gt; a &amp; b &lt;http://x|y&gt;"


def test_a_maildir_gets_the_message_once_however_often_it_is_tried(tmp_path: Path) -> None:
    clock = Clock()
    here = desk(configuration(tmp_path, targets=(maildir(tmp_path / "mail"),)), clock=clock)
    here.tick()
    clock.now = SLOT
    here.tick()
    (message,) = mailbox.Maildir(tmp_path / "mail")
    assert message["Subject"].startswith("Daily brief")
    letter = Letter("maildir", str(tmp_path / "mail"), (next((tmp_path / "mail" / "new").iterdir())).read_bytes())
    assert put_in_maildir(letter).note == "was there already"
    assert len(list((tmp_path / "mail" / "new").iterdir())) == 1
    assert list((tmp_path / "mail" / "tmp").iterdir()) == []


def test_another_folder_gets_the_same_files_and_a_full_one_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "share").write_text("not a folder yet")
    clock = Clock()
    target = Target("folder", path="share")
    here = desk(configuration(tmp_path, targets=(target,)), clock=clock)
    here.tick()
    clock.now = SLOT
    here.tick()
    (tmp_path / "share").unlink()
    clock.forward(minutes=2)
    here.tick()
    one, other = tmp_path / "output" / "2026-03-02", tmp_path / "share" / "2026-03-02"
    assert {p.name: p.read_bytes() for p in one.iterdir()} == {p.name: p.read_bytes() for p in other.iterdir()}
