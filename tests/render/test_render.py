"""A brief in, a file out: complete, cited, harmless, the same bytes every time."""

from __future__ import annotations

import dataclasses
import itertools
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
import sample_briefs as samples
import sample_texts as words
from hypothesis import HealthCheck, given, settings

from briefing.errors import BriefingError, InputError, MissingDependency
from briefing.model import Brief, Difference
from briefing.record import from_record, to_record
from briefing.registry import RENDERERS
from briefing.render import Look, render, view
from briefing.render.edition import make_edition
from briefing.render.folder import bundled_folder, export, html_environment, markdown_environment, run
from briefing.render.labels import quantity

VOID = {"meta", "img", "br", "hr", "link", "input"}
HOSTILE = "</style></title><script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} {% raw %} \"'`"


class Page(HTMLParser):
    """Tags, attributes and text of a page; complains of tags that do not nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]

    @property
    def words(self):
        return " ".join("".join(self.text).split())


def html(brief, **options):
    return Page(render(brief, "html", **options).decode())


def hostile(brief, text):
    """The brief with every string that comes from a source replaced by `text`; passages stay different sentences."""
    number = itertools.count()

    def change(value, key=""):
        if isinstance(value, dict):
            return {name: change(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [change(inner, key) for inner in value]
        theirs = {"text", "title", "source", "url", "name", "role", "what", "unit", "input", "why", "format", "kind"}
        keep = value in ("person", "organization", "place", "direct", "mixed", "briefing/1") or value is None
        if key not in theirs or keep:
            return value
        return f"{text} {next(number)}" if key == "text" else text

    record = change(to_record(brief))
    for article in record["articles"]:
        article["flags"] = []  # whether a note on quotations stands there is up to the text
    return from_record(Brief, record)


def skeleton(page):
    """The tags in alphabetical order, for names order the index; without map labels, which go where there is room."""
    return sorted(tag for tag, _ in page.elements if tag != "text")


def test_a_brief_comes_back_from_its_json():
    brief = samples.make_brief(6, shorts=2)
    assert from_record(Brief, json.loads(render(brief, "json"))) == brief


def test_json_keeps_half_a_surrogate_pair():
    brief = samples.make_brief(0, title="half \ud83d pair \U0001f4f0")
    assert json.loads(render(brief, "json"))["title"] == "half \ud83d pair \U0001f4f0"


def test_whole_floats_and_integers_are_the_same_bytes():
    one, other = (
        samples.make_brief(1),
        json.loads(json.dumps(to_record(samples.make_brief(1))).replace("4200.0", "4200")),
    )
    assert render(one, "json") == render(from_record(Brief, other), "json")


@pytest.mark.parametrize("format", ["markdown", "html", "pdf"])
@pytest.mark.parametrize("count", [0, 1])
def test_the_smallest_briefs_can_be_rendered(format, count):
    assert len(render(samples.make_brief(count), format)) > 300


def test_thirty_stories_fit_one_page_of_html():
    page = html(samples.make_brief(30))
    assert len(page.all("article")) == 30
    assert "22 further stories" in page.words


@pytest.mark.parametrize("format", ["markdown", "html"])
def test_every_sentence_that_is_needed_is_printed_in_full_once(format):
    brief = samples.make_brief(1)
    story = brief.stories[0]
    text = render(brief, format).decode().rpartition("</style>")[2].replace("\\", "")
    text = re.sub(r'<span class="evidence">.*?</span>', "", text)  # what a mark shows on demand
    text = " ".join(re.sub(r"<[^>]+>|\u2060", "", text).split()) if format == "html" else text
    text = text.rpartition("Dates ahead")[0]  # a date is told with its sentence, whatever stood before
    told = text.partition(story.summary[0].text)
    assert story.headline.text in told[0]
    shown = [*story.summary, *(position.evidence for position in story.positions)]
    for passage in (*shown, *(event.evidence for event in story.timeline)):
        assert text.count(passage.text) == 1
    for quote in story.quotes:
        assert quote.text in text


def test_every_citation_mark_leads_to_a_source_of_that_number():
    page = html(samples.make_brief(6, shorts=2))
    anchors = {attrs["id"] for _, attrs in page.elements if "id" in attrs}
    marks = [attrs for attrs in page.all("a") if attrs.get("class") == "mark"]
    assert len(marks) > 100
    assert {attrs["href"].removeprefix("#") for attrs in page.all("a") if attrs["href"].startswith("#")} <= anchors
    assert all(attrs["aria-label"].startswith("Source " + attrs["href"].removeprefix("#source")) for attrs in marks)


def test_ids_are_unique():
    ids = [attrs["id"] for _, attrs in html(samples.make_brief(6, shorts=2)).elements if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_heading_levels_are_never_skipped():
    page = html(samples.make_brief(3, shorts=1))
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_empty_sections_vanish():
    page = html(samples.make_brief(0))
    assert "No significant news." in page.words
    assert "to read" not in page.words
    assert "0 articles" not in page.words
    for heading in ("At a glance", "Watchlist", "In brief", "Dates ahead", "People and organizations", "Sources"):
        assert heading not in page.words
    bare = samples.make_brief(1)
    story = dataclasses.replace(
        bare.stories[0], meetings=(), places=(), quotes=(), figures=(), differences=(), timeline=()
    )
    page = html(dataclasses.replace(bare, stories=(story,)))
    assert "Positions" in page.words
    for heading in ("Who met", "Where", "Key quotes", "Figures", "Timeline", "Dates ahead"):
        assert heading not in page.words


def test_an_unknown_speaker_is_called_unattributed():
    brief = samples.make_brief(1)
    nobody = tuple(dataclasses.replace(quote, speaker=None) for quote in brief.stories[0].quotes)
    brief = dataclasses.replace(brief, stories=(dataclasses.replace(brief.stories[0], quotes=nobody),))
    assert "unattributed" in html(brief).words


def test_a_paraphrased_source_is_marked_beside_its_quotation_and_in_the_list():
    page = html(samples.make_brief(1))
    assert "paraphrased, not verbatim speech" in page.words
    assert "machine-paraphrased text: its quotations are not verbatim speech" in page.words
    text = render(samples.make_brief(1), "markdown").decode()
    assert "paraphrased, not verbatim speech" in text.replace("\\", "")


def test_two_forms_of_one_number_are_set_apart():
    brief = samples.make_brief(1)
    story = brief.stories[0]
    figure = story.figures[1]
    about = dataclasses.replace(figure.values[0], approximate="about")
    changed = dataclasses.replace(story, figures=(dataclasses.replace(figure, values=(about, *figure.values)),))
    brief = dataclasses.replace(brief, stories=(changed,))
    assert ", 9 coastal states" in html(brief).words
    assert ", **9** coastal states" in render(brief, "markdown").decode()


def test_a_difference_that_the_figures_tell_is_not_told_twice():
    assert "Where sources differ" not in html(samples.make_brief(1)).words


def test_a_difference_of_a_figure_is_told_there_even_by_a_source_whose_number_another_gave():
    brief = samples.make_brief(1)
    story = brief.stories[0]
    figure = dataclasses.replace(story.figures[0], agree=False)
    unseen = dataclasses.replace(figure.values[0].evidence, start=90_000, end=90_009, text="So it is.")
    again = dataclasses.replace(figure.values[0], evidence=unseen)
    figure = dataclasses.replace(figure, values=(figure.values[0], again, *figure.values[1:]))
    told = Difference("figure", tuple(value.evidence for value in figure.values))
    for known in ((figure,), ()):
        changed = dataclasses.replace(story, figures=known, differences=(told,), timeline=())
        words = html(dataclasses.replace(brief, stories=(changed,))).words
        assert ("Where sources differ" in words) == (not known)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (100_000, None, "100,000"),
        (48_000_000, "USD", "48 million USD"),
        (1_250_000_000, "EUR", "1.25 billion EUR"),
        (1_234_567, None, "1,234,567"),
        (2e12, "JPY", "2 trillion JPY"),
        (14, "%", "14%"),
        (2.5, "days", "2.5 days"),
    ],
)
def test_a_quantity_is_said_exactly_and_as_short_as_that_allows(value, unit, said):
    assert quantity(value, unit) == said


def test_positions_of_one_actor_on_one_sentence_share_a_row():
    brief = samples.make_brief(1)
    story = brief.stories[0]
    twice = dataclasses.replace(story.positions[0], stance="opposes")
    brief = dataclasses.replace(brief, stories=(dataclasses.replace(story, positions=(*story.positions, twice)),))
    stand = make_edition(brief).stories[0].positions[0]
    assert [holding.stances for holding in stand.holdings] == [("rejects", "opposes")]


def test_quiet_stories_and_coming_dates_have_their_own_lists():
    brief = samples.make_brief(2)
    brief = dataclasses.replace(
        brief, stories=(brief.stories[0], dataclasses.replace(brief.stories[1], status="quiet"))
    )
    edition = make_edition(brief)
    assert [view.number for view in edition.quiet] == [2]
    assert [view.number for view in edition.stories] == [1]
    assert [event.date for event in edition.ahead] == ["3 Feb 2031", "3 Feb 2031"]


def test_a_first_edition_does_not_call_every_story_new():
    assert make_edition(samples.make_brief(1)).stories[0].mark is None
    assert [view.mark for view in make_edition(samples.make_brief(2)).stories] == ["New", "Updated"]


# ---------------------------------------------------------------- safety


def test_no_source_text_becomes_markup_in_html():
    brief = samples.make_brief(2, shorts=1)
    plain, page = html(hostile(brief, "plain words")), html(hostile(brief, HOSTILE))
    assert skeleton(page) == skeleton(plain)
    assert HOSTILE in page.words
    assert not page.all("script")


PLAIN = hostile(samples.make_brief(1, shorts=1), "plain")


@pytest.mark.parametrize("parse", words.PARSERS, ids=["python-markdown", "markdown-it"])
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=words.NASTY)
def test_no_source_text_changes_the_structure_of_a_markdown_brief(parse, text):
    found, _ = words.read(parse(render(hostile(PLAIN, f"a{text}z"), "md").decode()))
    expected, _ = words.read(parse(render(PLAIN, "md").decode()))
    assert sorted(found) == sorted(expected)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=words.NASTY)
def test_no_source_text_changes_the_structure_of_an_html_brief(text):
    assert skeleton(html(hostile(PLAIN, f"a{text}z"))) == skeleton(html(PLAIN))


def test_html_fetches_nothing_and_runs_nothing():
    page = html(samples.make_brief(6))
    assert not [
        tag for tag, _ in page.elements if tag in {"script", "iframe", "object", "embed", "link", "form", "base"}
    ]
    assert not [attrs for _, attrs in page.elements for name in attrs if name.startswith("on")]
    assert all(attrs["src"].startswith("data:") for attrs in page.all("img"))
    assert {attrs["href"].split(":")[0] for attrs in page.all("a") if not attrs["href"].startswith("#")} == {"https"}
    style = render(samples.make_brief(1), "html").decode().partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize("make", [html_environment, markdown_environment])
def test_every_template_name_is_escaped(make, tmp_path):
    for name in ("a.html.j2", "a.j2", "a", "a.txt", "a.svg"):
        (tmp_path / name).write_text("{{ text }}")
        assert "<" not in run(make(tmp_path), name, text="<b>")


def test_pdf_reads_no_file_and_no_address_outside_the_templates(tmp_path):
    (tmp_path / "brief.pdf.html.j2").write_text(
        "<!doctype html><title>t</title><style>@import url(../../secret.css);"
        "@font-face { font-family: x; src: url(file:///etc/hostname) }</style>"
        "<p style='font-family: x'>words</p><img alt='a' src='file:///etc/hostname'>"
        "<img alt='b' src='http://127.0.0.1:9/x'>"
        "<img alt='c' src='../../etc/passwd'>"
        "<img alt='d' src='https://bundled.invalid/%2e%2e/%2e%2e/etc/passwd'>"
    )
    opened: list[str] = []
    sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event in {"open", "socket.connect"} else None)
    assert render(samples.make_brief(1), "pdf", templates=tmp_path).startswith(b"%PDF")
    assert not [name for name in opened if "hostname" in name or "passwd" in name or "127.0.0.1" in name]


def test_what_stops_a_renderer_is_told_as_our_own_error(monkeypatch):
    def trip(*args, **values):
        raise RecursionError("too deep")

    monkeypatch.setattr("briefing.render.html.run", trip)
    with pytest.raises(BriefingError, match="html could not be made: RecursionError: too deep"):
        render(samples.make_brief(1), "html")


# ---------------------------------------------------------------- templates and looks


def test_a_folder_of_the_user_replaces_our_files_one_by_one(tmp_path):
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "analyst.css").write_text("/* house style */")
    text = render(samples.make_brief(1), "html", templates=tmp_path).decode()
    assert "/* house style */" in text
    assert "At a glance" in text


def test_exported_templates_make_the_same_brief_and_keep_what_was_there(tmp_path):
    (tmp_path / "brief.md.j2").write_text("mine")
    made = {str(path.relative_to(tmp_path)) for path in export(tmp_path)}
    assert {"brief.html.j2", "parts/story.html.j2", "styles/screen.css", "README.md"} <= made
    assert (tmp_path / "brief.md.j2").read_text() == "mine"
    brief = samples.make_brief(1)
    assert render(brief, "html", templates=tmp_path) == render(brief, "html")
    assert export(tmp_path) == ()


def test_the_guide_names_every_variable_that_templates_see():
    guide = (bundled_folder() / "README.md").read_text()
    for noun in (view.Edition, view.StoryView, view.Line, view.Cite, view.Source, view.Actor, view.QuoteView):
        for field in dataclasses.fields(noun):
            assert f"`{field.name}`" in guide, f"{noun.__name__}.{field.name}"


def test_a_template_error_names_file_and_line(tmp_path):
    (tmp_path / "brief.md.j2").write_text("fine\n{% if %}\n")
    with pytest.raises(InputError, match=r"brief\.md\.j2, line 2"):
        render(samples.make_brief(1), "markdown", templates=tmp_path)
    (tmp_path / "brief.md.j2").write_text("{{ editon.title }}")
    with pytest.raises(InputError, match=r"editon.*README"):
        render(samples.make_brief(1), "markdown", templates=tmp_path)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"format": "pfd"}, "no renderer named 'pfd'; known: epub, html, json, md, pdf"),
        ({"format": "html", "theme": "x"}, "no theme named 'x'; known: analyst"),
        ({"format": "html", "page": "x"}, "no page profile named 'x'; known: a4"),
        ({"format": "html", "colour": "red; }"}, "not of the form #rrggbb"),
        ({"format": "html", "templates": Path("/nowhere")}, "is not a folder"),
        ({"format": "html", "logo": b"GIF89a"}, "neither a PNG, a JPEG nor an SVG"),
    ],
)
def test_an_error_names_the_thing_and_the_way_out(options, message):
    with pytest.raises(InputError, match=re.escape(message)):
        render(samples.make_brief(1), **options)


@pytest.mark.parametrize("colour", ["#ffff00", "#000000", "#ffffff", "#8a1c2b", "#00a0ff"])
def test_a_brand_colour_can_be_read_by_day_and_by_night(colour):
    from briefing.render.brand import NIGHT, PAPER, READABLE, contrast

    look = Look(colour=colour)
    for shade, ground in ((look.accent, PAPER), (look.accent_dark, NIGHT)):
        assert contrast(tuple(int(shade[i : i + 2], 16) for i in (1, 3, 5)), ground) >= READABLE


def test_the_wheel_will_find_every_template_in_one_folder():
    names = {str(path.relative_to(bundled_folder())) for path in bundled_folder().rglob("*") if path.is_file()}
    assert {"brief.md.j2", "brief.html.j2", "brief.pdf.html.j2", "fonts/OFL-SourceSerifPro.txt"} <= names


# ---------------------------------------------------------------- bytes

SCRIPT = """
import hashlib, importlib.util, sys
spec = importlib.util.spec_from_file_location("samples", sys.argv[1]); samples = importlib.util.module_from_spec(spec)
sys.modules["samples"] = samples; spec.loader.exec_module(samples)
from briefing.render import render
for format in ("json", "markdown", "html", "pdf"):
    print(format, hashlib.sha256(render(samples.make_brief(2, shorts=1), format)).hexdigest())
"""


def test_two_processes_make_the_same_bytes():
    def hashes(seed, zone):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        script = [sys.executable, "-W", "error", "-c", SCRIPT, str(Path(__file__).with_name("sample_briefs.py"))]
        return subprocess.run(script, env=environment, capture_output=True, text=True, check=True).stdout

    first = hashes("1", "UTC")
    assert first.count("\n") == len(RENDERERS)
    assert first == hashes("2", "Asia/Kathmandu")


def test_without_pango_a_pdf_says_what_to_install_and_the_rest_works():
    script = """
import ctypes.util, sys
sys.path.insert(0, sys.argv[1])
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name == "weasyprint": raise OSError("cannot load library 'libpango-1.0-0'")
sys.meta_path.insert(0, Absent())
import sample_briefs as samples
from briefing.errors import MissingDependency
from briefing.render import render
brief = samples.make_brief(1)
render(brief, "markdown"), render(brief, "html"), render(brief, "json")
try: render(brief, "pdf")
except MissingDependency as error: print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(Path(__file__).parent)], capture_output=True, text=True, check=True
    )
    assert "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0`" in done.stdout
    assert "brew install pango" in done.stdout
    assert MissingDependency.exit_status == 3
