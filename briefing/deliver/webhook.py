"""A digest to a webhook, as JSON that Slack and its like understand."""

from __future__ import annotations

import http.client
import os
import urllib.error
import urllib.request
from typing import Any

from briefing.store import Letter, Outcome

WAIT = 30  # seconds
LATER = {408, 425, 429}  # refusals that a later attempt may not meet, beside the 5xx


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: a POST would arrive as a GET, without what was to be said."""

    def redirect_request(self, *_: Any) -> None:
        return None


def post(letter: Letter) -> Outcome:
    """Post the letter's JSON to the address in the environment variable that its target names."""
    address = os.environ.get(letter.target)
    if not address or not address.startswith(("https://", "http://")):
        return Outcome(False, again=True, note=f"no web address in the environment variable {letter.target}")
    headers = {"Content-Type": "application/json"}
    if letter.message_id:
        headers["Idempotency-Key"] = letter.message_id.encode("ascii", "backslashreplace").decode()
    try:
        request = urllib.request.Request(address, letter.data, headers)  # http and https only, checked above
        with urllib.request.build_opener(_Stay).open(request, timeout=WAIT) as answer:
            return Outcome(True, code=answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        again = error.code in LATER or error.code >= 500
        return Outcome(False, again=again, code=error.code, note=str(error.reason))
    except (OSError, ValueError, http.client.HTTPException) as error:
        return Outcome(False, again=True, note=_without(address, f"{type(error).__name__}: {error}"))


def _without(secret: str, message: str) -> str:
    """The message without the address or a part of it that gives it away."""
    for part in (secret, secret.partition("://")[2].partition("/")[2]):
        message = message.replace(part, "(address)") if len(part) > 3 else message
    return message
