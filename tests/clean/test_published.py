"""Which of the dates on a page is that of its publication, and when there is none."""

from __future__ import annotations

import pytest

from briefing.clean.markup import parse
from briefing.clean.metadata import read_metadata
from briefing.clean.published import day_of_url
from tests.clean.test_page import linked, page

STATED = '<meta property="article:published_time" content="2024-09-20T02:41:00+00:00">'


def date_of(head: str = "", before: str = "", url: str | None = None, after: str = "") -> tuple[str | None, bool]:
    tree = parse(page(head=head, before=before, after=after))
    assert tree is not None
    found = read_metadata(tree, url=url)
    return found.published, found.sure


@pytest.mark.parametrize(
    "line",
    [
        "<p>DATE: 2025-12-12 - 2025-12-17</p>",
        "<p>Open from 3 May 2023 to 9 May 2023</p>",
        "<p>This price was worked out from forty projects in the area and is valid through <b>23 January 2026</b>. "
        "Please keep in mind that your own costs may differ from it, and ask before you order.</p>",
    ],
)
def test_when_something_lasts_and_dates_within_sentences_are_no_dates_of_publication(line: str) -> None:
    assert date_of(before=line) == (None, False)


def test_a_bare_date_far_below_the_heading_is_the_articles_only_where_it_is_marked_as_one() -> None:
    lines = "".join(f"<p>Line {number}</p>" for number in range(18))
    assert date_of(before=f"{lines}<p>3 May 2023</p>") == (None, False)
    assert date_of(before=f'{lines}<p class="post-date">3 May 2023</p>') == ("2023-05-03", False)
    assert date_of(before=f"{lines[:50]}<p>3 May 2023</p>") == ("2023-05-03", False)


def test_a_label_two_texts_above_makes_a_date_that_of_a_revision() -> None:
    lines = "<p>Last updated</p><p>on</p><p>7 June 2024</p><p>Ida Korhonen</p><p>3 May 2023</p>"
    assert date_of(before=lines) == ("2023-05-03", False)


def test_where_readers_and_the_address_have_the_day_before_it_is_the_local_one() -> None:
    url = "https://tolhaven.example/2024/09/19/ferries"
    assert date_of(STATED, "<p>September 19, 2024</p>", url) == ("2024-09-19", True)
    assert date_of(STATED, "<p>September 19, 2024</p>") == ("2024-09-20T02:41:00+00:00", True)


def test_a_front_page_is_of_no_day() -> None:
    assert date_of(STATED, url="https://tolhaven.example/") == (None, False)
    assert date_of(STATED, url="https://tolhaven.example/a")[0] == "2024-09-20T02:41:00+00:00"


@pytest.mark.parametrize(("kind", "sure"), [("article", True), ("website", False), (None, True)])
def test_what_only_the_metadata_of_a_page_says_that_calls_itself_no_article_is_unsure(
    kind: str | None, sure: bool
) -> None:
    own = f'<meta property="og:type" content="{kind}">' if kind else ""
    assert date_of(STATED + own) == ("2024-09-20T02:41:00+00:00", sure)
    assert date_of(STATED + own, "<p>September 20, 2024</p>")[1]
    assert date_of(linked({"@type": "Article", "datePublished": "2024-09-20"}) + own) == ("2024-09-20", sure)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2023/october/03/how", "2023-10-03"),
        ("https://a.example/2023/oct/3/how", "2023-10-03"),
        ("https://a.example/2023/10/03/how", "2023-10-03"),
        ("https://a.example/2023/autumn/03/how", None),
        ("https://a.example/2023/october/45/how", None),
    ],
)
def test_an_address_may_name_the_month(url: str, day: str | None) -> None:
    assert day_of_url(url) == day
