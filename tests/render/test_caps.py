"""Renderers in a process of their own: same bytes, errors of ours, an end to what will not end."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
import sample_briefs as samples

from briefing.errors import BriefingError, InputError, MissingDependency
from briefing.render import render
from briefing.render.caps import within_caps


def answer() -> bytes:
    return b"made"


def spin() -> bytes:
    while True:
        pass


def swell() -> bytes:
    return bytes(600 << 20)


def trip() -> bytes:
    raise ZeroDivisionError("by chance")


def lack() -> bytes:
    raise MissingDependency("install it")


def test_a_capped_pdf_has_the_same_bytes():
    brief = samples.make_brief(1)
    assert render(brief, "pdf", capped=True) == render(brief, "pdf")


def test_errors_come_through():
    with pytest.raises(MissingDependency, match="install it"):
        within_caps(lack)
    with pytest.raises(BriefingError, match="ZeroDivisionError: by chance"):
        within_caps(trip)
    with pytest.raises(InputError, match="is not a folder"):
        render(samples.make_brief(0), "pdf", capped=True, templates=Path("/nowhere"))


@pytest.mark.parametrize("work", [spin, swell])
def test_what_reaches_a_cap_is_stopped(work):
    started = time.monotonic()
    with pytest.raises(BriefingError, match="stopped: it took more than 1 s or 300 MB"):
        within_caps(work, seconds=1, memory=300 << 20)
    assert time.monotonic() - started < 20


def test_beside_other_threads_a_fresh_interpreter_answers():
    held = threading.Event()
    other = threading.Thread(target=held.wait)
    other.start()
    try:
        assert within_caps(answer) == b"made"
    finally:
        held.set()
        other.join()
