"""The mail body: short, complete in itself, and harmless."""

from __future__ import annotations

import dataclasses

import pytest
import sample_briefs as samples
from hypothesis import HealthCheck, given, settings
from sample_texts import NASTY, read

from briefing.render.mail import LIMIT, LINE, make_digest


def padded(count, length):
    """A brief whose sentences are `length` characters long."""
    brief = samples.make_brief(count)
    stories = tuple(
        dataclasses.replace(
            story,
            summary=tuple(dataclasses.replace(p, text=(p.text + " ") * (length // len(p.text))) for p in story.summary),
        )
        for story in brief.stories
    )
    return dataclasses.replace(brief, stories=stories)


@pytest.mark.parametrize(("count", "length"), [(0, 1), (1, 1), (6, 1), (30, 1), (30, 3_000), (8, 8_000), (30, 60_000)])
def test_a_mail_body_is_never_clipped(count, length):
    digest = make_digest(padded(count, length) if length > 1 else samples.make_brief(count))
    assert len(digest.html.encode()) <= LIMIT < 100_000
    assert digest.html.rstrip().endswith("</html>")


def test_a_digest_tells_what_it_leaves_out():
    digest = make_digest(samples.make_brief(30))
    assert "10 more in the attached brief." in digest.text
    assert "10 more in the attached brief." in digest.html


def test_the_subject_is_one_line_with_edition_and_lead():
    brief = dataclasses.replace(samples.make_brief(1), title="Brief\r\nBcc: someone@example.org")
    assert make_digest(brief).subject == (
        "Brief Bcc: someone@example.org, Wednesday 15 January 2031: Fisheries ministers meet in Tallinn over cod quota"
    )
    assert make_digest(samples.make_brief(0)).subject.endswith("no significant news")


def test_plain_text_lines_are_short_and_plain():
    text = make_digest(samples.make_brief(6, shorts=2)).text
    assert max(map(len, text.splitlines())) <= LINE
    assert "&amp;" not in text
    assert "<" not in text
    assert "\n\n\n" not in text


def test_html_needs_no_style_sheet_and_asks_for_nothing():
    html = make_digest(samples.make_brief(3)).html
    assert '<h1 style="' in html
    assert "prefers-color-scheme: dark" in html
    assert "src=" not in html
    assert "url(" not in html


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=NASTY)
def test_no_source_text_becomes_markup_in_a_mail(text):
    brief = samples.make_brief(1)

    def with_words(words):
        story = dataclasses.replace(
            brief.stories[0],
            headline=dataclasses.replace(brief.stories[0].headline, text=words),
            summary=tuple(dataclasses.replace(passage, text=words) for passage in brief.stories[0].summary),
        )
        return read(make_digest(dataclasses.replace(brief, stories=(story,))).html)[0]

    assert with_words(f"a{text}z") == with_words("plain")


def test_the_same_brief_makes_the_same_mail():
    assert make_digest(samples.make_brief(3)) == make_digest(samples.make_brief(3))
