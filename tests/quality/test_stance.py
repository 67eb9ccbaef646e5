"""A floor for stance, on the example sentences of an event ontology beside the repository: skipped where absent.

An event's class is found when one of the attributions of its sentence has a stance that the class allows.
"""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from briefing.analyze.attributions import find_attributions
from briefing.analyze.entities import find_entities
from briefing.language import Annotator
from briefing.model import Article

ALLOWED = {
    "DEMAND": {"demands"},
    "REJECT": {"rejects", "denies", "opposes"},
    "THREATEN": {"threatens", "warns"},
    "DISAPPROVE": {"opposes", "accuses", "rejects"},
    "SUPPORT": {"supports"},
    "AGREE": {"promises", "supports"},
}
FLOOR = 0.85  # F1; the first keyword alone gives 0.70


@pytest.mark.slow
def test_stance_keeps_its_floor(shared: Path):
    annotate = Annotator()
    right = answered = wanted = 0
    with lzma.open(shared / "bench/data/stance/plover_dev.jsonl.xz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    for record in records:
        if record["event"] not in ALLOWED:
            continue
        article, doc = Article("a", record["text"]), annotate(record["text"])
        entities, mentions = find_entities(article, doc)
        said = {a.stance for a in find_attributions(article, doc, entities, mentions)}
        wanted += 1
        answered += bool(said)
        right += bool(said & ALLOWED[record["event"]])
    assert 2 * right / (answered + wanted) >= FLOOR
