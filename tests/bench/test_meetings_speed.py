"""What reading meetings, figures and dates costs beside the parse that it needs anyway."""

from __future__ import annotations

import time

import pytest

from briefing.analyze.entities import find_entities
from briefing.analyze.figures import find_figures
from briefing.analyze.meetings import find_meetings
from briefing.analyze.timeline import find_events
from briefing.language import Annotator
from briefing.language.dates import find_dates
from briefing.model import Article

PARAGRAPH = (
    "Norway's envoy, Ingrid Solhaug, met Jan Dvorak of Poland in Oslo on Monday, ahead of a summit planned for May 4. "
    "The town of Lund has 30 libraries, 12 of which were closed in 2019 when rain filled their cellars. "
    "Nobody at the harbour could remember a winter as long, and the price of coal rose by 4.5 percent. "
    "“We have seen worse,” said Anna Berg, whose shop sells nets, ropes and lamps to those who still go out to fish. "
    "The ferry will sail again on Thursday if the wind turns, a spokesman for the line said.\n\n"
)
SHARE = 0.6  # of the time of the parse, at most; measured 0.24 to 0.32 on this text, which is full of meetings


@pytest.mark.slow
@pytest.mark.parametrize("copies", [20, 80])
def test_meetings_figures_and_dates_cost_little_beside_the_parse(copies: int):
    annotate = Annotator()
    annotate("Warm up.")
    article = Article("a", PARAGRAPH * copies, published="2024-03-13")
    start = time.process_time()
    doc = annotate(article.text)
    parsed = time.process_time()
    entities, mentions = find_entities(article, doc)
    find_dates.cache_clear()
    named = time.process_time()
    find_meetings(article, doc, entities, mentions, ())
    find_figures(article, doc)
    find_events(article, doc)
    read = time.process_time()
    assert read - named <= SHARE * (parsed - start)


@pytest.mark.slow
def test_the_cost_grows_with_the_text_and_not_faster():
    annotate = Annotator()
    seconds = []
    for copies in (20, 160):
        article = Article("a", PARAGRAPH * copies, published="2024-03-13")
        doc = annotate(article.text)
        entities, mentions = find_entities(article, doc)
        best = []
        for _ in range(3):
            find_dates.cache_clear()
            start = time.process_time()
            find_meetings(article, doc, entities, mentions, ())
            find_figures(article, doc)
            find_events(article, doc)
            best.append(time.process_time() - start)
        seconds.append(min(best))
    assert seconds[1] <= 14 * seconds[0], f"8 times the text took {seconds[1] / seconds[0]:.1f} times as long"
