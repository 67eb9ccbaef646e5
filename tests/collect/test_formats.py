"""Mail, archives, books, lists and other houses' records, told by what they hold."""

import gzip
import json
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.clean import clean
from briefing.collect import collect
from briefing.collect.kinds import LARGEST, packed_kind, read_bytes, unzipped
from briefing.collect.links import Link
from briefing.collect.lists import MOST_PAGES, read_opml, write_opml
from briefing.model import Article, Dropped, Page

WORDS = " ".join(["The council of Varnholm met on Tuesday and decided on the harbour bridge."] * 5)
SECTION = '<h2><a href="https://c.example/{0}">Story {0}</a></h2><p>' + WORDS + "</p>"


def found(data: bytes | str, name: str = "x") -> list[Page | Dropped | Link]:
    return list(read_bytes(name, data.encode() if isinstance(data, str) else data))


def only_page(data: bytes | str) -> Page:
    (page,) = found(data)
    assert isinstance(page, Page), page
    return page


def letter(html: str = "", text: str = "", **headers: str) -> bytes:
    message = EmailMessage()
    given = {
        "From": "The Courier <news@courier.example>",
        "Subject": "Bridge",
        "Date": "Tue, 08 Mar 2022 09:30:00 +0100",
    }
    for name, value in {**given, **headers}.items():
        message[name.replace("_", "-")] = value
    if text:
        message.set_content(text)
    if html:
        (message.add_alternative if text else message.set_content)(html, subtype="html")
    return message.as_bytes()


# ---------------------------------------------------------------- mail


def test_a_letter_is_one_article_from_its_sender() -> None:
    page = only_page(letter(html=f"<p>{WORDS}</p>", text="See the HTML part.", Message_ID="<1@courier.example>"))
    assert (page.kind, page.known["title"], page.known["source"]) == ("fragment", "Bridge", "The Courier")
    assert page.known["published"] == "2022-03-08T09:30:00+01:00"
    article = clean(page)
    assert isinstance(article, Article)
    assert article.text == WORDS


def test_a_newsletter_is_one_article_for_each_linked_item() -> None:
    pages = found(letter(html="<h1>Morning</h1>" + "".join(SECTION.format(number) for number in (1, 2, 3))))
    assert [page.known["url"] for page in pages if isinstance(page, Page)] == [
        f"https://c.example/{number}" for number in (1, 2, 3)
    ]
    article = clean(pages[0])  # type: ignore[arg-type]
    assert isinstance(article, Article)
    assert (article.title, article.text, article.source) == ("Story 1", WORDS, "The Courier")


@pytest.mark.parametrize(
    "html",
    [
        SECTION.format(1) + SECTION.format(2),
        "".join(f"<h2>Part {number}</h2><p>{WORDS}</p>" for number in range(4)),
        "".join(SECTION.format(1) for _ in range(4)),
    ],
    ids=["two sections", "sections without links", "sections with one link"],
)
def test_what_is_not_told_to_be_a_newsletter_stays_whole(html: str) -> None:
    assert len(found(letter(html=html))) == 1


def test_an_unknown_charset_and_a_broken_message_id_cost_nothing() -> None:
    data = (
        b"From: =?no-such-charset?q?Courier=20News?= <a@b.example>\nSubject: =?utf-8?b?broken\n"
        b"Message-ID: <[a]@b\nContent-Type: text/plain; charset=no-such-charset\n\nZ\xc3\xbcrich is here."
    )
    page = only_page(data)
    assert page.content == "Zürich is here."
    assert page.known["source"] == "Courier News"


def test_an_mbox_is_read_message_by_message() -> None:
    one = b"From a@b.example Tue Mar  8 09:30:00 2022\nFrom: A <a@b.example>\nSubject: One\n\n>From here on.\n\n"
    pages = found(one + one.replace(b"One", b"Two"))
    assert [page.known["title"] for page in pages if isinstance(page, Page)] == ["One", "Two"]
    assert [page.content.strip() for page in pages if isinstance(page, Page)] == ["From here on."] * 2


def test_attached_messages_are_messages_and_other_attachments_are_left_alone() -> None:
    inner, outer = EmailMessage(), EmailMessage()
    for message, words in ((inner, "Inner words."), (outer, "Outer words.")):
        message["From"], message["Subject"] = "A <a@b.example>", words
        message.set_content(words)
    outer.add_attachment(b"words", maintype="text", subtype="plain", filename="a.txt")
    outer.add_attachment(inner)
    pages = found(outer.as_bytes())
    assert [page.content.strip() for page in pages if isinstance(page, Page)] == ["Outer words.", "Inner words."]


def test_a_maildir_is_read_without_what_is_being_delivered(tmp_path: Path) -> None:
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.host:2,S").write_bytes(letter(text=f"Words in {name}.", Subject=name))
    assert [page.known["title"] for page in collect([str(tmp_path)]) if isinstance(page, Page)] == ["cur", "new"]


def test_a_saved_web_archive_is_its_page() -> None:
    data = (
        b"From: <Saved by Blink>\nSnapshot-Content-Location: https://c.example/a\nSubject: T\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="b"\n\n--b\nContent-Type: text/html\n'
        b"Content-Transfer-Encoding: quoted-printable\nContent-Location: https://c.example/a\n\n"
        b"<html><body><p>Words =C3=BCber all.</p></body></html>\n--b\nContent-Type: text/html\n\n<p>frame</p>\n--b--\n"
    )
    page = only_page(data)
    assert (page.kind, page.known) == ("html", {"url": "https://c.example/a"})
    assert "Words über all." in page.content
    assert "frame" not in page.content


def test_a_text_that_mentions_a_sender_is_no_mail() -> None:
    assert packed_kind(b"From: our correspondent\n\nThe bridge is open.") is None
    assert packed_kind(b"Title: Bridge\nDate: 8 March 2022\n\nThe bridge is open.") is None


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_no_message_raises(data: bytes) -> None:
    assert all(isinstance(item, (Page, Dropped)) for item in found(b"From: a@b.example\nSubject: x\n" + data))


# ---------------------------------------------------------------- lists


def test_opml_goes_out_and_comes_back() -> None:
    feeds = [("https://a.example/feed?x=1&y=2", 'A "quoted" <name>'), ("http://b.example/rss", "Zürich")]
    links = list(read_opml("o", write_opml(feeds).decode()))
    assert [(link.url, link.known["feed"]) for link in links if isinstance(link, Link)] == feeds


def test_outlines_nest_repeat_and_err() -> None:
    text = (
        "<opml><body><outline text='News'><outline xmlUrl='https://a.example/1' text='One &amp; two'/>"
        "<outline xmlurl='https://a.example/1'/><OUTLINE xmlURL='https://a.example/2'/></outline>"
        "<outline xmlUrl='javascript:1'/></body></opml>"
    )
    items = found(text)
    assert [item.url for item in items if isinstance(item, Link)] == ["https://a.example/1", "https://a.example/2"]
    assert [item.why for item in items if isinstance(item, Dropped)] == ["not an http(s) address"]


def test_a_news_sitemap_gives_its_newest_pages_with_title_and_day() -> None:
    entry = (
        "<url><loc>https://c.example/{0}</loc><n:news><n:publication><n:name>Courier</n:name><n:language>en</n:language>"
        "</n:publication><n:publication_date>2022-03-{0:02}</n:publication_date><n:title>T{0}</n:title></n:news></url>"
    )
    text = '<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">' + "".join(map(entry.format, (1, 9, 5)))
    links = [item for item in found(text + "</urlset>") if isinstance(item, Link)]
    assert [link.url[-1] for link in links] == ["9", "5", "1"]
    assert links[0].known == {"title": "T9", "source": "Courier", "language": "en", "published": "2022-03-09"}


def test_a_sitemap_of_an_archive_is_cut_and_says_so() -> None:
    urls = "".join(f"<url><loc>https://c.example/{number}</loc></url>" for number in range(MOST_PAGES + 5))
    items = found(f"<urlset>{urls}</urlset>")
    assert sum(isinstance(item, Link) for item in items) == MOST_PAGES
    assert next(item.why for item in items if isinstance(item, Dropped)).startswith("5 older addresses")


# ---------------------------------------------------------------- archives and books


def warc(uri: str, kind: str, body: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: " + kind.encode() + b"\r\n\r\n" + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: {uri}\r\n"
    head += "WARC-Date: 2022-03-08T09:30:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
    return head.encode() + f"Content-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"


ARCHIVE = (
    warc(
        "https://c.example/a",
        "text/html; charset=iso-8859-1",
        "<html><body><p>Zürich</p></body></html>".encode("latin-1"),
    ),
    warc("https://c.example/logo", "image/png", b"\x89PNG"),
    warc("https://c.example/b", "text/html", b"<html><body><p>Second</p></body></html>"),
)


@pytest.mark.parametrize(
    "data",
    [b"".join(ARCHIVE), b"".join(map(gzip.compress, ARCHIVE)), gzip.compress(b"".join(ARCHIVE))],
    ids=["plain", "a member for each record", "one member"],
)
def test_web_archives_give_their_pages(data: bytes) -> None:
    pytest.importorskip("warcio")
    pages = [item for item in found(data) if isinstance(item, Page)]
    assert [page.known["url"] for page in pages] == ["https://c.example/a", "https://c.example/b"]
    assert "Zürich" in pages[0].content


def test_a_truncated_web_archive_gives_what_came_before() -> None:
    pytest.importorskip("warcio")
    items = found(b"".join(map(gzip.compress, ARCHIVE))[:-60])
    assert isinstance(items[0], Page)
    assert items[0].known["url"] == "https://c.example/a"


def book(files: Sequence[tuple[str, str]], spine: Sequence[str]) -> bytes:
    manifest = "".join(f'<item id="i{n}" href="{name}"/>' for n, name in enumerate(spine))
    order = "".join(f'<itemref idref="i{n}"/>' for n in range(len(spine)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>Courier</dc:title><dc:date>2022-03-08</dc:date><dc:language>en</dc:language></metadata>"
        f"<manifest>{manifest}</manifest><spine>{order}</spine></package>"
    )
    container = '<container><rootfiles><rootfile full-path="OPS/p.opf"/></rootfiles></container>'
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in (("mimetype", "application/epub+zip"), ("META-INF/container.xml", container)):
            file.writestr(name, text)
        for name, text in (("OPS/p.opf", package), *files):
            file.writestr(name, text)
    return out.getvalue()


def test_a_book_gives_an_article_for_each_document_with_words() -> None:
    text = f"<html><body><h1>Bridge &amp; harbour</h1><p>{WORDS}</p></body></html>"
    data = book(
        (("OPS/a b.xhtml", text), ("OPS/cover.xhtml", "<html><body>Cover</body></html>")),
        ("cover.xhtml", "a%20b.xhtml"),
    )
    page = only_page(data)
    assert page.known == {"source": "Courier", "published": "2022-03-08", "language": "en", "title": "Bridge & harbour"}
    article = clean(page)
    assert isinstance(article, Article)
    assert article.text == WORDS


def test_a_book_with_path_tricks_reads_nothing_outside() -> None:
    items = found(book((("../../etc/passwd", WORDS),), ("../../../etc/passwd", "/etc/passwd", "missing.xhtml")))
    assert [page.content for page in items if isinstance(page, Page)] == [WORDS]  # what the archive itself holds
    assert sum(isinstance(item, Dropped) for item in items) == 2


def test_a_book_that_is_a_bomb_is_refused() -> None:
    data = book((("OPS/a.xhtml", "<p>" + "a " * LARGEST + "</p>"),), ("a.xhtml",))
    assert len(data) < 200_000
    assert any(isinstance(item, Dropped) and "too large" in item.why for item in found(data))


def pdf(text: str = "", password: str = "") -> bytes:
    pypdf = pytest.importorskip("pypdf")
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(600, 800)
    if text:
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        fonts = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): fonts})}
        )
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 40 700 Td ({text}) Tj ET".encode())
        page[NameObject("/Contents")] = stream
    writer.add_metadata({"/Title": "Bridge"})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_gives_its_text_and_says_when_it_has_none() -> None:
    page = only_page(pdf("The bridge is open."))
    assert (page.content, page.kind, page.known) == ("The bridge is open.", "text", {"title": "Bridge"})
    assert "scanned" in found(pdf())[0].why  # type: ignore[union-attr]
    assert "password" in found(pdf("Secret.", password="x"))[0].why  # type: ignore[union-attr]
    assert isinstance(found(pdf("The bridge.")[:200])[0], Dropped)


def test_gzip_files_are_unpacked_and_bombs_refused() -> None:
    assert only_page(gzip.compress(b"Plain words.")).content == "Plain words."
    bomb = gzip.compress(b"\0" * (LARGEST + 1))
    assert unzipped(bomb, LARGEST) is None
    assert isinstance(found(bomb)[0], Dropped)


# ---------------------------------------------------------------- records of other houses


def test_a_schema_org_article_becomes_a_record_of_ours() -> None:
    value = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "x"},
            {
                "@type": ["NewsArticle"],
                "headline": "Bridge &amp; harbour",
                "articleBody": WORDS,
                "datePublished": "2022-03-08T09:30:00+01:00",
                "author": [{"@type": "Person", "name": "Ann Vos"}],
                "publisher": {"name": "Courier"},
                "mainEntityOfPage": {"@id": "https://c.example/1"},
                "inLanguage": "en",
            },
        ],
    }
    for text in (json.dumps(value), json.dumps(value, indent=1), json.dumps(value["@graph"][1]) + "\n"):  # type: ignore[index]
        article = clean(only_page(text))
        assert isinstance(article, Article)
        assert (article.title, article.text, article.authors) == ("Bridge & harbour", WORDS, ("Ann Vos",))
        assert (article.source, article.url, article.published) == (
            "Courier",
            "https://c.example/1",
            "2022-03-08T09:30:00+01:00",
        )


@pytest.mark.parametrize("body", [{"body_text": WORDS}, {"bodies": [{"role": "main", "value": f"<p>{WORDS}</p>"}]}])
def test_a_ninjs_item_becomes_a_record_of_ours(body: dict[str, object]) -> None:
    value = {
        "uri": "urn:agency:1",
        "versioncreated": "2022-03-08T10:00:00Z",
        "firstcreated": "2022-03-08T09:00:00Z",
        "headlines": [{"value": "Bridge"}],
        "byline": "By Ann Vos",
        "infosources": [{"name": "Agency"}],
        "language": "en-GB",
        **body,
    }
    article = clean(only_page(json.dumps(value, indent=1)))
    assert isinstance(article, Article)
    assert (article.id, article.title, article.text, article.source) == ("urn:agency:1", "Bridge", WORDS, "Agency")
    assert (article.authors, article.published) == (("Ann Vos",), "2022-03-08T09:00:00+00:00")


def test_a_list_of_our_own_records_on_many_lines_is_read() -> None:
    records = [{"id": str(number), "text": WORDS} for number in range(3)]
    pages = found(json.dumps(records, indent=1))
    assert [page.known["id"] for page in pages if isinstance(page, Page)] == ["0", "1", "2"]
