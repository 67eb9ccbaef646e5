"""The network, the store and the commands together."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.collect import collect
from briefing.collect.keep import Health, Kept
from briefing.config import Network, parse_config
from briefing.errors import InputError
from briefing.gather import StoreCache, fetch_by
from briefing.model import Dropped, Page
from briefing.store import Database
from briefing.store.web import Answers
from tests.collect.server import Asked, Server, redirect, serving, text

WORDS = " ".join(["The council of Varnholm met on Tuesday and decided on the harbour bridge."] * 12)
FEED = (
    "<rss><channel><title>Courier</title><item><title>Bridge</title><link>/bridge</link>"
    f"<pubDate>Tue, 08 Mar 2022 08:00:00 GMT</pubDate><description>{WORDS}</description></item></channel></rss>"
)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        running.answers["/feed"] = text(FEED)
        yield running


def briefing(*arguments: object, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "briefing", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)


def test_what_is_put_in_the_store_comes_out_as_it_was(tmp_path: Path) -> None:
    database = Database(tmp_path / "s.sqlite")
    cache = StoreCache(Answers(database))
    kept = Kept("https://a.example/", "https://a.example/x", "text/html", b"\0\xffWords" * 99, 1.5, '"1"', None)
    health = Health("https://a.example/", "A", 1.0, 2.0, 3, "HTTP 500", None, True, 9.0, 5, 1.0, 60.0)
    cache.put(replaced := Kept(kept.url, kept.final, "x", b"", 0.0))
    assert cache.get(kept.url) == replaced
    cache.put(kept)
    cache.note(health)
    database.close()
    database = Database(tmp_path / "s.sqlite")
    cache = StoreCache(Answers(database))
    assert (cache.get(kept.url), cache.health(health.url)) == (kept, health)
    assert (cache.get("https://b.example/"), cache.health("https://b.example/")) == (None, None)
    database.close()


def test_a_second_run_within_minutes_asks_nobody(server: Server, tmp_path: Path) -> None:
    for _ in range(2):
        fetch = fetch_by(Network(allow_private=True), store=tmp_path / "s.sqlite")
        (page,) = [item for item in collect([f"{server.url}/feed"], fetch=fetch) if isinstance(item, Page)]
        assert page.known["title"] == "Bridge"
    assert server.paths == ["/robots.txt", "/feed"]


def test_private_addresses_are_reached_only_when_that_is_said(server: Server) -> None:
    (item,) = collect([f"{server.url}/feed"], fetch=fetch_by(Network()))
    assert isinstance(item, Dropped)
    assert "--allow-private" in item.why
    assert server.asked == []


def test_collect_and_feeds_as_commands(server: Server, tmp_path: Path) -> None:
    server.answers |= {
        "/old": redirect("/feed", 301),
        "/gone": lambda asked: asked.reply(status=410),
        "/list": text(
            f'<opml><body><outline xmlUrl="{server.url}/old"/><outline xmlUrl="{server.url}/gone"/></body></opml>'
        ),
    }
    (tmp_path / "briefing.toml").write_text('store = "s.sqlite"\n[profiles.a]\ninputs = ["x"]\n')
    done = briefing("collect", f"{server.url}/list", "--allow-private", "--store", "s.sqlite", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    (record,) = map(json.loads, done.stdout.splitlines())
    assert (record["title"], record["source"], record["text"]) == ("Bridge", "Courier", WORDS)
    assert "HTTP 410: gone for good" in done.stderr
    lines = map(json.loads, briefing("feeds", "--json", folder=tmp_path).stdout.splitlines())
    states = {row["url"].rpartition("/")[2]: row["state"] for row in lines}
    assert states == {"gone": "gone", "old": "moved"}
    exported = briefing("feeds", "export", folder=tmp_path).stdout
    assert f'xmlUrl="{server.url}/feed"' in exported
    assert "/gone" not in exported
    assert briefing("feeds", "forget", f"{server.url}/gone", folder=tmp_path).returncode == 0
    assert briefing("feeds", "forget", f"{server.url}/gone", folder=tmp_path).returncode == 2
    assert "gone" not in briefing("feeds", folder=tmp_path).stdout.replace(f"{server.url}/old", "")


def test_the_brief_says_which_feeds_could_not_be_read(server: Server, tmp_path: Path) -> None:
    server.answers["/dead"] = lambda asked: asked.reply(status=500)
    options = ("--allow-private", "--format", "json", "--output", "out")
    done = briefing("build", f"{server.url}/feed", f"{server.url}/dead", *options, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    (made,) = (tmp_path / "out").glob("*/brief.json")
    coverage = json.loads(made.read_text("utf-8"))["coverage"]
    assert {"input": f"{server.url}/dead", "why": "HTTP 500: no document"} in coverage["dropped"]


def test_the_brief_says_which_feeds_do_not_do_well_in_its_record_and_in_why(server: Server, tmp_path: Path) -> None:
    server.answers["/old"] = redirect("/feed", 301)
    options = ("--allow-private", "--format", "json", "--output", "out")
    done = briefing("build", f"{server.url}/old", *options, folder=tmp_path)
    assert f"{server.url}/old: moved: to {server.url}/feed, and is read there" in done.stderr
    (made,) = (tmp_path / "out").glob("*/brief.json")
    coverage = json.loads(made.read_text("utf-8"))["coverage"]
    note = {"name": "Courier", "url": f"{server.url}/old", "state": "moved", "since": None}
    assert coverage["feeds"] == [{**note, "detail": f"{server.url}/feed"}]
    assert (coverage["inputs"], coverage["dropped"]) == (1, [])
    assert "moved: to" in briefing("why", made, "courier", folder=tmp_path).stdout


def test_an_interrupted_run_leaves_a_store_that_the_next_one_goes_on_from(server: Server, tmp_path: Path) -> None:
    def slow(asked: Asked) -> None:
        asked.drip(iter([b""] * 100), every=0.1)

    server.answers["/slow"] = slow
    command = [sys.executable, "-m", "briefing", "collect", f"{server.url}/feed", f"{server.url}/slow"]
    options = ["--allow-private", "--store", "s.sqlite"]
    with subprocess.Popen([*command, *options], cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as run:
        for _ in range(600):
            if "/slow" in server.paths:
                break
            _wait(0.05)
        run.kill()
        run.communicate()
    server.answers["/slow"] = text(FEED.replace("ridge", "arbour"))
    done = briefing(*command[3:], *options, folder=tmp_path)
    assert sorted(json.loads(line)["title"] for line in done.stdout.splitlines()) == ["Barbour", "Bridge"]
    assert server.paths.count("/feed") == 1


def _wait(seconds: float) -> None:
    import time

    time.sleep(seconds)


def test_files_alone_load_nothing_of_the_network(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(FEED)
    script = (
        "import sys\nfrom briefing.collect import collect\nfrom briefing.gather import fetch_by\n"
        "from briefing.config import Network\n"
        "assert len(list(collect(['feed.xml'], fetch=fetch_by(Network())))) == 1\n"
        "print(sorted({'http.client', 'ssl', 'protego', 'sqlite3', 'briefing.collect.web'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_the_network_is_configured_and_checked() -> None:
    profile = '[profiles.a]\ninputs = ["x"]\n[network]\n'
    assert parse_config(profile + "seconds = 5\ncomplete = false").network == Network(seconds=5, complete=False)
    with pytest.raises(InputError, match=r"network\.hosts: more than 0"):
        parse_config(profile + "hosts = 0")
    with pytest.raises(InputError, match="no such key"):
        parse_config(profile + "cookies = true")


def test_rules_for_a_site_hold_on_the_command_line_and_in_the_daily_run(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{WORDS}</p>" for _ in range(3))
    (tmp_path / "a.html").write_text(
        f'<html><head><link rel="canonical" href="https://www.courier.example/2022/03/08/bridge"></head><body><article>'
        f'<h1>Bridge</h1>{paragraphs}<div class="box"><p>Boxed: {WORDS}</p></div></article></body></html>'
    )
    rules = '[sites."courier.example"]\nremove = ".box"\n'
    (tmp_path / "briefing.toml").write_text(f'[profiles.a]\ninputs = ["a.html"]\nformats = ["json"]\n{rules}')
    with_rules = ("--config", "briefing.toml")
    plain, ruled = (briefing("collect", "a.html", *more, folder=tmp_path) for more in ((), with_rules))
    assert ("Boxed" in plain.stdout, "Boxed" in ruled.stdout) == (True, False), ruled.stderr
    built = briefing("build", "a.html", "--format", "json", *with_rules, folder=tmp_path)
    assert built.returncode == 0, built.stderr
    assert "Boxed" not in (tmp_path / "output" / "2022-03-08" / "articles.jsonl").read_text("utf-8")
    made = briefing("tick", "--now", *with_rules, folder=tmp_path)
    assert made.returncode == 0, made.stderr
    texts = [path.read_text("utf-8") for path in (tmp_path / "output").glob("*/articles.jsonl")]
    assert len(texts) == 2
    assert not any("Boxed" in text for text in texts)
