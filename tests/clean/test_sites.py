"""A user's rules for the pages of a site: they find what nothing else finds, and have the last word."""

from __future__ import annotations

import pickle
from functools import partial

import pytest

from briefing.clean import clean
from briefing.clean.distinct import clean_one
from briefing.clean.sites import site_of
from briefing.config import Site
from briefing.model import Article, Page
from tests.clean.test_page import BODY, page

NOTE = "The harbour office asks the owners of pleasure boats to move them before the first of October this year."
PAGE = page(
    before='<p class="signed">Words: <b>Ida Korhonen</b></p><span class="when" title="x">3 May 2023</span>',
    body="".join(f"<p>{paragraph}</p>" for paragraph in BODY) + f'<div class="box"><p>{NOTE}</p></div>',
    head='<meta name="author" content="Web Desk">'
    '<meta property="article:published_time" content="2024-09-20T08:00:00Z">',
    after='<section id="aside"><h2 class="kicker">Boats</h2>'
    "<p>Elsewhere the day was quiet, and the wind fell.</p></section>",
)


def read(
    content: str = PAGE, *, url: str | None = "https://www.tolhaven.example/a", **rules: tuple[str, ...]
) -> Article:
    known = {"url": url} if url else {}
    found = clean(Page("p.html", content, "html", known), sites={"tolhaven.example": Site(**rules)})
    assert isinstance(found, Article)
    return found


def test_without_rules_the_box_is_read_with_the_body() -> None:
    assert NOTE in read().text
    assert (read().title, read().authors) == ("Winter ferries", ("Web Desk",))


def test_what_is_to_be_removed_goes_and_the_text_behind_it_stays() -> None:
    found = read(remove=("div.box",))
    assert found.text == "\n\n".join(BODY)
    inline = page(body=f"<p>{BODY[0]} <b class=x>Not this.</b> But this stays, too, in the end.</p><p>{BODY[1]}</p>")
    assert read(inline, remove=(".x",)).text.startswith(f"{BODY[0]} But this stays")


@pytest.mark.parametrize("selector", ["#aside", "//section[@id='aside']", "section, #aside", "#aside > p"])
def test_the_body_is_what_the_selector_says_once(selector: str) -> None:
    assert read(body=(selector, selector)).text.endswith("Elsewhere the day was quiet, and the wind fell.")
    assert read(body=(selector, "#aside p")).text.count("Elsewhere") == 1
    assert BODY[0] not in read(body=(selector,)).text


def test_title_authors_and_date_are_those_of_the_rules_and_the_date_is_sure() -> None:
    found = read(title=(".kicker",), author=(".signed b",), date=(".when",))
    assert (found.title, found.authors, found.published) == ("Boats", ("Ida Korhonen",), "2023-05-03")
    assert "date-unsure" not in found.flags
    assert "rules_unmatched" not in found.extra


def test_an_xpath_may_end_in_text_or_in_an_attribute() -> None:
    rules = {"title": ("//meta[@name='author']/@content",), "author": ("string(//p[@class='signed']/b)",)}
    found = read(**rules, date=("//meta[contains(@property, 'published')]/@content",))
    assert (found.title, found.authors, found.published) == ("Web Desk", ("Ida Korhonen",), "2024-09-20T08:00:00+00:00")


def test_rules_have_the_last_word_even_over_what_a_feed_says() -> None:
    known = {"url": "https://tolhaven.example/a", "title": "Feed", "authors": ["Feed"], "published": "2020-01-01"}
    site = Site(title=("h1",), author=(".signed b",), date=(".when",))
    found = clean(Page("p", PAGE, "html", known), sites={"tolhaven.example": site})
    assert isinstance(found, Article)
    assert (found.title, found.authors, found.published) == ("Winter ferries", ("Ida Korhonen",), "2023-05-03")


def test_a_rule_that_finds_nothing_is_named_and_the_page_is_read_as_any_other() -> None:
    found = read(body=(".gone",), title=(".gone",), author=(".gone",), date=("h1", "//p[gone()]"), remove=(".gone",))
    plain = read()
    assert (found.text, found.title, found.authors, found.published) == (
        (plain.text, plain.title, plain.authors, plain.published)
    )
    assert found.extra["rules_unmatched"] == ["body", "title", "author", "date"]


def test_a_saved_page_is_known_by_its_own_address_and_subdomains_are_covered() -> None:
    own = page(head='<link rel="canonical" href="https://news.tolhaven.example/2024/a">')
    assert read(own, url=None, title=("footer p",)).title.startswith("©")
    assert read(page(), url=None, title=("footer p",)).title == "Winter ferries"


def test_the_nearest_domain_counts_and_a_name_that_only_ends_alike_does_not() -> None:
    sites = {"example": Site(), "tolhaven.example": Site(body=("a",)), "x.tolhaven.example": Site(body=("b",))}
    assert site_of(sites, "https://X.Tolhaven.example:8080/1") == Site(body=("b",))
    assert site_of(sites, "https://y.tolhaven.example./1") == Site(body=("a",))
    assert site_of(sites, "https://nottolhaven.example/1") == Site()
    assert site_of(sites, "https://elsewhere.org/") is site_of(sites, None) is site_of(sites, "http://[x") is None


def test_of_a_feeds_own_body_only_what_is_to_go_goes() -> None:
    content = f"<p>{BODY[0]}</p><p class=ad>{NOTE}</p>"
    site = Site(remove=(".ad",), body=(".gone",), title=("p",))
    known = {"url": "https://tolhaven.example/a", "title": "T"}
    found = clean(Page("f", content, "fragment", known), sites={"tolhaven.example": site})
    assert isinstance(found, Article)
    assert (found.text, found.title) == (BODY[0], "T")


def test_the_rules_travel_to_other_processes() -> None:
    work = pickle.loads(pickle.dumps(partial(clean_one, sites={"tolhaven.example": Site(body=("#aside",))})))
    found = work(Page("p", PAGE, "html", {"url": "https://tolhaven.example/"}))
    assert "Elsewhere" in found.text
