"""Bytes to their place: every target takes a Letter and says how it ended."""

from __future__ import annotations

from types import TracebackType

from briefing.config import Config
from briefing.deliver.smtp import Session
from briefing.store import Letter, Outcome

__all__ = ["Carrier"]


class Carrier:
    """Delivers the letters of one round; those for the mail server share a connection. To be used in a `with`."""

    def __init__(self, config: Config) -> None:
        self.mail = Session(config)

    def __enter__(self) -> Carrier:
        return self

    def __exit__(self, *error: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.mail.close()

    def deliver(self, letter: Letter) -> Outcome:
        """One attempt to deliver a letter; never raises for what a server, a disk or a network does."""
        if letter.kind in ("mail", "operator"):
            return self.mail.send(letter)
        if letter.kind == "webhook":
            from briefing.deliver.webhook import post

            return post(letter)
        from briefing.deliver.folder import put, put_in_maildir

        return put(letter) if letter.kind == "folder" else put_in_maildir(letter)
