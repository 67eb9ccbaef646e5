"""What every test of daily use leaves behind: no open store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.daily.office import OPENED


@pytest.fixture(autouse=True)
def stores_are_closed() -> Iterator[None]:
    """Closes what the test opened: Python 3.13 warns of a connection that is left to the collector."""
    yield
    while OPENED:
        OPENED.pop().close()
