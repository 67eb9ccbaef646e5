"""What grouping costs as the articles become more: ratios between runs of one process, never bare seconds."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest

from briefing.group import group, regroup
from briefing.group.memory import EMPTY
from briefing.group.stories import assign, in_time
from briefing.model import Article

WORDS = 284  # of a body: the mean of the reports that the figures of docs/decisions/0005 were measured on
STORY = 9  # articles of a story on an average day of a news aggregator
DAYS = 10
GROWTH = 17  # times; 13 to 16 are seen, 12 is the aim: the search for neighbours grows faster than the articles
SYLLABLES = "ba ko mi ru te lo va shi ne pur gan del so fi yar um".split()


def made_up(count: int, *, bodies: bool = True) -> list[Article]:
    """Reports of events over ten days: two fifths of the words are of the event, the others of news in general."""
    chance = random.Random(count)

    def word(rank: float) -> str:
        number = int(rank)
        return "".join(SYLLABLES[number >> shift & 15] for shift in (0, 4, 8, 12) if number >> shift)

    def ordinary() -> str:
        return word(chance.paretovariate(0.6) % 60_000 + 1)

    events = [[word(chance.randrange(60_000)) for _ in range(40)] for _ in range(max(count // STORY, 1))]
    articles = []
    for number in range(count):
        event = chance.randrange(len(events))
        told = [chance.choice(events[event]) if chance.random() < 0.4 else ordinary() for _ in range(WORDS * bodies)]
        title = " ".join([*chance.sample(events[event], 6), ordinary(), ordinary()])
        day = f"2025-03-{1 + event % DAYS:02}"
        articles.append(Article(f"a{number}", " ".join(told), title, day, f"paper {number % 97}"))
    return articles


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of the better of two goes."""
    spent = []
    for _ in range(2):
        before = time.process_time()
        work()
        spent.append(time.process_time() - before)
    return min(spent)


@pytest.mark.slow
def test_ten_times_the_articles_cost_little_more_than_ten_times() -> None:
    few, many = made_up(10_000), made_up(100_000)
    group(few[:300])
    first, then = cpu(lambda: group(few)), cpu(lambda: group(many))
    print(f"10,000 articles {first:.1f} s CPU, 100,000 articles {then:.1f} s, x{then / first:.1f}")
    assert then / first <= GROWTH


@pytest.mark.slow
@pytest.mark.parametrize(("bodies", "share"), [(True, 0.05), (False, 0.11)])
def test_a_few_more_articles_cost_a_few_per_cent(bodies: bool, share: float) -> None:
    articles = sorted(made_up(10_100, bodies=bodies), key=in_time)
    texts = {article.id: article.text for article in articles}
    new = random.Random(1).sample(articles, 100)
    chosen = {article.id for article in new}
    old = [article for article in articles if article.id not in chosen]
    _, memory = regroup(old, EMPTY)
    whole = cpu(lambda: regroup(old, EMPTY))
    more = cpu(lambda: assign(new, memory, text_of=texts.__getitem__))
    print(f"10,000 articles {whole:.2f} s CPU, 100 more {more:.3f} s, {100 * more / whole:.1f} %")
    assert more / whole <= share
