"""Why something could not be fetched: one error, its words are the reason that a reader is shown."""

from __future__ import annotations


class FetchError(Exception):
    """An address was not fetched; `until` (Unix seconds) is when its server wants to be asked again."""

    def __init__(self, why: str, *, until: float | None = None, status: int | None = None) -> None:
        super().__init__(why)
        self.until, self.status = until, status


class PrivateAddress(FetchError):
    """An address of this machine or of a local network, where such are not to be reached."""
