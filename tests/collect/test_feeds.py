"""Feeds in, Pages out: what the publisher said is known, whatever state the XML is in."""

import json
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.clean import clean
from briefing.collect import collect
from briefing.collect.feeds import read_feed
from briefing.collect.kinds import read_bytes
from briefing.model import Article, Dropped, Page

LONG = " ".join(["The council of Varnholm met on Tuesday and decided on the harbour bridge."] * 12)
CHANNEL = "<title>Varnholm Courier</title><link>https://courier.example/</link><language>en-GB</language>"


def rss(items: str, *, channel: str = CHANNEL, version: str = "2.0") -> str:
    names = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f'<?xml version="1.0"?><rss version="{version}" {names}><channel>{channel}{items}</channel></rss>'


def pages(text: str | bytes) -> list[Page]:
    data = text.encode() if isinstance(text, str) else text
    return [item for item in read_bytes("feed", data) if isinstance(item, Page)]


def test_an_rss_item_says_what_it_knows_of_its_article() -> None:
    (page,) = pages(
        rss(
            "<item><title>Bridge &amp; harbour</title><link>/news/bridge?utm_source=rss</link><guid>b1</guid>"
            "<dc:creator>Ann Vos</dc:creator><pubDate>Tue, 08 Mar 2022 09:30:00 +0100</pubDate>"
            f"<description>Short.</description><content:encoded>&lt;p&gt;{LONG}&lt;/p&gt;</content:encoded></item>"
        )
    )
    assert page.kind == "fragment"
    assert page.known == {
        "title": "Bridge & harbour",
        "url": "https://courier.example/news/bridge",
        "guid": "b1",
        "authors": ["Ann Vos"],
        "published": "Tue, 08 Mar 2022 09:30:00 +0100",
        "source": "Varnholm Courier",
        "language": "en-GB",
    }
    article = clean(page)
    assert isinstance(article, Article)
    assert (article.text, article.published, article.flags) == (LONG, "2022-03-08T09:30:00+01:00", ())


def test_atom_of_both_versions_is_read_with_its_bases_and_text_types() -> None:
    for name in ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"):
        text = (
            f'<feed xmlns="{name}" xml:base="https://courier.example/a/"><title type="html">The &lt;b&gt;Courier'
            "&lt;/b&gt;</title><entry><title>Bridge</title><link rel='self' href='x'/><link href='b.html'/>"
            "<id>tag:courier.example,2022:1</id><updated>2022-03-08T09:30:00Z</updated><author><name>Ann Vos</name>"
            f"<email>a@b.example</email></author><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>{LONG}"
            "</p></div></content></entry></feed>"
        )
        (page,) = pages(text)
        assert page.known["url"] == "https://courier.example/a/b.html"
        assert page.known["source"] == "The Courier"
        assert page.known["authors"] == ["Ann Vos"]
        article = clean(page)
        assert isinstance(article, Article)
        assert article.text == LONG


def test_rdf_feeds_keep_their_items_outside_of_the_channel() -> None:
    text = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://c.example/"><title>Courier</title>'
        '<link>https://c.example/</link></channel><item rdf:about="https://c.example/1"><title>Bridge</title>'
        "<link>https://c.example/1</link><dc:date>2022-03-08</dc:date></item></rdf:RDF>"
    )
    (page,) = pages(text)
    assert (page.known["url"], page.known["published"], page.known["source"]) == (
        "https://c.example/1",
        "2022-03-08",
        "Courier",
    )


def test_a_json_feed_is_read_and_wrong_types_are_passed_over() -> None:
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Courier",
        "home_page_url": "https://c.example/",
        "items": [
            {
                "id": 7,
                "url": "/1",
                "title": "Bridge",
                "content_html": f"<p>{LONG}</p>",
                "date_published": "2022-03-08T09:30:00+01:00",
                "authors": [{"name": "Ann Vos"}, {"name": 7}, "x"],
            },
            {"id": "2", "content_text": LONG, "url": ["no"]},
            "no item",
        ],
    }
    for written in (json.dumps(value), json.dumps(value, indent=2)):
        first, second = pages(written)
        assert first.known["url"] == "https://c.example/1"
        assert first.known["authors"] == ["Ann Vos"]
        assert (second.content, second.kind) == (LONG, "text")
        assert second.known["id"]


def test_a_teaser_is_flagged_and_a_long_description_is_not() -> None:
    items = (
        "<item><link>https://c.example/1</link><title>One</title><description>Only the start.</description></item>"
        f"<item><link>https://c.example/2</link><title>Two</title><description>{LONG}</description></item>"
        f"<item><link>https://c.example/3</link><title>Three</title><description>{LONG} And …</description></item>"
        "<item><link>https://c.example/4</link><title>Only a headline here</title></item>"
    )
    found = {page.known["title"]: page for page in pages(rss(items))}
    assert [page.known.get("flags") for page in found.values()] == [["stub"], None, ["stub"], ["stub"]]
    assert found["Only a headline here"].content == "Only a headline here"


@pytest.mark.parametrize("body", ["", "<description/>", "<description>&lt;img src='x'&gt;</description>"])
def test_a_headline_alone_is_an_article_of_its_words(body: str) -> None:
    (page,) = pages(rss(f"<item><title>The harbour bridge of Varnholm is open</title>{body}</item>"))
    article = clean(page)
    assert isinstance(article, Article)
    assert (article.title, article.text) == ("The harbour bridge of Varnholm is open",) * 2
    assert "stub" in article.flags


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Bridge &amp;amp; harbour", "Bridge & harbour"),
        ("<![CDATA[<b>Bridge</b> opens]]>", "Bridge opens"),
        ("Bridge&lt;script&gt;alert(1)&lt;/script&gt; opens", "Bridge opens"),
        ("Apples &lt;oranges&gt; and 3 &lt; 4", "Apples <oranges> and 3 < 4"),
        ("Caf&eacute; R&D", "Café R&D"),
        ("Two\n   lines", "Two lines"),
        ("<![CDATA[Bridge &nbsp;opens]]>", "Bridge opens"),
    ],
)
def test_titles_are_plain_words(title: str, read: str) -> None:
    assert read_feed(rss(f"<item><title>{title}</title></item>")).entries[0].title == read


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "http://[::1",
        "x" * 5000,
    ],
)
def test_only_web_addresses_are_links(link: str) -> None:
    feed = read_feed(rss(f"<item><title>t</title><link>{link}</link></item>", channel=""))
    assert feed.entries[0].url is None


def test_entities_are_never_expanded_and_no_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("password")
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    for declared, used in (
        (f'<!ENTITY e0 "boom">{bomb}', "&e11;"),
        (f'<!ENTITY file SYSTEM "file://{secret}">', "&file;"),
    ):
        text = f"<!DOCTYPE rss [{declared}]>" + rss(f"<item><title>Bridge {used}</title></item>")[21:]
        began = process_time()
        (entry,) = read_feed(text).entries
        assert process_time() - began < 1
        assert "Bridge" in entry.title
        assert "boom" not in entry.title
        assert "password" not in entry.title


@pytest.mark.parametrize(
    "broken",
    [
        "<item><title>One</title><description><![CDATA[An opening that never",
        "<item><title>One</title><link>https://c.example/?a=1&b=2</link></item",
        "<item><title>One <b>bold</title></item>",
        "<item><title>One\x00\x08</title></item>",
        "<item><title>One</title><media:thumbnail url='x'/><foo:bar></item>",
    ],
)
def test_ill_formed_feeds_are_read_as_far_as_they_go(broken: str) -> None:
    feed = read_feed(rss("").replace("</channel></rss>", "") + broken)
    assert len(feed.entries) == 1
    assert feed.entries[0].title.startswith("One")
    assert feed.entries[0].url in (None, "https://c.example/?a=1&b=2")


def test_a_title_of_a_picture_is_no_title() -> None:
    text = rss("<item><media:title>Photo</media:title><title>Bridge</title></item>").replace(
        "xmlns:dc", 'xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc'
    )
    assert read_feed(text).entries[0].title == "Bridge"


def test_entries_that_repeat_are_dropped_and_missing_ids_do_no_harm() -> None:
    one = f"<item><title>One</title><link>https://c.example/1</link><description>{LONG}</description></item>"
    bare = f"<item><description>{LONG}</description></item><item><description>Other words. {LONG}</description></item>"
    items = list(read_bytes("feed", rss(one + one + bare).encode()))
    assert [type(item) for item in items] == [Page, Dropped, Page, Page]
    articles = [clean(item) for item in items if isinstance(item, Page)]
    assert len({article.id for article in articles if isinstance(article, Article)}) == 3


def test_an_entry_without_an_address_keeps_its_identity_when_its_words_change() -> None:
    items = "<item><guid isPermaLink='false'>7</guid><title>t</title><description>{}</description></item>"
    (before,), (after,) = pages(rss(items.format(LONG))), pages(rss(items.format(LONG + " More.")))
    assert before.known["id"] == after.known["id"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "iso-8859-2"])
def test_the_encoding_is_told_from_the_bytes(encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    text = declared + rss("<item><title>Łódź</title></item>")[21:]
    (page,) = pages(text.encode(encoding))
    assert page.known["title"] == "Łódź"


def test_a_feed_without_entries_says_so() -> None:
    (item,) = read_bytes("feed", rss("").encode())
    assert item == Dropped("feed", "a feed without entries")


def test_a_feed_in_a_folder_is_told_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(rss(f"<item><title>One</title><description>{LONG}</description></item>"))
    (page,) = collect([str(tmp_path)])
    assert isinstance(page, Page)
    assert page.origin.endswith("news.txt#1")


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/&;![]\"'= \n\x00éabitemrssentryfeed"), max_size=300))
def test_reading_a_feed_never_raises(text: str) -> None:
    assert all(isinstance(item, (Page, Dropped)) for item in read_bytes("feed", f"<rss>{text}".encode()))


def test_a_long_feed_is_read_in_time_that_grows_with_its_length() -> None:
    item = f"<item><title>One</title><link>https://c.example/{{}}</link><description>&lt;p&gt;{LONG}&lt;/p&gt;</description></item>"
    text = rss("".join(item.format(number) for number in range(2_750)))
    assert len(text) > 2_700_000
    began = process_time()
    assert len(pages(text)) == 2_750
    assert process_time() - began < 3  # 0.5 s on a quiet core
