"""Killed at any step, raced by any number: one edition, every message, one set of bytes."""

import json
import os
import signal
import smtplib
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from briefing.store import outbox
from tests.daily import office
from tests.daily.office import SLOT, Clock, configuration, desk, editions, mail_server, tick

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]


class Steps:
    """Notes the steps of a run that leave a trace outside the process, and kills the process at one of them."""

    def __init__(self, fatal: int) -> None:
        self.fatal = fatal
        self.taken: list[str] = []

    def step(self, name: str) -> None:
        self.taken.append(name)
        if len(self.taken) == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        def stepping(*arguments: Any, **options: Any) -> Any:
            self.step(f"{name} begins")
            result = function(*arguments, **options)
            self.step(f"{name} done")
            return result

        return stepping


def run_until_killed(folder: Path, port: int, fatal: int) -> list[str]:
    """Run a tick in a process of its own that dies at step `fatal`; the steps it took, none where it died."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        steps = Steps(fatal)
        os.replace = steps.around(os.replace, "rename")
        smtplib.SMTP.sendmail = steps.around(smtplib.SMTP.sendmail, "sendmail")  # type: ignore[method-assign]
        office_desk = desk(configuration(folder, port=port), clock=Clock(SLOT))
        office_desk.database.connection.set_trace_callback(lambda sql: steps.step(sql.strip().lower()))
        office_desk.tick()
        os.write(writer, json.dumps(steps.taken).encode())
        os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    with os.fdopen(reader) as told:
        taken: list[str] = json.loads(told.read() or "[]")
        return taken


def unsure(steps: list[str]) -> set[int]:
    """The steps, from 1, at which the server has a message and the outbox does not know it yet."""
    found, open_since = set(), 0
    for number, step in enumerate(steps, 1):
        if step == "sendmail done":
            open_since = number
        if open_since:
            found.add(number)
        if step == "commit":
            open_since = 0
    return found


@pytest.fixture
def server() -> Iterator[office.Server]:
    with mail_server() as running:
        yield running


@pytest.mark.slow
def test_killed_at_any_step_exactly_one_edition_comes_and_every_message_with_one_set_of_bytes(
    tmp_path: Path, server: office.Server
) -> None:
    tick(configuration(tmp_path / "0"), Clock())
    steps = run_until_killed(tmp_path / "0", server.port, fatal=0)
    assert {"rename done", "sendmail done", "commit"} <= set(steps)
    twice = set()
    for fatal in range(1, len(steps) + 1):
        folder = tmp_path / str(fatal)
        server.taken.clear()
        tick(configuration(folder), Clock())
        assert run_until_killed(folder, server.port, fatal) == [], "the process was to die"
        later = Clock(SLOT + timedelta(seconds=outbox.LEASE + 1))
        tick(configuration(folder, port=server.port), later)
        assert editions(folder) == ["2026-03-02"], f"step {fatal}"
        assert (folder / "output" / "2026-03-02" / "brief.pdf").exists(), f"step {fatal}"
        unique = server.unique()
        assert {address for address, _ in unique} == {"ann@example.org", "bob@example.org"}, f"step {fatal}"
        assert len(unique) == 2, f"step {fatal}: a second Message-ID for one edition and recipient"
        assert all(len(different) == 1 for different in unique.values()), f"step {fatal}: different bytes"
        if len(server.taken) > 2:
            twice.add(fatal)
    print(f"{len(steps)} steps; at {len(twice)} of them a server that ignores the Message-ID shows a message twice")
    assert twice <= unsure(steps)


def test_twenty_four_processes_race_for_one_slot_and_one_edition_is_made(tmp_path: Path, server: office.Server) -> None:
    config = configuration(tmp_path, port=server.port)
    tick(config, Clock())
    start_reader, start = os.pipe()
    children = []
    for _ in range(24):
        child = os.fork()
        if child == 0:
            os.close(start)
            os.read(start_reader, 1)  # returns when the parent closes its end
            os._exit(tick(config, Clock(SLOT)))
        children.append(child)
    os.close(start)
    made = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    os.close(start_reader)
    assert sorted(made) == [0] * 23 + [1]
    assert editions(tmp_path) == ["2026-03-02"]
    assert sorted(address for address, _ in server.taken) == ["ann@example.org", "bob@example.org"]
