"""Other scripts than ours: shown, told from right to left, or warned of."""

from __future__ import annotations

import dataclasses
import io

import pytest
import sample_briefs as samples

from briefing.render import render
from briefing.render.glyphs import covered, missing_in, system_shows

SCRIPTS = {
    "Cyrillic": "Міністри відкрили переговори. Министры начали переговоры.",
    "Greek": "Οι υπουργοί άρχισαν συνομιλίες.",
    "Vietnamese": "Các bộ trưởng bắt đầu cuộc họp.",
    "Arabic": "بدأ الوزراء محادثات حول الحصص.",
    "Hebrew": "השרים פתחו בשיחות.",
    "Devanagari": "मंत्रियों ने वार्ता शुरू की।",
    "Chinese": "部长们开始会谈。",
    "Japanese": "大臣たちは会談を始めた。",
    "Korean": "장관들이 회담을 시작했다.",
    "combining": "Zu\u0308rich, e\u0301te\u0301, a\u0323\u0302",
    "lone surrogate": "half \ud83d a pair",
    "controls": "bell\x07 null\x00 escape\x1b override\u202e end",
}


def brief_of(text):
    brief = samples.make_brief(1)
    story = brief.stories[0]
    story = dataclasses.replace(
        story,
        headline=dataclasses.replace(story.headline, text=text),
        summary=tuple(dataclasses.replace(passage, text=text) for passage in story.summary),
    )
    return dataclasses.replace(brief, stories=(story,))


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("format", ["md", "html", "json"])
def test_every_script_can_be_rendered(format, script):
    assert render(brief_of(SCRIPTS[script]), format).decode()


@pytest.mark.parametrize(
    "script", ["Cyrillic", "Arabic", "Devanagari", "Chinese", "combining", "lone surrogate", "controls"]
)
def test_every_script_can_be_printed(script):
    assert render(brief_of(SCRIPTS[script]), "pdf").startswith(b"%PDF")


@pytest.mark.parametrize("script", ["Cyrillic", "Greek", "Vietnamese"])
def test_the_bundled_faces_hold_the_scripts_of_europe(script):
    assert {ord(letter) for letter in SCRIPTS[script] if not letter.isspace()} <= covered()


def test_text_from_right_to_left_is_marked_so():
    page = render(brief_of(SCRIPTS["Arabic"]), "html").decode()
    assert f'dir="rtl">{SCRIPTS["Arabic"]}</h2>' in page
    assert 'dir="rtl"' not in render(samples.make_brief(1), "html").decode()


def test_characters_without_a_font_are_warned_of_by_script_with_a_way_out():
    found = missing_in(SCRIPTS["Devanagari"] + SCRIPTS["Chinese"] + "words \U0001f4f0\n", shown=lambda character: False)
    told = [str(one) for one in found]
    assert any("of Devanagari; install fonts-noto-core" in line for line in told)
    assert any("of CJK; install fonts-noto-cjk" in line for line in told)
    assert any("1 character of Emoji; install fonts-noto-color-emoji" in line for line in told)
    assert len({one.script for one in found}) == len(found)


def test_nothing_is_warned_of_where_the_system_has_a_font():
    assert missing_in(SCRIPTS["Devanagari"], shown=lambda character: True) == ()
    assert missing_in("Plain words – “and” marks €5", shown=lambda character: False) == ()


def test_the_system_has_no_font_for_a_character_that_does_not_exist():
    assert system_shows("a")
    assert not system_shows("\U000e1234")


def test_a_warning_stands_in_the_coverage_box(monkeypatch):
    pypdf = pytest.importorskip("pypdf", reason="pypdf reads the PDF")
    # a letter that every face has is said to be missing: what a system without fonts draws instead, pypdf cannot read
    monkeypatch.setattr("briefing.render.glyphs.system_shows", lambda character: False)
    monkeypatch.setattr("briefing.render.glyphs.covered", lambda templates: covered(templates) - {ord("w")})
    made = render(brief_of("a few plain words"), "pdf")
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)
    assert "1 character of Latin; install fonts-noto-core" in " ".join(text.split())
