"""A digest to a webhook, as JSON that Slack and its like understand."""

from __future__ import annotations

import os
import urllib.error
import urllib.request

from briefing.store import Letter, Outcome

WAIT = 30  # seconds


def post(letter: Letter) -> Outcome:
    """Post the letter's JSON to the address in the environment variable that its target names."""
    address = os.environ.get(letter.target)
    if not address or not address.startswith(("https://", "http://")):
        return Outcome(False, note=f"no web address in the environment variable {letter.target}")
    headers = {"Content-Type": "application/json"}
    if letter.message_id:
        headers["Idempotency-Key"] = letter.message_id
    request = urllib.request.Request(address, letter.data, headers)  # http and https only, checked above
    try:
        with urllib.request.urlopen(request, timeout=WAIT) as answer:
            return Outcome(True, code=answer.status)
    except urllib.error.HTTPError as error:
        return Outcome(False, again=error.code == 429 or error.code >= 500, code=error.code, note=str(error.reason))
    except (OSError, ValueError) as error:
        return Outcome(False, again=True, note=_without(address, str(error)))


def _without(secret: str, message: str) -> str:
    return message.replace(secret, "(address)")
