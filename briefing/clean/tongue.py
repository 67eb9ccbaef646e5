"""The language of a text for which nothing states one."""

from __future__ import annotations

import re

from briefing.clean.lines import COMMON

ENGLISH = 0.25  # share of words; running English has .35 to .5 of these, other languages below .1
FEWEST = 8  # words; of fewer, no method tells the language
READ = 2_000  # characters; more tell nothing new

_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """BCP 47 code: "en" where its commonest words abound or too few words stand, else what py3langid takes it for.

    The look at common words spares English texts the library's model (0.7 s of CPU to load, 70 MB).
    """
    words = _WORD.findall(text[:READ].lower())
    if len(words) < FEWEST or sum(word in COMMON for word in words) >= ENGLISH * len(words):
        return "en"
    import py3langid

    return str(py3langid.classify(text[:READ])[0])
