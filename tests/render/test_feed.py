"""A feed of editions: readable by a feed reader, newest first, safe."""

from __future__ import annotations

import dataclasses
import json
import xml.etree.ElementTree as ElementTree

import pytest
import sample_briefs as samples
from hypothesis import given
from hypothesis import strategies as st
from sample_texts import UNHURRIED

from briefing.errors import InputError
from briefing.render.feed import MOST, make_feed

HOME = "https://briefs.example/daily"
ATOM = "{http://www.w3.org/2005/Atom}"


def edition(day, count=2, **changes):
    brief = samples.make_brief(count)
    return dataclasses.replace(
        brief, edition=f"2031-01-{day:02d}", generated_at=f"2031-01-{day:02d}T06:30:00+01:00", **changes
    )


def test_the_newest_edition_comes_first_whatever_the_order_of_arrival():
    briefs = [edition(day) for day in (14, 16, 15)]
    feed = json.loads(make_feed(briefs, kind="json", home=HOME))
    assert [item["url"] for item in feed["items"]] == [f"{HOME}/2031-01-{day}/brief.html" for day in (16, 15, 14)]
    assert make_feed(briefs[::-1], kind="json", home=HOME) == make_feed(briefs, kind="json", home=HOME)
    assert feed["items"][0]["date_published"] == "2031-01-16T05:30:00Z"


def test_a_feed_holds_a_month():
    feed = json.loads(make_feed([edition(day % 28 + 1) for day in range(40)], kind="json", home=HOME))
    assert len(feed["items"]) == MOST


def test_atom_has_what_the_standard_asks_for():
    root = ElementTree.fromstring(make_feed([edition(14), edition(15, 0)], kind="atom", home=HOME))
    assert {"id", "title", "updated", "author", "link"} <= {child.tag.removeprefix(ATOM) for child in root}
    for entry in root.iter(f"{ATOM}entry"):
        assert {"id", "title", "updated", "summary", "link"} == {child.tag.removeprefix(ATOM) for child in entry}
    assert root.find(f"{ATOM}entry/{ATOM}summary").text == "No significant news."


def test_rss_has_what_the_standard_asks_for():
    channel = ElementTree.fromstring(make_feed([edition(14)], kind="rss", home=HOME)).find("channel")
    assert channel.findtext("item/pubDate") == "Tue, 14 Jan 2031 05:30:00 +0000"
    assert channel.findtext("item/guid") == f"{HOME}/2031-01-14/brief.html"
    assert samples.TOPICS[0][0] in channel.findtext("item/description")


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
@UNHURRIED
@given(text=st.text())
def test_no_title_breaks_a_feed(kind, text):
    made = make_feed([dataclasses.replace(samples.make_brief(0), title=text)], kind=kind, home=HOME)
    if kind == "json":
        assert len(json.loads(made)["items"]) == 1
    else:
        assert (
            len(ElementTree.fromstring(made).findall(f"{ATOM}entry") or ElementTree.fromstring(made).findall(".//item"))
            == 1
        )


def test_an_empty_feed_is_a_feed():
    assert ElementTree.fromstring(make_feed([], kind="atom", home=HOME)).find(f"{ATOM}updated") is not None


@pytest.mark.parametrize(("kind", "home"), [("opml", HOME), ("atom", "javascript:alert(1)"), ("rss", "/var/www")])
def test_a_feed_names_what_it_cannot_use(kind, home):
    with pytest.raises(InputError, match=r"opml|http or https"):
        make_feed([], kind=kind, home=home)
