"""What a brief says beside the words: feeds that do not do well, what is new, what one source alone reports."""

from __future__ import annotations

import dataclasses
import html as html_of
import io
import re
import zipfile

import pytest
import sample_briefs as samples

from briefing.render import render
from briefing.render.edition import make_edition
from briefing.render.mail import make_digest


def text_of(brief, format):
    """The words of a brief on one line, marks of the markup taken off."""
    made = render(brief, format)
    if format == "md":
        return " ".join(
            re.sub(r"&#?\w+;", lambda found: html_of.unescape(found[0]), made.decode())
            .replace("\\", "")
            .replace("*", "")
            .split()
        )
    if format == "epub":
        made = zipfile.ZipFile(io.BytesIO(made)).read("EPUB/brief.xhtml")
    page = made.decode().rpartition("</style>")[2]
    page = re.sub(r'<span class="(evidence|from)">.*?</span>', "", page)
    return " ".join(html_of.unescape(re.sub(r"<[^>]+>|\u2060", "", page)).split())


@pytest.mark.parametrize("format", ["md", "html", "epub"])
def test_the_coverage_box_says_which_feeds_do_not_do_well(format):
    text = text_of(samples.make_brief(1), format)
    for told in (
        "Silent since 2 Dec 2030: Harbour Gazette, Quay & Tide",
        "Could not be read, last read 12 Jan 2031: The Meridian (status 503)",
        "Moved: Northern Wire (to https://northern.example/feed)",
        "Gone: Old Pier",
    ):
        assert told in text
    assert "Silent" not in text_of(samples.make_brief(0), format)


@pytest.mark.parametrize("format", ["md", "html", "epub"])
def test_what_one_source_alone_reports_is_said_beside_it(format):
    brief = samples.make_brief(1)
    story = brief.stories[0]
    text = text_of(brief, format)
    assert re.search(re.escape(story.summary[2].text) + r".{0,40}one source only", text)
    assert not re.search(re.escape(story.summary[1].text) + r".{0,40}one source only", text)
    edition = make_edition(brief)
    assert [meeting.alone for meeting in edition.stories[0].meetings] == [None, "one source only"]
    assert [figure.alone for figure in edition.stories[0].figures] == [None, "one source only"]
    everybody = dataclasses.replace(brief, stories=(dataclasses.replace(story, alone=()),))
    assert "one source only" not in text_of(everybody, format)


@pytest.mark.parametrize("format", ["md", "html", "epub"])
def test_a_sentence_that_is_new_since_the_last_brief_says_so(format):
    brief = samples.make_brief(2)
    text = text_of(brief, format)
    (fresh,) = brief.stories[1].fresh
    assert re.search(r"(?i)\bnew:?\s+" + re.escape(fresh.text), text)
    assert len(re.findall(r"(?i)\bnew:?\s+The chair, Agneta", text)) == 1


def test_a_mail_says_what_is_new_what_one_source_alone_reports_and_which_feeds_are_silent():
    digest = make_digest(samples.make_brief(2))
    plain = " ".join(digest.text.split())
    for text in (plain, " ".join(html_of.unescape(re.sub(r"<[^>]+>", "", digest.html)).split())):
        assert "New: The chair, Agneta" in text
        assert "Silent since 2 Dec 2030: Harbour Gazette, Quay & Tide" in text
    story = dataclasses.replace(samples.make_brief(1).stories[0], alone=samples.make_brief(1).stories[0].summary)
    assert "one source only" in make_digest(dataclasses.replace(samples.make_brief(1), stories=(story,))).text
