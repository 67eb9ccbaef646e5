"""Books and printed pages: the documents of an EPUB, the text of a PDF."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from lxml import etree

from briefing.collect.constructs import unmarked
from briefing.collect.decode import decode
from briefing.collect.feeds import local, parse_xml
from briefing.errors import MissingDependency
from briefing.model import Dropped, Page

LARGEST = 20_000_000  # bytes of one document of a book, unpacked
LARGEST_BOOK = 100_000_000  # bytes of all documents of a book, unpacked
MOST_DOCUMENTS = 2_000
MOST_PAGES = 500  # of a PDF
FEWEST_WORDS = 40  # of a document in a book that is an article: covers, contents and imprints have fewer or are lists

# ---------------------------------------------------------------- EPUB


def read_epub(origin: str, data: bytes) -> Iterator[Page | Dropped]:
    """A page for each document of the book's reading order that holds an article; nothing is ever written to disk."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as book:
            yield from _documents(origin, book)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        yield Dropped(origin, f"not a book (EPUB) that can be read: {error}"[:200])


def _documents(origin: str, book: zipfile.ZipFile) -> Iterator[Page | Dropped]:
    container = _xml(book, "META-INF/container.xml")
    package = next((_attribute(e, "full-path") for e in _named(container, "rootfile")), "")
    root = _xml(book, package) if package else None
    if root is None:
        yield Dropped(origin, "a ZIP archive that is not a book (EPUB)")
        return
    known = _told(root)
    count, size = 0, 0
    for name in _reading_order(root, package)[:MOST_DOCUMENTS]:
        text = _member(book, name)
        size += len(text or "")
        if size > LARGEST_BOOK:
            yield Dropped(f"{origin}#{name}", f"the book unpacks to more than {LARGEST_BOOK:,} bytes")
            return
        if text is None:
            yield Dropped(f"{origin}#{name}", "named in the book but not in it, or too large")
        elif len(re.sub(r"<[^<>]*>", " ", text).split()) >= FEWEST_WORDS:
            count += 1
            title = _heading(text)
            yield Page(f"{origin}#{name}", text, "fragment", {**known, "title": title} if title else known)
    if not count:
        yield Dropped(origin, "a book without an article")


def _told(root: Any) -> dict[str, Any]:
    fields = {local(e): " ".join((e.text or "").split()) for e in root.iter(etree.Element) if "/dc/" in str(e.tag)}
    names = (("source", "title"), ("published", "date"), ("language", "language"))
    return {key: fields[name] for key, name in names if fields.get(name)}


def _reading_order(root: Any, package: str) -> list[str]:
    """The names of the spine's documents within the archive; one that leads out of it is never found."""
    places = {_attribute(e, "id"): _attribute(e, "href") for e in _named(root, "item")}
    folder = posixpath.dirname(package)
    found = (places.get(_attribute(e, "idref")) for e in _named(root, "itemref"))
    return list(dict.fromkeys(posixpath.normpath(posixpath.join(folder, unquote(place))) for place in found if place))


def _member(book: zipfile.ZipFile, name: str) -> str | None:
    try:
        if book.getinfo(name).file_size > LARGEST:
            return None
        with book.open(name) as file:
            data = file.read(LARGEST + 1)  # the size in the directory may lie
    except KeyError:
        return None
    return decode(data) if len(data) <= LARGEST else None


def _xml(book: zipfile.ZipFile, name: str) -> Any | None:
    text = _member(book, name)
    return parse_xml(text) if text else None


def _named(root: Any | None, name: str) -> list[Any]:
    return [] if root is None else [e for e in root.iter(etree.Element) if local(e) == name]


def _attribute(element: Any, name: str) -> str:
    return str(element.get(name) or "")


def _heading(text: str) -> str:
    found = re.search(r"<h[1-3]\b[^<>]*>(.*?)</h[1-3]\s*>", text[:20_000], re.IGNORECASE | re.DOTALL)
    return unmarked(found[1]) if found else ""


# ---------------------------------------------------------------- PDF


def read_pdf(origin: str, data: bytes) -> Iterator[Page | Dropped]:
    """The text of a PDF as one page; one that is locked or only pictures is Dropped with the reason.

    Raises `MissingDependency` without pypdf.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        raise MissingDependency("PDF files need pypdf: pip install 'briefing[pdf]'") from None
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            yield Dropped(origin, "a PDF that is locked with a password")
            return
        pages = [reader.pages[number].extract_text() for number in range(min(len(reader.pages), MOST_PAGES))]
        title = " ".join(str(reader.metadata.get("/Title") or "").split()) if reader.metadata else ""
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        yield Dropped(origin, f"a PDF that cannot be read: {type(error).__name__}: {error}"[:200])
        return
    text = "\n\n".join(page.strip() for page in pages if page.strip())
    if not text:
        yield Dropped(origin, "a PDF without text: pages that were scanned as pictures?")
        return
    yield Page(origin, text.encode("utf-8", "replace").decode("utf-8"), "text", {"title": title} if title else {})
