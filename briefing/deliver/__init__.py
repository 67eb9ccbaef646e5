"""Bytes to their place: every target takes a Letter and says how it ended."""

from __future__ import annotations

from briefing.config import Config
from briefing.store import Letter, Outcome

__all__ = ["deliver"]


def deliver(letter: Letter, config: Config) -> Outcome:
    """One attempt to deliver a letter; never raises for what a server, a disk or a network does."""
    if letter.kind in ("mail", "operator"):
        from briefing.deliver.smtp import send

        return send(letter, config)
    if letter.kind == "webhook":
        from briefing.deliver.webhook import post

        return post(letter)
    from briefing.deliver.folder import put, put_in_maildir

    return put(letter) if letter.kind == "folder" else put_in_maildir(letter)
