"""The printed page: bookmarks, links, faces, archive and accessibility."""

from __future__ import annotations

import io
import json
import re
import zlib

import pytest
import sample_briefs as samples

from briefing.render import PAGES, THEMES, render
from briefing.render.archive import settle

pikepdf = pytest.importorskip("pikepdf", reason="pikepdf reads the PDF")


BRIEF = samples.make_brief(6, shorts=2)


@pytest.fixture(scope="module")
def data():
    return render(BRIEF, "pdf")


@pytest.fixture(scope="module")
def pdf(data):
    return pikepdf.open(io.BytesIO(data))


def test_a_pdf_has_a_bookmark_for_each_story_with_its_sections_inside(pdf):
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        first = titles.index(samples.TOPICS[0][0])
        assert [child.title for child in outline.root[first].children][:2] == ["Where", "Who met"]
    assert titles[first : first + 6] == [samples.TOPICS[number][0] for number in range(6)]


def test_a_pdf_says_when_it_was_made_by_the_brief_alone(pdf):
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20310115")
    assert pdf.Root.Lang == "en"


def test_a_pdf_embeds_only_bundled_faces(pdf):
    faces = {str(font.BaseFont).split("+")[-1] for page in pdf.pages for font in page.Resources.Font.values()}
    assert faces
    assert all(face.startswith("Briefing-") for face in faces)


def test_marks_in_a_pdf_are_links_into_the_same_file(pdf):
    destinations = {str(note.Dest) for page in pdf.pages for note in page.get("/Annots", []) if "/Dest" in note}
    assert {f"source{number}" for number in range(1, 15)} <= destinations


def test_a_pdf_carries_the_brief_as_data_and_as_text(pdf):
    files = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    assert files == {"brief.json": render(BRIEF, "json"), "brief.md": render(BRIEF, "md")}
    assert json.loads(files["brief.json"])["edition"] == BRIEF.edition


@pytest.mark.parametrize("profile", ["3a", "ua1"])
@pytest.mark.parametrize("count", [0, 6])
def test_a_pdf_is_archivable_and_accessible(profile, count, data):
    page = pytest.importorskip("page", reason="page-validation checks PDF/A and PDF/UA")
    made = data if count == 6 else render(samples.make_brief(0), "pdf")
    report = page.validate_pdf_bytes(made, profile=profile)
    assert [f"{failure.rule_id}: {failure}" for failure in report.failures] == []
    assert report.is_compliant


def test_no_compressed_stream_ends_with_a_carriage_return():
    pydyf = pytest.importorskip("pydyf")
    streams = [pydyf.Stream([b"q" * number], compress=True) for number in range(600)]
    ends = b"\r\nendstream"
    assert any(stream.data.endswith(ends) for stream in streams)
    for stream in streams:
        settle(stream)
    assert not any(stream.data.endswith(ends) for stream in streams)
    assert sum("Filter" in stream.extra for stream in streams) > 590
    for number, stream in enumerate(streams):
        content = stream.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
        assert (zlib.decompress(content) if "Filter" in stream.extra else content) == b"q" * number


def test_streams_that_are_made_while_the_file_is_written_are_settled_too(data):
    ends = [data[at - 1 : at] for at in (found.start() for found in re.finditer(rb"\nendstream", data))]
    kinds = re.findall(rb"/Type */(ObjStm|XRef)", data)
    assert sorted(kinds) == [b"ObjStm", b"XRef"]
    assert b"\r" not in ends


def test_the_identifier_is_that_of_the_content(pdf):
    other = pikepdf.open(io.BytesIO(render(samples.make_brief(0), "pdf")))
    assert bytes(pdf.trailer.ID[0]) != bytes(other.trailer.ID[0])
    assert len(bytes(pdf.trailer.ID[0])) == 16


def test_a_template_of_the_user_may_have_notes_and_list_markers(tmp_path):
    pypdf = pytest.importorskip("pypdf", reason="pypdf reads the PDF")
    (tmp_path / "brief.pdf.html.j2").write_text(
        "<!doctype html><html lang=en><title>t</title><style>.n { float: footnote } ol { list-style: decimal }</style>"
        "<p>Words<span class=n>with a footnote</span> go on.</p><ol><li>first<li>second</ol>"
    )
    made = render(samples.make_brief(0), "pdf", templates=tmp_path)
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages).split())
    assert "1. with a footnote" in text
    assert "2." in text


def test_a_pdf_reads_well_aloud(data, tmp_path):
    outloud = pytest.importorskip("outloud", reason="outloud listens to the PDF")
    (tmp_path / "brief.pdf").write_bytes(data)
    findings = outloud.check(str(tmp_path / "brief.pdf")).findings
    assert [str(finding) for finding in findings if finding.severity == "error"] == []


def test_a_logo_has_its_name_as_alternative_and_fetches_nothing():
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
    made = pikepdf.open(io.BytesIO(render(samples.make_brief(0), "pdf", name="Harbour desk", logo=svg)))
    alternatives = [str(item.Alt) for item in made.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]
    assert "Harbour desk" in alternatives
    page = render(samples.make_brief(0), "html", name="Harbour desk", logo=svg).decode()
    assert 'src="data:image/svg+xml;base64,' in page
    assert 'alt="Harbour desk"' in page


@pytest.mark.slow
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("page", PAGES)
def test_every_theme_and_page_is_archivable_and_accessible(theme, page, tmp_path):
    checker = pytest.importorskip("page", reason="page-validation checks PDF/A and PDF/UA")
    outloud = pytest.importorskip("outloud", reason="outloud listens to the PDF")
    made = render(samples.make_brief(3, shorts=1), "pdf", theme=theme, page=page, name="Harbour desk", colour="#00a0ff")
    assert all(checker.validate_pdf_bytes(made, profile=profile).is_compliant for profile in ("3a", "ua1"))
    (tmp_path / "brief.pdf").write_bytes(made)
    findings = outloud.check(str(tmp_path / "brief.pdf")).findings
    assert [str(finding) for finding in findings if finding.severity == "error"] == []
