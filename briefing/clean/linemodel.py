"""Which lines of a whole page are its article: the trained line model and the choice of one stretch of lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from briefing.clean.forest import load
from briefing.clean.lines import Line, features

# chosen by three-fold cross-validation on the training pages, decisions/0004
STRETCH = 0.3  # probability above which a line's words speak for the stretch, below against it; flat from 0.3 to 0.4
INSIDE = 0.2  # least probability of a line within the stretch
OUTSIDE = 0.85  # least probability of a line elsewhere: the second half of a body cut in two by a gallery


def body_lines(lines: Sequence[Line]) -> NDArray[np.bool_]:
    """For each line of visible text, whether it belongs to the article's body."""
    if not lines:
        return np.zeros(0, dtype=np.bool_)
    table = features(lines)
    return choose(load("lines").probabilities(table), table[:, 0])


def choose(probability: NDArray[np.float64], words: NDArray[np.float32]) -> NDArray[np.bool_]:
    """The lines of the best single stretch, and those elsewhere that are sure; `words`: their lengths.

    The stretch has the greatest sum of (probability - `STRETCH`), weighted by the root of the length.
    """
    weight = np.sqrt(words) + 1
    sums = np.concatenate([[0.0], np.cumsum((probability - STRETCH) * weight)])
    lowest = np.minimum.accumulate(sums)
    end = int(np.argmax(sums - lowest))
    start = int(np.argmin(sums[: end + 1]))
    kept = probability >= OUTSIDE
    kept[start:end] |= probability[start:end] >= INSIDE
    return np.asarray(kept)
