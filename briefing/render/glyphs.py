"""Which characters of a brief no font here can show, told before the reader sees boxes."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from briefing.model import Brief
from briefing.render.citations import story_passages
from briefing.render.folder import find_file
from briefing.render.text import tidy

FACES = ("SourceSerifPro-Regular.ttf", "SourceSansPro-Regular.ttf")  # the semibold faces hold the same characters
FONTCONFIG = ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll")
# Debian packages by the first word of a character's Unicode name; the rest of the world is in fonts-noto-core.
PACKAGES = {
    "CJK": "fonts-noto-cjk", "HIRAGANA": "fonts-noto-cjk", "KATAKANA": "fonts-noto-cjk", "HANGUL": "fonts-noto-cjk",
    "IDEOGRAPHIC": "fonts-noto-cjk", "FULLWIDTH": "fonts-noto-cjk", "EMOJI": "fonts-noto-color-emoji",
}  # fmt: skip
CORE = "fonts-noto-core"
SKIPPED = {"Cc", "Cf", "Cs", "Cn", "Co", "Zs", "Zl", "Zp"}  # invisible, or without an agreed look


@dataclass(frozen=True, slots=True)
class Missing:
    """Characters of one script without a font, and the Debian package that brings one."""

    script: str
    characters: str
    package: str

    def __str__(self) -> str:
        """The warning as the coverage box shows it."""
        number = len(self.characters)
        which = "1 character" if number == 1 else f"{number} characters"
        return f"No font here shows {which} of {self.script}; install {self.package}"


def missing_in(
    text: str, *, templates: Path | None = None, shown: Callable[[str], bool] | None = None
) -> tuple[Missing, ...]:
    """What of `text` neither the bundled faces nor the system's can show, by script.

    `shown` tells whether the system has a font for a character; the default asks fontconfig.
    """
    shown = shown or system_shows
    bundled = covered(templates)
    groups: dict[str, list[str]] = {}
    for character in sorted(set(text)):
        if ord(character) in bundled or unicodedata.category(character) in SKIPPED or shown(character):
            continue
        groups.setdefault(_script(character), []).append(character)
    return tuple(
        Missing(script.title() if script != "CJK" else script, "".join(found), PACKAGES.get(script, CORE))
        for script, found in groups.items()
    )


def missing(brief: Brief, *, templates: Path | None = None) -> tuple[Missing, ...]:
    """What of a brief cannot be shown on this machine's pages."""
    return missing_in("".join(_texts(brief)), templates=templates)


def _texts(brief: Brief) -> Iterable[str]:
    yield brief.title
    yield from (tidy(passage.text) for story in brief.stories for passage in story_passages(story))
    yield from (tidy(f"{entity.name}{entity.role or ''}") for entity in brief.entities)
    yield from (tidy(f"{article.title}{article.source or ''}") for article in brief.articles)


def _script(character: str) -> str:
    """The first word of the character's name, which is its script; pictures are "EMOJI"."""
    if unicodedata.category(character) == "So":
        return "EMOJI"
    return unicodedata.name(character, "UNKNOWN").split()[0].split("-")[0]


def covered(templates: Path | None = None) -> frozenset[int]:
    """The code points of the bundled faces."""
    return frozenset().union(*(_code_points(find_file(f"fonts/{face}", templates)) for face in FACES))


@cache
def _code_points(face: Path) -> frozenset[int]:
    with import_module("fontTools.ttLib").TTFont(face, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def system_shows(character: str) -> bool:
    """Whether fontconfig knows a font with this character; True where fontconfig cannot be asked."""
    library = _fontconfig()
    if library is None:
        return True
    pattern, letters = library.FcPatternCreate(), library.FcCharSetCreate()
    library.FcCharSetAddChar(letters, ord(character))
    library.FcPatternAddCharSet(pattern, b"charset", letters)
    wanted = library.FcObjectSetCreate()
    library.FcObjectSetAdd(wanted, b"family")
    found = library.FcFontList(None, pattern, wanted)
    number = ctypes.cast(found, ctypes.POINTER(ctypes.c_int))[0] if found else 0  # FcFontSet begins with nfont
    if found:
        library.FcFontSetDestroy(found)
    library.FcObjectSetDestroy(wanted)
    library.FcCharSetDestroy(letters)
    library.FcPatternDestroy(pattern)
    return number > 0


@cache
def _fontconfig() -> ctypes.CDLL | None:
    for name in FONTCONFIG:
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        for function in ("FcPatternCreate", "FcCharSetCreate", "FcObjectSetCreate", "FcFontList"):
            getattr(library, function).restype = ctypes.c_void_p
        pointer = ctypes.c_void_p
        library.FcCharSetAddChar.argtypes = [pointer, ctypes.c_uint32]
        library.FcPatternAddCharSet.argtypes = [pointer, ctypes.c_char_p, pointer]
        library.FcObjectSetAdd.argtypes = [pointer, ctypes.c_char_p]
        library.FcFontList.argtypes = [pointer, pointer, pointer]
        for function in ("FcFontSetDestroy", "FcObjectSetDestroy", "FcCharSetDestroy", "FcPatternDestroy"):
            getattr(library, function).argtypes = [pointer]
            getattr(library, function).restype = None
        return library
    return None
