"""Debian's OpenSMTPD on loopback, where it is installed and may be started: what we send is what it files."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.daily import hostile
from tests.daily.office import configuration

SMTPD = shutil.which("smtpd", path="/usr/sbin:/usr/local/sbin")
WAIT = 120.0  # seconds for the server to start, and to file what it took
CONFIGURATION = """\
listen on 127.0.0.1 port {port} hostname mail.example.org
action "keep" maildir "{folder}" virtual {{ "@" = nobody }}
match from any for any action "keep"
"""


def answers(port: int) -> bool:
    with socket.socket() as here:
        return here.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def filed() -> Iterator[tuple[int, Path]]:
    """The port of a running server, and the Maildir that it files to."""
    if SMTPD is None or sys.platform == "win32" or os.getuid() != 0:
        pytest.skip("OpenSMTPD is not installed, or only root may start it")
    work = Path(tempfile.mkdtemp(prefix="briefing-mta-"))
    work.chmod(0o755)  # the server delivers as the user nobody
    (work / "Maildir").mkdir()
    shutil.chown(work / "Maildir", "nobody")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (work / "smtpd.conf").write_text(CONFIGURATION.format(port=port, folder=work / "Maildir"))
    with (work / "log").open("wb") as log:
        running = subprocess.Popen([SMTPD, "-d", "-f", str(work / "smtpd.conf")], stdout=log, stderr=log)
    try:
        until = monotonic() + WAIT
        while not answers(port):
            if running.poll() is not None or monotonic() > until:
                pytest.skip(f"OpenSMTPD does not start here: {(work / 'log').read_text()[-300:]}")
            sleep(0.1)
        yield port, work / "Maildir" / "new"
    finally:
        running.terminate()
        running.wait(timeout=30)
        shutil.rmtree(work)


@pytest.mark.slow
def test_a_thousand_messages_with_hostile_headers_pass_through_a_real_server(
    tmp_path: Path, filed: tuple[int, Path]
) -> None:
    port, folder = filed
    sent = hostile.send(replace(configuration(tmp_path), mail=hostile.mail(port)), 1000)
    until = monotonic() + WAIT
    while not folder.exists() or len(list(folder.iterdir())) < len(sent):
        assert monotonic() < until, "the server did not file all messages"
        sleep(0.2)
    for path in folder.iterdir():
        hostile.check(path.read_bytes(), sent)
