"""What makes a PDF archivable (PDF/A-3a) and accessible (PDF/UA-1) at once: its metadata block and embedded files."""

from __future__ import annotations

import importlib
import io
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from types import MethodType, ModuleType
from typing import Any

from briefing.render.lean import give_back, shed

VARIANT = "pdf/a-3a"
CARRIAGE_RETURN = 0x0D
OPENING, CLOSING = b"\nstream\n", b"\nendstream"  # around the content of a stream

# PDF/UA's own mark. PDF/A allows it only with a description of its schema (ISO 19005-3, 6.6.2.3).
UA_MARK = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1" />
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
HEAD = b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
TAIL = b'\n</x:xmpmeta>\n<?xpacket end="r"?>'


def mark_accessible(metadata: Any) -> None:
    """Let WeasyPrint's metadata say PDF/UA-1 beside what its variant says, in plain bytes that any tool can read."""
    metadata.include_in_pdf = MethodType(_include, metadata)


def _include(metadata: Any, pdf: Any, variant: str, version: int, conformance: str, compress: bool) -> None:
    rdf = metadata.generate_rdf_metadata(variant, version, conformance)
    content = HEAD + rdf.replace(b"</rdf:RDF>", UA_MARK + b"</rdf:RDF>") + TAIL
    pydyf = importlib.import_module("pydyf")  # WeasyPrint's writer; late, as WeasyPrint itself
    stream = pydyf.Stream([content], {"Type": "/Metadata", "Subtype": "/XML"}, False)
    pdf.add_object(stream)
    pdf.catalog["Metadata"] = stream.reference


def mark_furniture(page: Any, *, last: bool) -> None:
    """Let a page's running heads and numbers be painted as artifacts, which PDF/UA-1 wants and PDF 1.7 tags cannot say.

    WeasyPrint paints them as content that no tag holds: a screen reader would read them amid the text. What a page
    needs no more once it is painted is let go; behind the `last` one the system gets it back.
    """
    paint = page.paint

    def painted(stream: Any, scale: float = 1) -> None:
        paint(stream, scale)
        tags = stream._tags or {}
        furniture = {tags[box]["mcid"] for box in _furniture(page._page_box) if box in tags}
        for place, item in enumerate(stream.stream):
            if isinstance(item, dict) and item.get("MCID") in furniture:
                stream.stream[place - 1] = "/Artifact"
                stream.stream[place] = type(item)({"Type": "/Pagination"})
        settle(stream)  # nothing is added to a page once it is painted
        shed(page._page_box)
        if last:
            give_back()

    page.paint = painted


def _furniture(page_box: Any) -> Iterator[Any]:
    """The boxes in the margins of a page."""
    waiting = [box for box in page_box.children if type(box).__name__ == "MarginBox"]
    while waiting:
        box = waiting.pop()
        yield box
        waiting.extend(getattr(box, "children", ()))


def give_scope(document: Any, pdf: Any) -> None:
    """A finisher: every header cell of our tables heads its row."""
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("S") == "/TH":
            item["A"]["Scope"] = "/Row"


def settle(stream: Any) -> None:
    """Compress a stream now and once, and leave it plain where its compressed bytes end with a carriage return.

    A line end stands between a stream and its end mark; behind a carriage return it reads as one line end of two
    bytes, and the stream as one byte shorter than it says. WeasyPrint compresses each stream every time it is asked
    for, and keeps a page's thousands of instructions until the end.
    """
    if not stream.compress:
        return
    stream.compress = False
    whole = stream.data
    packed = zlib.compress(memoryview(whole)[whole.index(OPENING) + len(OPENING) : -len(CLOSING)])
    if packed[-1] != CARRIAGE_RETURN:
        stream.stream, stream.extra = [packed], {**stream.extra, "Filter": "/FlateDecode"}


def finish(pdf: Any, identifier: bytes) -> None:
    """A finisher: every stream settled, those too that are made while the file is written, and the file's identifier.

    The identifier is ours, for WeasyPrint's is a sum of the whole file, which it puts together once more for that.
    """
    add = pdf.add_object

    def added(item: Any) -> None:
        kind = getattr(item, "extra", {}).get("Type")
        if kind == "/XRef":
            item.extra["ID"] = f"[<{identifier.hex()}> <{identifier.hex()}>]"
        if kind == "/ObjStm":  # it holds as bytes what the objects hold, which are asked for their numbers alone now
            for held in pdf.objects:
                if held.compressible and hasattr(held, "clear") and held is not pdf.info:
                    held.clear()
        settle_all([item])
        add(item)

    settle_all(pdf.objects)
    pdf.add_object = added


def settle_all(objects: Iterable[Any]) -> None:
    """Settle those of the objects that are streams."""
    for item in objects:
        if hasattr(item, "compress"):
            settle(item)


def embedded(weasyprint: ModuleType, files: dict[str, bytes], made: str) -> list[Any]:
    """The files as attachments dated by the brief: the clock is never asked."""
    at = _time(made)
    return [
        weasyprint.Attachment(
            file_obj=io.BytesIO(content),
            name=name,
            description="The brief as data" if name.endswith(".json") else "The brief as text",
            created=at,
            modified=at,
            relationship="Source" if name.endswith(".json") else "Alternative",
        )
        for name, content in files.items()
    ]


def _time(made: str) -> datetime:
    """The brief's time in UTC; a brief without one counts from 1970."""
    try:
        at = datetime.fromisoformat(made)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
