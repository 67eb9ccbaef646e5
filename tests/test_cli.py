"""The commands as a person or a script calls them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ARTICLE = (
    "The council of Varnholm met on Tuesday to decide on the harbour bridge.\n\n"
    "“We will repair it this year,” said Mayor Ingrid Halloran. The work will cost 4 million euros.\n"
)


def briefing(*arguments: str | Path, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "briefing", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, text=True, encoding="utf-8", timeout=120)


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    path = folder / "articles.jsonl"
    lines = [
        {"id": "bridge", "title": "Varnholm to repair its bridge", "text": ARTICLE.strip(), "published": "2022-03-08"},
        {
            "id": "orchard",
            "title": "Frost ruins the orchards",
            "text": "Frost ruined the pear harvest around Ellingby.",
        },
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


@pytest.fixture(scope="module")
def built(records: Path) -> Path:
    done = briefing("build", records, "--output", records.parent / "output", "--format", "json", "--format", "md")
    assert done.returncode == 0, done.stderr
    return records.parent / "output" / "2022-03-08"


def test_every_command_shows_an_example() -> None:
    for name in ("collect", "group", "analyze", "summarize", "build", "render", "verify", "completion"):
        assert f"Example: briefing {name}" in briefing(name, "--help").stdout.replace("| briefing", "Example: briefing")


def test_collect_writes_article_records_and_says_what_it_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    (tmp_path / "b.txt").write_text("")
    done = briefing("collect", tmp_path)
    (record,) = map(json.loads, done.stdout.splitlines())
    assert record["text"] == ARTICLE.strip()
    assert record["origin"] == str(tmp_path / "a.txt")
    assert f"left out {tmp_path / 'b.txt'}: empty" in done.stderr
    assert briefing("--quiet", "collect", tmp_path).stderr == ""


def test_filters_can_be_piped(records: Path) -> None:
    grouped = briefing("group", "-", given=records.read_text())
    stories = {line["id"]: line["story"] for line in map(json.loads, grouped.stdout.splitlines())}
    assert set(stories) == {"bridge", "orchard"}
    assert stories["bridge"] != stories["orchard"]


def test_analyze_gives_one_record_for_each_article_with_offsets_that_hold(records: Path) -> None:
    texts = {line["id"]: line["text"] for line in map(json.loads, records.read_text().splitlines())}
    analyses = {line["id"]: line for line in map(json.loads, briefing("analyze", records).stdout.splitlines())}
    assert set(analyses) == set(texts)
    assert analyses["bridge"]["attributions"]
    for name, analysis in analyses.items():
        for span in analysis["entities"] + [s for a in analysis["attributions"] for s in a["content"]]:
            assert texts[name][span["start"] : span["end"]] == span["text"]


def test_summarize_reads_clusters_and_keeps_to_the_words(records: Path) -> None:
    articles = list(map(json.loads, records.read_text().splitlines()))
    cluster = json.dumps({"id": "c1", "articles": articles})
    (summary,) = map(json.loads, briefing("summarize", "-", "--words", "20", given=cluster).stdout.splitlines())
    assert summary["id"] == "c1"
    assert 0 < len(summary["summary"].split()) <= 20
    assert summary["summary"] == " ".join(passage["text"] for passage in summary["passages"])


def test_a_bad_cluster_costs_one_cluster(records: Path) -> None:
    good = json.dumps({"id": "c1", "articles": [{"id": "a", "text": ARTICLE}]})
    done = briefing("summarize", "-", given=f'{{"id": "c0"}}\n{good}\n')
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["c1"]
    assert "left out -:1: no cluster of articles" in done.stderr


def test_build_writes_the_formats_asked_for_and_what_verify_needs(built: Path) -> None:
    assert sorted(path.name for path in built.iterdir()) == ["articles.jsonl", "brief.json", "brief.md"]


def test_verify_proves_the_brief_and_notices_one_changed_character(built: Path, tmp_path: Path) -> None:
    assert briefing("verify", built / "brief.json").returncode == 0
    record = json.loads((built / "brief.json").read_text())
    passage = record["stories"][0]["summary"][0]
    passage["text"] = passage["text"][:-1] + "!"
    (tmp_path / "brief.json").write_text(json.dumps(record))
    done = briefing("verify", tmp_path / "brief.json", "--articles", built / "articles.jsonl")
    assert done.returncode == 4
    assert done.stdout.startswith("not in this article: stories/0/summary/0")


def test_render_needs_nothing_but_the_brief(built: Path) -> None:
    done = briefing("render", built / "brief.json", "--format", "md")
    assert done.stdout == (built / "brief.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["build", "no-such-folder"], 2, "no such file or folder: 'no-such-folder'"),
        (["group", "no-such-file"], 2, "no-such-file: cannot be read: No such file or directory"),
        (["build", ".", "--format", "pfd"], 2, "no renderer named 'pfd'; known: epub, html, json, md, pdf"),
        (["build", ".", "--edition", "31 February"], 2, "--edition: a day such as 2022-01-12 is needed"),
        (["render", "pyproject.toml"], 2, "give the brief.json that `briefing build` wrote"),
        (["frobnicate"], 2, "No such command 'frobnicate'"),
    ],
)
def test_bad_input_names_the_thing_and_the_way_out(arguments: list[str], status: int, message: str) -> None:
    done = briefing(*arguments)
    assert done.returncode == status
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_inputs_without_an_article_say_why(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(" ")
    done = briefing("build", tmp_path, "--output", tmp_path / "out")
    assert done.returncode == 2
    assert "no article found" in done.stderr
    assert "a.txt: empty" in done.stderr


def test_a_format_that_cannot_be_made_costs_only_itself(records: Path, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "brief.md.j2").write_text("{{ unclosed")
    done = briefing(
        "build", records, "--output", tmp_path, "--template", templates, "--format", "md", "--format", "json"
    )
    assert done.returncode == 2
    assert "md was not made" in done.stderr
    assert (tmp_path / "2022-03-08" / "brief.json").exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_are_printed(shell: str) -> None:
    assert "_BRIEFING_COMPLETE" in briefing("completion", shell).stdout


def test_a_closed_pipe_ends_quietly(records: Path) -> None:
    command = f"{sys.executable} -m briefing group {records} | head -c 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, timeout=60)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
