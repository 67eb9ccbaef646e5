"""A thousand feeds of fifty entries from one server on loopback: every entry arrives, memory stays bounded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest

from tests.collect.server import Asked, serving

FEEDS, ENTRIES = 1_000, 50
MOST_MEMORY = 120_000_000  # bytes at the peak, of which Python and its libraries are 50 MB; all bodies are 100 MB
WORDS = " ".join(["The council of Varnholm met on Tuesday and decided on the harbour bridge."] * 27)  # 2 kB

SCRIPT = """
import resource, sys
from pathlib import Path
from briefing.collect import collect
from briefing.config import Network
from briefing.gather import fetch_by
network = Network(allow_private=True, host_pages=10_000)
def peak():  # of this process alone: what getrusage tells includes the one that started it
    return next(int(line.split()[1]) * 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
count = 0
for page in collect([sys.argv[1]], fetch=fetch_by(network, store=Path(sys.argv[2]) if sys.argv[2] else None)):
    count += hasattr(page, "content")
used = resource.getrusage(resource.RUSAGE_SELF)
print(count, peak(), used.ru_utime + used.ru_stime)
"""


def answer(asked: Asked) -> None:
    number = asked.path.strip("/")
    if number == "list":
        outlines = "".join(f'<outline xmlUrl="http://{asked.headers["host"]}/{n}"/>' for n in range(FEEDS))
        asked.reply(f"<opml><body>{outlines}</body></opml>".encode())
    elif number == "robots.txt":
        asked.reply(status=404)
    else:
        item = "<item><title>T{0}</title><link>https://c.example/{1}/{0}</link><description>{2}</description></item>"
        items = "".join(item.format(entry, number, WORDS) for entry in range(ENTRIES))
        asked.reply(f"<rss><channel><title>F{number}</title>{items}</channel></rss>".encode())


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from Linux's /proc")
@pytest.mark.parametrize("stored", [False, True], ids=["without a store", "with a store"])
def test_a_thousand_feeds_arrive_in_bounded_memory(tmp_path: Path, stored: bool) -> None:
    with serving() as server:
        server.answers["*"] = answer
        store = str(tmp_path / "s.sqlite") if stored else ""
        began = perf_counter()
        command = [sys.executable, "-c", SCRIPT, f"{server.url}/list", store]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, env={**os.environ, "no_proxy": "*"})
        seconds = perf_counter() - began
    assert done.returncode == 0, done.stderr
    count, memory, cpu = done.stdout.split()
    print(f"{count} entries, {int(memory) / 1e6:.0f} MB, {float(cpu):.1f} s CPU, {seconds:.1f} s")
    assert int(count) == FEEDS * ENTRIES
    assert int(memory) < MOST_MEMORY
