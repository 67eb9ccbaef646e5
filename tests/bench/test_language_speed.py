"""How fast the language room reads, against the obvious alternative in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable

from briefing.language import OWN, Annotator
from briefing.language.sentences import sentences

PARAGRAPH = (
    "Deputy Minister Irina Volkova met officials of the European Commission in Geneva on Tuesday, and both sides said "
    "that the talks had been “useful”. The harbor stays closed; nobody was hurt. “We will see,” she said."
)
ARTICLE = "\n\n".join([PARAGRAPH] * 12)


def seconds(call: Callable[[], object], *, rounds: int = 3) -> float:
    """Processor seconds of the fastest of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        call()
        best = min(best, time.process_time() - started)
    return best


def test_our_arrangement_reads_faster_than_plain_spacy_does() -> None:
    from briefing.language.components import load_model_from_path

    plain, ours = load_model_from_path(OWN["en"]), Annotator()
    plain(ARTICLE), ours(ARTICLE)
    assert seconds(lambda: ours(ARTICLE)) < 0.9 * seconds(lambda: plain(ARTICLE))


def test_sentences_cost_a_small_part_of_reading() -> None:
    annotate = Annotator()
    annotate(ARTICLE)
    assert seconds(lambda: sentences(ARTICLE)) < 0.1 * seconds(lambda: annotate(ARTICLE))
