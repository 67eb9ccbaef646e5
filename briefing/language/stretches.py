"""Signs that are quickly found in a text in, the stretches of text around them out.

A pattern that needs such a sign is looked for there alone, for in most of a text there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


def stretches(signs: Iterable[re.Match[str]], text: str, *, reach: int) -> Iterator[tuple[int, int]]:
    """(start, end) of the stretches within `reach` characters of a sign, in order, each to the end of a word.

    What holds a sign and is no longer than `reach` on either side of it lies within one of them.
    """
    left = right = -1
    for found in signs:
        if right < found.start() - reach:
            if right >= 0:
                yield left, right
            left = max(0, found.start() - reach)
        right = found.end() + reach
        while right < len(text) and not text[right].isspace():
            right += 1
    if right >= 0:
        yield left, min(right, len(text))
