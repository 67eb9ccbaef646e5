"""An edition's letters: what goes to whom, as the bytes that every attempt will send."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial

from briefing.config import Config, Mail, Target
from briefing.deliver.message import make_message
from briefing.errors import InputError
from briefing.files import ARTICLES, json_lines, packed
from briefing.model import Brief
from briefing.pipeline import Made
from briefing.record import to_record
from briefing.run import look_of
from briefing.slots import Due
from briefing.store import Letter

ATTACHED = ("pdf", "epub")  # formats that ride along with a mail; the others are its body, or for programs

__all__ = ["failure", "hours", "letters_of"]


def letters_of(config: Config, due: Due, made: Made, files: Mapping[str, bytes], now: datetime) -> list[Letter]:
    """The letters of an edition: its folder always, and unless it is quiet for want of news, mail and other targets."""
    profile = due.profile
    folder = config.path(config.output) / (profile.name if len(config.profiles) > 1 else "")
    articles = json_lines(to_record(article) for article in made.articles)
    zipped = packed({**{f"brief.{name}": data for name, data in files.items()}, ARTICLES: articles})
    letters = [Letter("folder", str(folder / due.edition), zipped)]
    if profile.quiet and not made.brief.stories:
        return letters
    targets = profile.targets
    if profile.recipients or any(target.kind == "maildir" for target in targets):
        write = _writer(config, due, made.brief, files, now)
        mail = config.mail or _NO_SERVER
        for recipient in profile.recipients:
            message_id, data = write(mail, recipient)
            letters.append(Letter("mail", recipient, data, message_id))
        for target in targets:
            if target.kind == "maildir" and target.path:
                message_id, data = write(mail, mail.sender)
                letters.append(Letter("maildir", str(config.path(target.path)), data, message_id))
    return [*letters, *(letter for target in targets for letter in _plain(config, due, target, zipped, made.brief))]


_NO_SERVER = Mail(host="", sender="briefing@localhost")  # whose message a Maildir gets where no mail is configured


def _writer(
    config: Config, due: Due, brief: Brief, files: Mapping[str, bytes], now: datetime
) -> partial[tuple[str, bytes]]:
    """`make_message` for this edition, its digest made once for all recipients."""
    from briefing.render.mail import make_digest

    templates = config.path(config.templates) if config.templates else None
    digest = make_digest(brief, templates=templates, look=look_of(config, due.profile))
    return partial(
        make_message,
        key=f"{due.profile.name}/{due.slot.isoformat()}",
        subject=digest.subject,
        text=digest.text,
        html=digest.html,
        attachments={f"{due.profile.name}-{due.edition}.{name}": files[name] for name in ATTACHED if name in files},
        sent=now,
        dkim_key=_dkim_key(config),
    )


def _plain(config: Config, due: Due, target: Target, zipped: bytes, brief: Brief) -> Iterator[Letter]:
    """The letters for folders and webhooks."""
    if target.kind == "folder" and target.path:
        yield Letter("folder", str(config.path(target.path) / due.edition), zipped)
    elif target.kind == "webhook" and target.address_env:
        posted = json.dumps(_posted(brief)).encode()
        yield Letter("webhook", target.address_env, posted, f"{due.profile.name}/{due.edition}")


def failure(config: Config, due: Due, what: str, now: datetime) -> Letter | None:
    """What the operator is told of a run that failed, where there is one to be told; the first failure of a slot."""
    mail = config.mail
    if mail is None or mail.operator is None:
        return None
    message_id, data = make_message(
        mail,
        mail.operator,
        key=f"{due.profile.name}/{due.slot.isoformat()}/failed",
        subject=f"briefing: {due.profile.name} {due.edition} failed",
        text=f"The edition {due.edition} of {due.profile.name} could not be made:\n\n{what}\n\nIt is tried again.\n",
        sent=now,
    )
    return Letter("operator", mail.operator, data, message_id)


def hours(config: Config) -> int:
    """How long a letter is tried."""
    return config.mail.retry_hours if config.mail else 24


def _dkim_key(config: Config) -> bytes | None:
    if config.mail is None or config.mail.dkim_key_file is None:
        return None
    try:
        return config.path(config.mail.dkim_key_file).read_bytes()
    except OSError as error:
        raise InputError(f"mail.dkim_key_file: {config.mail.dkim_key_file}: {error.strerror}") from error


def _posted(brief: Brief) -> dict[str, str]:
    """What a webhook is told, in the form that Slack and its like read: a title and a line for each story."""
    lines = [f"*{_inert(brief.title)}* {brief.edition}", *(f"• {_inert(s.headline.text)}" for s in brief.stories)]
    return {"text": "\n".join(lines)}


def _inert(text: str) -> str:
    """The text with the three characters that are markup to Slack (mentions, links) written as it wants them."""
    return " ".join(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split())
