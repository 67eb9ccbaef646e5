"""Options of a look, templates to start from, and feeds, as commands."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.model import Brief, Coverage, Window
from briefing.render import render


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output folder of three editions."""
    for day in ("2031-01-13", "2031-01-14", "2031-01-15"):
        empty = Brief("Coastal brief", day, "en", Window(), f"{day}T06:30:00+01:00", (), (), (), Coverage(0, 0, 0))
        (tmp_path / "out" / day).mkdir(parents=True)
        (tmp_path / "out" / day / "brief.json").write_bytes(render(empty, "json"))
    return tmp_path / "out"


def run(*words: object) -> str:
    done = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_feed_lists_the_editions_newest_first(output: Path, tmp_path: Path) -> None:
    home = "https://news.example/brief"
    record = json.loads(run("feed", output, "--home", home, "--format", "json"))
    days = [f"{home}/2031-01-{day}/brief.html" for day in (15, 14, 13)]
    assert [item["url"] for item in record["items"]] == days
    run("feed", output, "--home", home, "--title", "Desk", "-o", tmp_path / "feed.atom")
    root = ElementTree.parse(tmp_path / "feed.atom").getroot()
    assert root.findtext("{http://www.w3.org/2005/Atom}title") == "Desk"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--home", "https://x.example", "--format", "gopher"], "no feed named 'gopher'; known: atom, json, rss"),
        (["--home", "file:///etc"], "the home of a feed is an http or https address"),
    ],
)
def test_a_feed_that_cannot_be_says_why(output: Path, words: list[str], message: str) -> None:
    done = CliRunner().invoke(main, ["feed", str(output), *words])
    assert done.exit_code != 0
    assert message in str(done.exception)


def test_a_folder_without_editions_has_no_feed(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["feed", str(tmp_path), "--home", "https://x.example"])
    assert "no edition in" in str(done.exception)


def test_exported_templates_can_be_passed_back(output: Path, tmp_path: Path) -> None:
    brief = output / "2031-01-15" / "brief.json"
    run("templates", "export", tmp_path / "mine")
    css = tmp_path / "mine" / "styles" / "analyst.css"
    css.write_text("/* house style */")
    assert "/* house style */" in run("render", brief, "--format", "html", "--templates", tmp_path / "mine")


def test_a_brand_goes_with_the_brief(output: Path, tmp_path: Path) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"/>')
    options = ("--brand", "Harbour desk", "--colour", "#00508c", "--logo", logo, "--theme", "plain")
    page = run("render", output / "2031-01-15" / "brief.json", "--format", "html", *options)
    assert 'alt="Harbour desk"' in page
    assert "--accent: #00508c" in page
    done = CliRunner().invoke(main, ["render", str(output / "2031-01-15" / "brief.json"), "--colour", "red"])
    assert "not of the form #rrggbb" in str(done.exception)
