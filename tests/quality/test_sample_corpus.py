"""Floors on seeds/: what a careful reader finds there, and how much of it the program finds.

The corpus is ours, so the floors hold everywhere. They are raised freely and lowered only on purpose, with a reason.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from briefing.analyze.stages import read
from briefing.clean import clean
from briefing.collect import collect
from briefing.language import Annotator
from briefing.model import Article, Dropped, Reading

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
QUOTED, SPOKEN = 0.97, 0.95  # shares of the quotations that are found; that have their speaker
TITLED, DATED, SIGNED = 0.81, 0.90, 0.81  # shares of the files with the right title, day, author
FURNITURE_LEFT = 1  # "Subscribe to our newsletter" at the end of the Markdown article
# Lines of the pages that are no words of an article.
FURNITURE = (
    "[ad_1]",
    "[ad_2]",
    "Source link",
    "Your email address",
    "Share on",
    "Share this",
    "min read",
    "Advertisement",
    "ADVERTISEMENT",
    "Read more",
    "Comments (27)",
    "Like Loading",
    "Sign up",
    "Subscribe to",
    "Most popular",
    "You may also like",
    "RiverRat",
    "Get the Post delivered",
    "A baker’s last winter",
    "Bakery thief returns the tin",
    "Bring back the night boat",
    "Reach her at",
)


def rows(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@cache
def articles() -> dict[str, Article]:
    """The articles of seeds/ by file, below the folder of the corpus."""
    cleaned = (page if isinstance(page, Dropped) else clean(page) for page in collect([str(ROOT / "seeds")]))
    found = [article for article in cleaned if isinstance(article, Article)]
    return {str(article.origin).partition("/seeds/")[2]: article for article in found}


@cache
def readings() -> tuple[Reading, ...]:
    annotate = Annotator()
    return tuple(read(article, annotate=annotate) for article in articles().values())


def share(results: list[bool]) -> float:
    return sum(results) / len(results)


def spoken(words: str, speaker: str | None) -> bool:
    """Whether some attribution holds the words and, where a speaker is given, is that speaker's."""
    return any(
        words in span.text and (speaker is None or speaker == attribution.speaker)
        for reading in readings()
        for attribution in reading.attributions
        for span in attribution.content
    )


def test_quotations_are_found() -> None:
    missing = [words for words, _ in rows("sample_quotations.tsv") if not spoken(words, None)]
    assert 1 - len(missing) / len(rows("sample_quotations.tsv")) >= QUOTED, missing


def test_quotations_have_their_speakers() -> None:
    wrong = [words for words, speaker in rows("sample_quotations.tsv") if not spoken(words, speaker)]
    assert 1 - len(wrong) / len(rows("sample_quotations.tsv")) >= SPOKEN, wrong


def test_titles_days_and_authors_are_read() -> None:
    files = [(articles()[name], title, day, author) for name, title, day, author in rows("sample_articles.tsv")]
    titles = [article.title == title.strip("-") for article, title, _, _ in files]
    days = [(article.published or "-")[:10] == day for article, _, day, _ in files]
    signed = [author in ("-", *article.authors) for article, _, _, author in files]
    assert (share(titles) >= TITLED, share(days) >= DATED, share(signed) >= SIGNED) == (True, True, True), [
        (article.origin, article.title, article.published, article.authors) for article, *_ in files
    ]


def test_hardly_any_furniture_is_left() -> None:
    left = {(name, words) for name, article in articles().items() for words in FURNITURE if words in article.text}
    assert len(left) <= FURNITURE_LEFT, left
