"""The sample corpus: what it holds, that its committed brief is current, and that bytes depend on the input alone."""

from __future__ import annotations

import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
SAMPLE = ROOT / "output" / "2022-01-12"
MADE_AT = "1642138200"  # 2022-01-14 05:30 UTC, the morning after the last article
FORMATS = ("json", "md", "html", "pdf")


def build(output: Path, *, hash_seed: str, jobs: str) -> Path:
    """The edition's folder, built by another process from the repository's folder."""
    surroundings = {**os.environ, "SOURCE_DATE_EPOCH": MADE_AT, "PYTHONHASHSEED": hash_seed}
    command = [sys.executable, "-m", "briefing", "-q", "build", "seeds", "--output", str(output), "--jobs", jobs]
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (edition,) = output.iterdir()
    return edition


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("first"), hash_seed="1", jobs="1")


def brief_of(edition: Path) -> dict[str, object]:
    record = json.loads((edition / "brief.json").read_text("utf-8"))
    assert isinstance(record, dict)
    return record


def pages(pdf: bytes) -> list[str]:
    """The letters of each page: where lines break depends on the system's Pango, and is no matter here."""
    return [re.sub(r"[\s\u00ad\u2010-]+", "", page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


def test_two_processes_give_the_same_bytes(edition: Path, tmp_path: Path) -> None:
    other = build(tmp_path / "output", hash_seed="2", jobs="2")
    names = sorted(path.name for path in edition.iterdir())
    assert names == sorted(path.name for path in other.iterdir())
    assert {f"brief.{name}" for name in FORMATS} <= set(names)
    same, different, failed = filecmp.cmpfiles(edition, other, names, shallow=False)
    assert (different, failed) == ([], [])
    assert sorted(same) == names


def test_the_committed_sample_is_current(edition: Path, update_golden: bool) -> None:
    if update_golden:
        shutil.rmtree(SAMPLE, ignore_errors=True)
        shutil.copytree(edition, SAMPLE)
    assert edition.name == SAMPLE.name
    assert sorted(path.name for path in edition.iterdir()) == sorted(path.name for path in SAMPLE.iterdir())
    for path in sorted(edition.iterdir()):
        committed = (SAMPLE / path.name).read_bytes()
        if path.suffix == ".pdf":
            assert pages(path.read_bytes()) == pages(committed), "pytest --update-golden writes it anew"
        else:
            assert path.read_bytes() == committed, f"{path.name}: pytest --update-golden writes it anew"


def test_the_corpus_has_every_format() -> None:
    endings = {path.suffix for path in SEEDS.rglob("*") if path.is_file()}
    assert endings == {".txt", ".html", ".md", ".jsonl", ".rss"}


def test_five_stories_are_told_in_full(edition: Path) -> None:
    brief = brief_of(edition)
    stories = brief["stories"]
    assert isinstance(stories, list)
    words = {
        "nato-russia-council": "NATO",
        "hallowmere-flood": "Hallowmere",
        "ferry-merger": "Norrvik",
        "smelter": "Delmont",
        "legionnaires": "Brindlemoor",
    }
    articles = {
        record["id"]: record
        for record in map(json.loads, (edition / "articles.jsonl").read_text("utf-8").split("\n")[:-1])
    }
    about = {
        name: {story["id"] for story in stories if any(word in articles[a]["text"] for a in story["articles"])}
        for name, word in words.items()
    }
    assert {name: len(found) for name, found in about.items()} == dict.fromkeys(words, 1)
    assert len(stories) == len(words)


def test_the_brief_proves_itself(edition: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "briefing", "verify", str(edition / "brief.json")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_one_changed_character_fails_the_proof(edition: Path, tmp_path: Path) -> None:
    changed = tmp_path / "brief.json"
    brief = json.loads((edition / "brief.json").read_text("utf-8"))
    passage = brief["stories"][0]["summary"][0]
    passage["text"] = passage["text"][:-1] + ("!" if passage["text"][-1] != "!" else "?")
    changed.write_text(json.dumps(brief, ensure_ascii=False), "utf-8")
    command = [sys.executable, "-m", "briefing", "verify", str(changed), "--articles", str(edition / "articles.jsonl")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 4, done.stdout + done.stderr
    assert "not in this article" in done.stdout


def test_a_wire_text_counts_once(edition: Path) -> None:
    """The Westreach Echo printed the agency's report with light edits: two outlets, one independent source."""
    stories = brief_of(edition)["stories"]
    assert isinstance(stories, list)
    flood = next(story for story in stories if "npa-20220112-0417" in story["articles"])
    assert len(flood["articles"]) == 4
    assert flood["independent_sources"] < flood["sources"]


def test_the_pdf_reads_like_a_document(edition: Path) -> None:
    reader = PdfReader(BytesIO((edition / "brief.pdf").read_bytes()))
    assert len(reader.outline) >= 5
    assert "Hallowmere" in "".join(pages((edition / "brief.pdf").read_bytes()))
