"""How an edition looks: theme, page, brand, as one frozen value with checked colours."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass

from briefing.errors import InputError

ACCENT = "#8a1c2b"  # a newspaper's second ink; 9.4 : 1 on white
PAPER = (255, 255, 255)
NIGHT = (22, 23, 26)
READABLE = 4.5  # contrast ratio of WCAG 2.2, success criterion 1.4.3
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

THEMES = ("analyst", "newspaper", "plain")
PAGES = {"a4": "A4", "letter": "letter", "tablet": "150mm 200mm"}


@dataclass(frozen=True, slots=True)
class Look:
    """Theme and page profile, and a brand: name, accent colour, logo.

    `logo` is the content of a PNG, JPEG or SVG file. Raises `InputError` for a name or a colour that is not known.
    """

    theme: str = "analyst"
    page: str = "a4"
    name: str | None = None
    colour: str = ACCENT
    logo: bytes | None = None

    def __post_init__(self) -> None:
        """Check the names and the colour."""
        if self.theme not in THEMES:
            raise InputError(f"no theme named {self.theme!r}; known: {', '.join(THEMES)}")
        if self.page not in PAGES:
            raise InputError(f"no page profile named {self.page!r}; known: {', '.join(PAGES)}")
        if not _COLOUR.fullmatch(self.colour):
            raise InputError(f"brand colour {self.colour!r} is not of the form #rrggbb")

    @property
    def accent(self) -> str:
        """The brand colour, darkened until it can be read on white."""
        return readable(self.colour, PAPER)

    @property
    def accent_dark(self) -> str:
        """The brand colour, lightened until it can be read on a dark screen."""
        return readable(self.colour, NIGHT)

    @property
    def logo_address(self) -> str | None:
        """The logo as a data: address, None without one."""
        if self.logo is None:
            return None
        return f"data:{media_type(self.logo)};base64,{base64.b64encode(self.logo).decode()}"

    @property
    def size(self) -> str:
        """The page size in CSS."""
        return PAGES[self.page]


def media_type(image: bytes) -> str:
    """The media type of a logo, told by its first bytes. Raises `InputError` for other than PNG, JPEG and SVG."""
    for start, kind in ((b"\x89PNG\r\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg")):
        if image.startswith(start):
            return kind
    if b"<svg" in image[:1000]:
        return "image/svg+xml"
    raise InputError("the brand's logo is neither a PNG, a JPEG nor an SVG file")


def readable(colour: str, ground: tuple[int, int, int]) -> str:
    """The colour moved away from `ground` in steps of a twentieth until its contrast is `READABLE`."""
    start = tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))
    goal = 0 if luminance(ground) > 0.5 else 255
    for step in range(21):
        mixed = tuple(round(part + (goal - part) * step / 20) for part in start)
        if contrast(mixed, ground) >= READABLE:
            break
    return "#" + "".join(f"{part:02x}" for part in mixed)


def luminance(colour: tuple[int, ...]) -> float:
    """Relative luminance of an sRGB colour, as WCAG 2.2 defines it."""
    linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Contrast ratio of two sRGB colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
