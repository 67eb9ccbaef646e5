"""How often a sentence that is called one source's alone is: sentences of three papers' reports, read and labelled.

`alone.tsv` holds article, start, end and label; `told` are sentences of which another paper tells the matter.
"""

from __future__ import annotations

import json
import lzma
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.analyze.agreement import alone
from briefing.group import origins
from briefing.model import Article, Story

DATA = Path(__file__).parents[3] / "shared" / "bench" / "data" / "group" / "basil_dev.jsonl.xz"
PRECISION, RECALL = 0.90, 0.35


def test_what_is_called_alone_mostly_is() -> None:
    if not DATA.exists():
        pytest.skip(f"{DATA.name} is not here")
    members = defaultdict(list)
    for record in map(json.loads, lzma.decompress(DATA.read_bytes()).strip().split(b"\n")):
        article = Article(str(record["id"]), record["text"], record["title"] or "", source=str(record["source"]))
        members[record["story"]].append(article)
    stories = [Story(name, tuple(articles)) for name, articles in sorted(members.items())]
    holder = {article.id: replace(s, origins=origins(s)) for s in stories for article in s.articles}
    counts = {"alone": [0, 0], "told": [0, 0]}
    for line in Path(__file__).with_name("alone.tsv").read_text("utf-8").splitlines():
        name, start, end, label = line.split("\t")
        story = holder[name]
        article = next(a for a in story.articles if a.id == name)
        counts[label][bool(alone(story, [article.passage(int(start), int(end))]))] += 1
    (missed, right), (_, wrong) = counts["alone"], counts["told"]
    assert right / (right + wrong) >= PRECISION
    assert right / (right + missed) >= RECALL
