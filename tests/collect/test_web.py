"""Many addresses: queues, what is kept, how feeds do, what stands in for what cannot be had."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import repeat
from threading import enumerate as enumerate_threads
from time import monotonic, sleep

import pytest

from briefing.clean import clean
from briefing.collect import collect
from briefing.collect.health import DAY, SILENT, failed, heard, refusal, state_of
from briefing.collect.keep import Health, Kept
from briefing.collect.web import Manners, Web
from briefing.collect.wire import Limits, Wire
from briefing.model import Article, Dropped, FeedNote, Found, Page
from tests.collect.server import Asked, Server, redirect, serving, text

NOW = 1_646_730_000.0  # 2022-03-08 09:00 UTC
WORDS = " ".join(["The council of Varnholm met on Tuesday and decided on the harbour bridge."] * 12)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


class Memory:
    """A cache that a test can look into."""

    def __init__(self) -> None:
        self.answers: dict[str, Kept] = {}
        self.feeds: dict[str, Health] = {}

    def get(self, url: str) -> Kept | None:
        return self.answers.get(url)

    def put(self, kept: Kept) -> None:
        self.answers[kept.url] = kept

    def health(self, url: str) -> Health | None:
        return self.feeds.get(url)

    def note(self, health: Health) -> None:
        self.feeds[health.url] = health


def web(cache: Memory | None = None, *, now: float = NOW, **manners: object) -> Web:
    wire = Wire(Limits(seconds=5, allow_private=True), "briefing/test")
    return Web(wire, cache=cache, manners=Manners(**manners), clock=lambda: now)  # type: ignore[arg-type]


def gather(*urls: str, cache: Memory | None = None, now: float = NOW, **manners: object) -> list[Found]:
    return list(collect(urls, fetch=web(cache, now=now, **manners)))


def titles(items: list[Found]) -> list[str]:
    return sorted(str(item.known.get("title")) for item in items if isinstance(item, Page))


def reasons(items: list[Found]) -> list[str]:
    return [item.why for item in items if isinstance(item, Dropped)]


def notes(items: list[Found]) -> list[FeedNote]:
    return [item for item in items if isinstance(item, FeedNote)]


def feed(*titles: str, day: str = "Tue, 08 Mar 2022 08:00:00 GMT", body: str = WORDS) -> Callable[[Asked], None]:
    items = "".join(
        f"<item><title>{title}</title><link>/{title}</link><pubDate>{day}</pubDate><description>{body}</description></item>"
        for title in titles
    )
    return text(f"<rss><channel><title>Courier</title>{items}</channel></rss>", Content_Type="application/rss+xml")


def page(title: str, words: str = WORDS) -> Callable[[Asked], None]:
    body = "".join(f"<p>{words}</p>" for _ in range(3))
    return text(
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
    )


def test_a_feed_is_fetched_and_its_addresses_are_made_whole(server: Server) -> None:
    server.answers["/feed"] = feed("one", "two")
    items = gather(f"{server.url}/feed")
    assert titles(items) == ["one", "two"]
    assert {item.known["url"] for item in items if isinstance(item, Page)} == {f"{server.url}/one", f"{server.url}/two"}


def test_a_teaser_is_completed_from_its_page_and_keeps_what_the_feed_knows(server: Server) -> None:
    server.answers |= {"/feed": feed("one", body="Only the start."), "/one": page("Another title")}
    (item,) = gather(f"{server.url}/feed")
    assert isinstance(item, Page)
    article = clean(item)
    assert isinstance(article, Article)
    assert (article.title, article.source, article.url) == ("one", "Courier", f"{server.url}/one")
    assert article.text.count(WORDS) >= 1
    assert "stub" not in article.flags
    assert "teaser" not in article.extra


@pytest.mark.parametrize("answer", [lambda asked: asked.reply(status=403), page("Wall", "Accept."), text("")])
def test_where_the_page_cannot_be_had_the_teaser_stands_for_it(server: Server, answer: Callable[[Asked], None]) -> None:
    teaser = "The council of Varnholm decided on Tuesday that the harbour bridge will be repaired this year."
    server.answers |= {"/feed": feed("one", body=teaser), "/one": answer}
    (item,) = gather(f"{server.url}/feed")
    assert isinstance(item, Page)
    article = clean(item)
    assert isinstance(article, Article)
    assert article.text == teaser
    assert "stub" in article.flags


def test_teasers_are_left_alone_where_that_is_asked_for(server: Server) -> None:
    server.answers["/feed"] = feed("one", body="Only the start.")
    (item,) = gather(f"{server.url}/feed", complete=False)
    assert isinstance(item, Page)
    assert server.paths == ["/robots.txt", "/feed"]


def test_lists_of_feeds_sitemaps_and_front_pages_lead_on(server: Server) -> None:
    server.answers |= {
        "/list": text(f'<opml><body><outline xmlUrl="{server.url}/feed"/></body></opml>'),
        "/feed": feed("one"),
        "/map": text(f"<sitemapindex><sitemap><loc>{server.url}/inner</loc></sitemap></sitemapindex>"),
        "/inner": text(f"<urlset><url><loc>{server.url}/two</loc></url></urlset>"),
        "/two": page("two"),
        "/": text(
            '<html><head><link rel="alternate" type="application/rss+xml" href="/other"></head><body></body></html>'
        ),
        "/other": feed("three"),
    }
    items = gather(f"{server.url}/list", f"{server.url}/map", f"{server.url}/")
    assert len(items) == 3
    assert {str(item.known["url"]).rpartition("/")[2] for item in items if isinstance(item, Page)} == {
        "one",
        "two",
        "three",
    }


def test_a_sitemap_that_names_itself_ends(server: Server) -> None:
    server.answers["/map"] = text(f"<sitemapindex><sitemap><loc>{server.url}/map</loc></sitemap></sitemapindex>")
    gather(f"{server.url}/map")
    assert server.paths == ["/robots.txt", "/map"]
    server.answers["*"] = lambda asked: text(
        f"<sitemapindex><sitemap><loc>{server.url}{asked.path}x</loc></sitemap></sitemapindex>"
    )(asked)
    assert reasons(gather(f"{server.url}/deep")) == ["lists within lists, too deep"]


def test_the_charset_of_the_header_and_the_canonical_address_of_the_page_count(server: Server) -> None:
    html = '<html><head><link rel="canonical" href="/one"></head><body><p>Łódź</p></body></html>'
    server.answers["/a"] = text(html.encode("iso-8859-2"), Content_Type="text/html; charset=iso-8859-2")
    (item,) = gather(f"{server.url}/a?utm_source=x&page=2")
    assert isinstance(item, Page)
    assert "Łódź" in item.content
    assert item.known["url"] == f"{server.url}/one"


@pytest.mark.parametrize("href", ["https://elsewhere.example/one", "/"])
def test_a_canonical_address_elsewhere_is_not_believed(server: Server, href: str) -> None:
    server.answers["/a"] = text(
        f'<html><head><link href="{href}" rel=canonical></head><body><p>Words.</p></body></html>'
    )
    (item,) = gather(f"{server.url}/a?utm_source=x&page=2")
    assert isinstance(item, Page)
    assert item.known["url"] == f"{server.url}/a?page=2"


# ---------------------------------------------------------------- one dead feed costs one feed


def test_a_dead_feed_costs_one_feed_and_says_why(server: Server) -> None:
    server.answers |= {"/good": feed("one"), "/bad": lambda asked: asked.reply(status=500)}
    cache = Memory()
    items = gather(f"{server.url}/bad", f"{server.url}/good", "http://127.0.0.1:9/feed", cache=cache)
    assert titles(items) == ["one"]
    assert sorted(why[:8] for why in reasons(items)) == ["HTTP 500", "cannot b"]
    assert cache.feeds[f"{server.url}/bad"].failures == 1
    gather(f"{server.url}/bad", cache=cache)
    assert cache.feeds[f"{server.url}/bad"].failures == 2


def test_a_feed_that_was_read_before_is_noted_with_its_last_good_day(server: Server) -> None:
    answers = [feed("one"), lambda asked: asked.reply(status=500), lambda asked: asked.reply(status=410)]
    server.answers["/feed"] = lambda asked: answers.pop(0)(asked)
    cache, url = Memory(), f"{server.url}/feed"
    assert notes(gather(url, cache=cache)) == []
    failing = gather(url, cache=cache, now=NOW + DAY)
    assert notes(failing) == [FeedNote("Courier", url, "failed", "2022-03-08", "HTTP 500: no document")]
    assert reasons(failing) == ["HTTP 500: no document"]
    for later in (2, 3):  # the second time it is not asked
        gone = gather(url, cache=cache, now=NOW + later * DAY)
        assert notes(gone) == [FeedNote("Courier", url, "gone", "2022-03-08", "HTTP 410: gone for good")]
    assert server.paths.count("/feed") == 3


def test_a_feed_of_a_list_is_noted_even_if_it_never_answered_and_a_mere_page_is_not(server: Server) -> None:
    server.answers["/list"] = text(f'<opml><body><outline xmlUrl="{server.url}/dead"/></body></opml>')
    items = gather(f"{server.url}/list", f"{server.url}/page")
    assert notes(items) == [FeedNote("127.0.0.1", f"{server.url}/dead", "failed", None, "HTTP 404: not found")]
    assert len(reasons(items)) == 2


def test_late_and_silent_feeds_are_noted_with_the_day_of_their_newest_entry(server: Server) -> None:
    server.answers |= {
        "/late": feed("one", day="Tue, 01 Mar 2022 08:00:00 GMT"),
        "/silent": feed("two", day="Sat, 01 Jan 2022 08:00:00 GMT"),
        "/fine": feed("three"),
    }
    items = gather(*(f"{server.url}/{name}" for name in ("late", "silent", "fine")))
    assert sorted(notes(items), key=str) == [
        FeedNote("Courier", f"{server.url}/late", "late", "2022-03-01"),
        FeedNote("Courier", f"{server.url}/silent", "silent", "2022-01-01"),
    ]
    assert (len(titles(items)), reasons(items)) == (3, [])


def test_what_is_gone_is_not_asked_again(server: Server) -> None:
    server.answers["/feed"] = lambda asked: asked.reply(status=410)
    cache = Memory()
    assert reasons(gather(f"{server.url}/feed", cache=cache)) == ["HTTP 410: gone for good"]
    before = len(server.asked)
    assert "gone for good (410) since 2022-03-08" in reasons(gather(f"{server.url}/feed", cache=cache))[0]
    assert len(server.asked) == before


def test_what_moved_for_good_is_asked_there_and_it_is_said_once(server: Server) -> None:
    server.answers |= {"/old": redirect("/new", 301), "/new": feed("one")}
    cache = Memory()
    first = gather(f"{server.url}/old", cache=cache)
    assert notes(first) == [FeedNote("Courier", f"{server.url}/old", "moved", None, f"{server.url}/new")]
    again = gather(f"{server.url}/old", cache=cache, now=NOW + DAY / 2)
    assert (titles(first), titles(again), reasons(again), notes(again)) == (["one"], ["one"], [], [])
    assert server.paths.count("/old") == 1


def test_a_server_that_asks_for_a_moment_is_asked_again_and_one_that_asks_for_hours_is_left(server: Server) -> None:
    answers = iter([lambda asked: asked.reply(status=503, Retry_After="0"), feed("one")])
    server.answers["/soon"] = lambda asked: next(answers)(asked)
    assert titles(gather(f"{server.url}/soon")) == ["one"]
    server.answers["/later"] = lambda asked: asked.reply(status=429, Retry_After="7200")
    server.answers["/other"] = feed("two")
    cache = Memory()
    items = gather(f"{server.url}/later", f"{server.url}/other", cache=cache)
    assert reasons(items) == ["its server asked for a longer rest", "HTTP 429: too many requests"]
    assert server.paths.count("/other") == 0
    assert "left alone until 2022-03-08 11:00 UTC" in reasons(gather(f"{server.url}/later", cache=cache))[0]


def test_requests_to_one_host_keep_their_distance() -> None:
    with serving() as one, serving() as two:
        for server in (one, two):
            server.answers |= {"/1": feed("a"), "/2": feed("b"), "/robots.txt": text("User-agent: *\nCrawl-delay: 0.3")}
        fetch = web(pause=0.1)
        fetch._is_near = lambda url: False  # type: ignore[method-assign]
        list(collect([f"{server.url}/{number}" for number in (1, 2) for server in (one, two)], fetch=fetch))
        for server in (one, two):
            asked = [
                at for at, request in zip(server.times, server.asked, strict=True) if request.path != "/robots.txt"
            ]
            assert asked[1] - asked[0] >= 0.3


# ---------------------------------------------------------------- nothing lost, nothing twice


def test_a_run_that_was_cut_short_goes_on_where_it_stopped(server: Server) -> None:
    server.answers |= {
        "/feed": feed(*"abcdef", body="Only the start."),
        **{f"/{name}": page(name) for name in "abcdef"},
    }
    cache = Memory()
    run = web(cache)(link for link in _links(f"{server.url}/feed"))
    first = [next(run), next(run)]
    run.close()  # as Ctrl-C does
    done = set(server.paths)
    rest = gather(f"{server.url}/feed", cache=cache, now=NOW + 60)
    assert titles(rest) == list("abcdef")
    assert all(isinstance(item, Page) and f"{server.url}/{item.known['title']}" in cache.answers for item in first)
    kept = [
        path
        for path in done
        if path in ("/feed", *(f"/{item.known['title']}" for item in first if isinstance(item, Page)))
    ]
    assert all(server.paths.count(path) == 1 for path in kept)


def test_an_interrupted_run_waits_for_nobody(server: Server) -> None:
    server.answers |= {"/feed": feed("one"), "/slow": lambda asked: asked.drip(repeat(b"", 40), every=0.1)}
    with serving() as other:
        other.answers |= server.answers
        run = web()(link for link in _links(f"{server.url}/feed", f"{other.url}/slow"))
        assert isinstance(next(run), Page)
        while "/slow" not in other.paths:
            sleep(0.01)
        began = monotonic()
        run.close()
        for thread in [thread for thread in enumerate_threads() if thread.name.startswith("fetch")]:
            thread.join(3)
            assert not thread.is_alive()
        assert monotonic() - began < 2


def _links(*urls: str) -> Iterator[object]:
    from briefing.collect.links import Link

    return (Link(url, url) for url in urls)


def test_an_answer_is_kept_before_it_is_used(server: Server) -> None:
    class Refusing(Memory):
        def put(self, kept: Kept) -> None:
            raise OSError("disk full")

    server.answers["/feed"] = feed("one")
    with pytest.raises(OSError, match="disk full"):
        gather(f"{server.url}/feed", cache=Refusing())


def test_what_still_holds_is_used_again_without_its_bytes(server: Server) -> None:
    def answer(asked: Asked) -> None:
        if asked.headers.get("if-none-match") == '"1"':
            asked.reply(status=304)
        else:
            item = f"<item><title>one</title><description>{WORDS}</description></item>"
            asked.reply(f"<rss><channel>{item}</channel></rss>".encode(), ETag='"1"')

    server.answers["/feed"] = answer
    cache = Memory()
    first = gather(f"{server.url}/feed", cache=cache)
    second = gather(f"{server.url}/feed", cache=cache, now=NOW + DAY)
    assert titles(first) == titles(second) == ["one"]
    assert server.asked[-1].headers["if-none-match"] == '"1"'


def test_an_address_that_is_named_twice_is_asked_once(server: Server) -> None:
    server.answers |= {"/1": feed("a", body="Start."), "/2": feed("a", body="Start."), "/a": page("a")}
    items = gather(f"{server.url}/1", f"{server.url}/2#top", f"{server.url}/2?utm_source=x")
    assert titles(items) == ["a"]
    assert server.paths.count("/a") == server.paths.count("/2") == 1


def test_limits_of_number_and_size_leave_the_rest_out_and_say_so(server: Server) -> None:
    server.answers |= {f"/{name}": page(name) for name in "abcd"}
    items = gather(*(f"{server.url}/{name}" for name in "abcd"), host_number=2)
    assert len(titles(items)) == 2
    assert reasons(items) == ["left out: more addresses than one run asks for"] * 2
    items = gather(*(f"{server.url}/{name}" for name in "abcd"), host_size=1)
    assert (len(titles(items)), len(reasons(items))) == (1, 3)


def test_a_login_in_an_address_is_not_shown(server: Server) -> None:
    server.answers["/a"] = page("a")
    shown = gather(
        server.url.replace("//", "//ann:hush@") + "/a", server.url.replace("//", "//ann:hush@") + "/none?token=hush"
    )
    assert len(shown) == 2
    assert "hush" not in json.dumps(
        [[str(getattr(item, "origin", "")), str(getattr(item, "known", ""))] for item in shown]
    )
    assert not any("hush" in f"{item.input}{item.why}" for item in shown if isinstance(item, Dropped))


def test_without_somebody_to_fetch_an_address_is_dropped() -> None:
    assert list(collect(["https://news.example/feed"])) == [
        Dropped("https://news.example/feed", "an address: nothing is fetched here")
    ]


# ---------------------------------------------------------------- health


def at(days: float) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(NOW - days * DAY, UTC).isoformat()


def test_the_state_of_a_feed_follows_its_own_rhythm() -> None:
    daily = heard(Health("u"), NOW, title="T", stamps=[at(day) for day in range(10)])
    assert state_of(Health("u"), NOW) == "new"
    assert state_of(daily, NOW) == "ok"
    assert state_of(daily, NOW + 3 * DAY) == "ok"
    assert state_of(daily, NOW + 5 * DAY) == "late"
    weekly = heard(Health("u"), NOW, title="T", stamps=[at(7 * week) for week in range(10)])
    assert state_of(weekly, NOW + 5 * DAY) == "ok"
    assert state_of(weekly, NOW + SILENT + DAY) == "silent"
    hourly = heard(Health("u"), NOW, title="T", stamps=[at(hour / 24) for hour in range(10)])
    assert state_of(hourly, NOW + DAY / 2) == "ok"


def test_failures_add_up_and_end_with_the_first_success() -> None:
    once = failed(Health("u"), NOW, "HTTP 500", status=500)
    twice = failed(once, NOW, "HTTP 500", status=500)
    assert (state_of(twice, NOW), twice.failures, refusal(twice, NOW)) == ("failing", 2, None)
    good = heard(twice, NOW, title="", stamps=[])
    assert (state_of(good, NOW), good.failures, good.error) == ("ok", 0, None)
    assert state_of(failed(good, NOW, "gone", status=410), NOW) == "gone"


def test_a_wish_to_be_left_alone_is_believed_for_some_hours_only() -> None:
    health = failed(Health("u"), NOW, "HTTP 429", status=429, until=NOW + 365 * DAY)
    assert refusal(health, NOW + 3600) is not None
    assert refusal(health, NOW + DAY) is None


def test_entries_of_the_future_do_not_make_a_feed_young() -> None:
    health = heard(Health("u"), NOW, title="", stamps=[at(-400), at(3), None, "no date"])
    assert health.newest == pytest.approx(NOW - 3 * DAY)
    assert health.entries == 4
    assert replace(health, entries=0) == replace(heard(Health("u"), NOW, title="", stamps=[at(3)]), entries=0)
