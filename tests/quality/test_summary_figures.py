"""How good headlines, novelty and summaries are on annotated sets (measured only, never fitted)."""

from __future__ import annotations

import json
import lzma
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from briefing.analyze.novelty import novelty
from briefing.analyze.summary import headline, summarize
from briefing.model import Article, Story

DATA = Path(__file__).parents[3] / "shared" / "bench" / "data"
DANGLING = re.compile(
    r"\W*(he|she|it|they|his|her|their|its|this|that|these|those|but|and|however|also|so|then)\b", re.I
)


def records(name: str) -> list[dict[str, Any]]:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    return [json.loads(line) for line in lzma.open(path, "rt", encoding="utf-8")]


def story_of(record: dict[str, Any]) -> Story:
    return Story(
        record["id"],
        tuple(Article(str(n), a["text"], a.get("title") or "") for n, a in enumerate(record["articles"])),
    )


def rouge(measure: str, summary: str, references: list[str]) -> float:
    """The best F measure over the references."""
    scorer = pytest.importorskip("rouge_score.rouge_scorer").RougeScorer([measure], use_stemmer=True)
    return float(max(scorer.score(reference, summary)[measure].fmeasure for reference in references))


def test_headlines_say_what_an_editor_would() -> None:
    scores = [
        rouge("rouge1", headline(story_of(r)).text, r["references"]) for r in records("headline/wikinews_dev.jsonl.xz")
    ]
    assert sum(scores) / len(scores) >= 0.41


def test_what_is_new_stands_out_from_background() -> None:
    events = defaultdict(list)
    for record in records("novelty/update_background_dev.jsonl.xz"):
        events[record["event"]].append(record)
    new: list[float] = []
    old: list[float] = []
    for days in events.values():
        before: list[str] = []
        for day in sorted(days, key=lambda r: r["date"]):
            if before:
                new += novelty(day["update_sentences"], before)
                old += novelty(day["background_sentences"], before)
            before += day["update_sentences"]
    wins = sum((n > o) + (n == o) / 2 for n in new for o in old)
    assert wins / (len(new) * len(old)) >= 0.84


@pytest.mark.slow
@pytest.mark.parametrize(("name", "words", "floor"), [("multinews", 230, 0.445), ("t17daily", 60, 0.24)])
def test_summaries_cover_what_people_would_say(name: str, words: int, floor: float) -> None:
    rows = records(f"summaries/{name}_dev.jsonl.xz")[::8]
    scores, sentences, dangling = [], 0, 0
    for record in rows:
        passages = summarize(story_of(record), words=words)
        scores.append(rouge("rouge1", " ".join(p.text for p in passages), record["references"]))
        sentences += len(passages)
        dangling += sum(bool(DANGLING.match(p.text)) for p in passages)
    assert sum(scores) / len(scores) >= floor
    assert dangling <= 0.015 * sentences
