"""HTML pages: body, captions, metadata; and pages that would break a reader."""

import json

import pytest

from briefing.clean import clean
from briefing.clean.dates import parse_date
from briefing.clean.markup import parse
from briefing.clean.metadata import read_metadata
from briefing.model import Article, Page

BODY = (
    "The ferry line from Tolhaven to the outer islands will run all year from October, the operator said on Friday.",
    "Until now the boats were laid up from November to March, and islanders had to charter fishing vessels or wait.",
    "“It changes how we live,” said Odile Brankova, who keeps the school on Lesser Holm. “We can go to the dentist.”",
    "Two larger boats have been bought for the winter, at a cost of 6.2 million euros that the region shares.",
)
NAVIGATION = "".join(f'<li><a href="/{name}">{name.title()}</a></li>' for name in ("news", "sport", "weather", "about"))


def page(body: str = "", head: str = "", before: str = "", after: str = "") -> str:
    text = body or "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    return f"""<!doctype html><html lang="en-GB"><head><title>Winter ferries | Tolhaven Post</title>
    <meta property="og:site_name" content="Tolhaven Post">{head}</head><body>
    <nav><ul>{NAVIGATION}</ul></nav><main><article><h1>Winter ferries</h1>{before}<div class="article-body">{text}</div>
    </article></main>{after}<footer><ul>{NAVIGATION}</ul><p>© 2024 Tolhaven Post. All rights reserved.</p></footer>
    <script>var tracked = "The ferry line";</script></body></html>"""


def linked(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


PERSON = {"@type": "Person", "@id": "#1", "name": "Odile Brankova"}


def article(content: str, **known: object) -> Article:
    found = clean(Page("page.html", content, "html", known))
    assert isinstance(found, Article)
    return found


def test_the_body_is_the_paragraphs_and_nothing_else() -> None:
    assert article(page()).text == "\n\n".join(BODY)


def test_title_language_and_publisher_are_read() -> None:
    found = article(page())
    assert (found.title, found.language, found.source) == ("Winter ferries", "en-GB", "Tolhaven Post")


def test_captions_are_kept_apart() -> None:
    caption = "The Holm Maiden leaves the northern pier on Thursday."
    found = article(page(before=f'<figure><img src="a.jpg"><figcaption>{caption}</figcaption></figure>'))
    assert found.captions == (caption,)
    assert caption not in found.text


def test_the_comments_below_stay_below() -> None:
    remarks = "".join(
        f"<div class='comment'><p>Number {n}: my cousin never once caught that boat.</p></div>" for n in range(6)
    )
    found = article(page(after=f'<section id="comments"><h3>Comments</h3>{remarks}</section>'))
    assert "my cousin" not in found.text


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2024-03-05T09:30:00+01:00">', "2024-03-05T09:30:00+01:00"),
        (linked({"@type": "NewsArticle", "datePublished": "2024-03-05"}), "2024-03-05"),
        (linked({"@graph": [{"@type": ["NewsArticle"], "datePublished": "2024-03-05"}]}), "2024-03-05"),
        ('<script type="application/ld+json">{"@type": broken</script>', None),
        ('<meta property="article:published_time" content="soon">', None),
        ("", None),
    ],
)  # fmt: skip
def test_the_date_is_what_the_page_states(head: str, published: str | None) -> None:
    found = article(page(head=head))
    assert found.published == published
    assert ("undated" in found.flags) == (published is None)


def test_a_date_by_the_heading_counts_and_one_in_the_text_does_not() -> None:
    assert article(page(before="<time>5 March 2024</time>")).published == "2024-03-05"
    assert article(page(before="<p class='meta'>By Odile Brankova, March 5, 2024</p>")).published == "2024-03-05"
    told = "".join(
        f"<p>{paragraph}</p>" for paragraph in (*BODY, "The first ferry sailed to the islands on May 2, 1998.")
    )
    assert article(page(body=told)).published is None


def test_the_address_may_hold_the_day() -> None:
    assert article(page(), url="https://post.example/2024/03/05/ferries").published == "2024-03-05"
    assert article(page(), url="https://post.example/2024/13/05/ferries").published is None


STATED = '<meta property="article:published_time" content="2024-03-05">'
LINKED = linked({"@type": "NewsArticle", "datePublished": "2024-03-05", "dateModified": "2024-09-01"})
FRAME = linked({"@type": "WebPage", "datePublished": "2024-03-05"})


@pytest.mark.parametrize(
    ("head", "before", "published", "sure"),
    [
        (STATED, "", "2024-03-05", True),
        (STATED, "<time>March 5, 2024</time>", "2024-03-05", True),
        (STATED, "<p>6 March 2024</p>", "2024-03-05", True),  # the local day
        (STATED, "<p>May 2, 2012</p>", "2012-05-02", False),  # the page was moved
        (STATED, "<p>Updated May 2, 2024</p>", "2024-03-05", False),
        (LINKED, "<p>Updated September 1, 2024</p>", "2024-09-01", False),  # the text was rewritten
        (FRAME, "", None, False),
        (FRAME, "<p>5 March 2024</p>", "2024-03-05", True),
        ("", "<p>By <a href='/ob'>Odile Brankova</a> - March 5, 2024</p>", "2024-03-05", False),
        ("", "<p>Updated May 2, 2024</p><p>Published March 5, 2024</p>", "2024-03-05", False),
        ("", "<p>March 5, 2024</p><p>March 4, 2024</p><p>March 3, 2024</p>", None, False),  # a list of articles
        ('<meta name="w-published-date" content="2024-03-05">', "", "2024-03-05", True),
    ],
)
def test_a_date_is_sure_while_nothing_contradicts_it(head: str, before: str, published: str | None, sure: bool) -> None:
    found = article(page(head=head, before=before))
    assert found.published == published
    assert found.flags == (() if sure else ("date-unsure",) if published else ("undated",))


def test_a_known_date_is_sure() -> None:
    found = article(page(head=STATED, before="<p>May 2, 2012</p>"), published="2024-03-04")
    assert (found.published, found.flags) == ("2024-03-04", ())


def test_a_date_marked_as_such_counts_far_from_the_heading() -> None:
    rest = "".join(f"<p>Line {number}</p>" for number in range(40))
    assert article(page(after=f"{rest}<p class='publish-date'>March 5, 2024</p>")).published == "2024-03-05"
    assert article(page(after=f"{rest}<p class='note'>March 5, 2024</p>")).published is None


@pytest.mark.parametrize(
    ("head", "before", "authors"),
    [
        (linked({"@type": "Article", "author": {"name": "Odile Brankova"}}), "", ("Odile Brankova",)),
        (linked({"@graph": [{"@type": "Article", "author": {"@id": "#1"}}, PERSON]}), "", ("Odile Brankova",)),
        ('<meta name="author" content="By Odile Brankova and Jan Meulen">', "", ("Odile Brankova", "Jan Meulen")),
        ("", '<p class="byline">By <a href="/ob">Odile Brankova</a></p>', ("Odile Brankova",)),
        ("", "<p>By Odile Brankova</p>", ("Odile Brankova",)),
        ("", "", ()),
    ],
)  # fmt: skip
def test_authors_come_from_the_best_place(head: str, before: str, authors: tuple[str, ...]) -> None:
    assert article(page(head=head, before=before)).authors == authors


def test_a_hidden_body_is_taken_from_the_linked_data() -> None:
    head = linked({"@type": "NewsArticle", "articleBody": "\n".join(BODY)})
    wall = "<p>To read on, accept our cookies or take out a subscription.</p>"
    assert article(page(body=wall, head=head)).text == "\n\n".join(BODY)


def test_a_teaser_in_the_linked_data_does_not_replace_the_body() -> None:
    head = linked({"@type": "NewsArticle", "articleBody": "The ferry line will run all year."})
    assert article(page(head=head)).text == "\n\n".join(BODY)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\0",
        "<",
        "<html></html>",
        "<html><body></body></html>",
        "<div>" * 50_000 + "deep" + "</div>" * 50_000,
        "<b>" * 50_000,
        "<table><tr><td>" * 2_000,
        "<!--" * 1_000,
        "<?xml version='1.0' encoding='utf-16'?><html><body><p>x</p></body></html>",
        '<script type="application/ld+json">' + "[" * 5_000 + "</script>",
        "<p>" + "\ud800" + "</p>",
        "<p>" + "a" * 200_000,
    ],
)
def test_no_page_raises(content: str) -> None:
    found = clean(Page("bad.html", content, "html"))
    assert isinstance(found, Article) or found.why == "no article text found"


def test_control_characters_do_not_hide_the_body() -> None:
    assert article(page().replace("ferry", "fer\0ry")).text == "\n\n".join(BODY)


@pytest.mark.slow
def test_a_page_of_five_megabytes_ends_in_seconds() -> None:
    import time

    rows = "".join(f"<div class='row'><span>{n}</span><a href='/{n}'>Entry number {n}</a></div>" for n in range(70_000))
    started = time.process_time()
    clean(Page("large.html", page(after=rows), "html"))
    assert time.process_time() - started < 20


def test_metadata_of_a_page_without_any_is_empty() -> None:
    tree = parse("<html><body><p>Words.</p></body></html>")
    assert tree is not None
    found = read_metadata(tree)
    assert (found.title, found.authors, found.published, found.source) == ("", (), None, None)
    assert parse_date("") is None


def test_a_button_left_open_does_not_swallow_the_page() -> None:
    assert article(page().replace("<main>", "<button class='menu'>Menu<main>")).text == "\n\n".join(BODY)


def test_a_post_between_paragraphs_stays_and_one_in_the_margin_does_not() -> None:
    post = "<blockquote class='twitter-tweet'><p>At last! See you on the pier.</p>— O. Brankova, March 5</blockquote>"
    paragraphs = [f"<p>{paragraph}</p>" for paragraph in BODY]
    within = article(page(body="".join((*paragraphs[:2], post, *paragraphs[2:])))).text
    assert within.split("\n\n") == [
        *BODY[:2],
        "At last! See you on the pier.",
        "— O. Brankova, March 5",
        *BODY[2:],
    ]
    assert "See you" not in article(page(after=f"<aside>{post}</aside>")).text
