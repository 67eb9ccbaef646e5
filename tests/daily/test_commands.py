"""The commands of daily use, one after the other, as a person and a program call them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.errors import BriefingError, InputError
from tests.daily.office import mail_server

ARTICLE = "The council of Varnholm met on Tuesday.\n\n“We will repair the bridge,” said Mayor Ingrid Halloran.\n"
TEXT = """\
health = "health.json"

[mail]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "Desk <desk@example.org>"

[profiles.morning]
inputs = ["articles"]
schedule = ["daily 06:30 Europe/Berlin"]
recipients = ["ann@example.org", "bob@example.org"]
formats = ["md"]
"""


def run(folder: Path, *arguments: str) -> str:
    words = list(arguments)
    done = CliRunner().invoke(main, ["-q", *words, "--config", str(folder / "briefing.toml")])
    if done.exception is not None:
        raise done.exception
    return done.stdout


def rows(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(folder, *arguments, "--json").splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text(ARTICLE)
    (tmp_path / "briefing.toml").write_text(TEXT.format(port=1))
    return tmp_path


def test_a_day_of_commands(folder: Path) -> None:
    with mail_server() as server:
        server.answers["bob@example.org"] = ["550 no such user"]
        (folder / "briefing.toml").write_text(TEXT.format(port=server.port))
        assert rows(folder, "config", "check") == [{"path": str(folder / "briefing.toml"), "profiles": ["morning"]}]
        assert [row["profile"] for row in rows(folder, "schedule", "--next", "3")] == ["morning"] * 3
        (would,) = rows(folder, "tick", "--now", "--dry-run")
        assert not (folder / "output").exists()
        (due,) = rows(folder, "tick", "--now")
        assert due["profile"] == would["profile"] == "morning"
        (made,) = rows(folder, "history")
        assert made["edition"] == due["edition"]
        assert (folder / "output" / made["edition"] / "brief.md").exists()

        standing = rows(folder, "status")
        assert [row["what"] for row in standing] == ["profile", "run", "letter", "problem"]
        with pytest.raises(BriefingError, match=r"1 problems; the first: morning: mail to bob@example\.org refused"):
            run(folder, "status", "--check")
        assert not json.loads((folder / "health.json").read_text())["ok"]

        letters = rows(folder, "send", made["edition"], "--dry-run")
        assert [(row["target"], row["state"]) for row in letters] == [("bob@example.org", "refused")]
        assert len(server.taken) == 1
        letters = rows(folder, "send", made["edition"])
        assert {row["state"] for row in letters} == {"delivered"}
        assert [address for address, _ in server.taken] == ["ann@example.org", "bob@example.org"]
        run(folder, "send", made["edition"], "--all")
        assert len(server.taken) == 4
        assert len(server.unique()) == 2
        assert {len(different) for different in server.unique().values()} == {1}
        run(folder, "status", "--check")

    assert {hit["kind"] for hit in rows(folder, "search", "VARNHOLM", "bridge")} == {"article", "edition"}
    assert run(folder, "search", "nowhere") == ""
    run(folder, "backup", str(folder / "copy.sqlite"))
    assert (folder / "copy.sqlite").read_bytes().startswith(b"SQLite format 3")


def test_what_cannot_be_done_says_the_way_out(folder: Path) -> None:
    with pytest.raises(InputError, match="no edition '2026-03-02'; the latest: none"):
        run(folder, "send", "2026-03-02")
    with pytest.raises(InputError, match="no profile named 'noon'; known: morning"):
        run(folder, "tick", "--profile", "noon")
    with pytest.raises(BriefingError, match="no copy could be written"):
        run(folder, "backup", str(folder / "no" / "copy.sqlite"))
    with pytest.raises(BriefingError, match="must be mended"):
        run(folder, "doctor")  # nobody listens at the mail server's port
    (folder / "articles" / "a.txt").unlink()
    (folder / "articles").rmdir()
    with pytest.raises(BriefingError, match="no such file or folder"):
        run(folder, "tick", "--now")


@pytest.mark.parametrize("kind", ["systemd", "cron", "docker"])
def test_a_service_is_shown_with_this_python_and_this_configuration(folder: Path, kind: str) -> None:
    shown = run(folder, "service", "show", kind)
    assert "@" not in shown.replace("@example", "")
    assert "briefing" in shown


def test_init_leaves_what_is_there_alone(tmp_path: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(main, ["init", str(tmp_path / "news")]).exit_code == 0
    assert (tmp_path / "news" / "seeds").is_dir()
    again = runner.invoke(main, ["init", str(tmp_path / "news")])
    assert isinstance(again.exception, InputError)
