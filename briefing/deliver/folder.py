"""Files to a folder, messages to a Maildir: whole or not at all, and the same bytes a second time."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from briefing.files import unpacked, write
from briefing.store import Letter, Outcome


def put(letter: Letter) -> Outcome:
    """Write the files that the letter holds into its folder, each by an atomic rename."""
    folder = Path(letter.target)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in unpacked(letter.data).items():
            write(folder / name, data)
    except OSError as error:
        return Outcome(False, again=True, note=f"{folder}: {error.strerror or error}")
    return Outcome(True)


def put_in_maildir(letter: Letter) -> Outcome:
    """Add the message to a Maildir; its name is made of its bytes, so a second attempt adds nothing."""
    folder = Path(letter.target)
    name = hashlib.sha256(letter.data).hexdigest()[:32] + ".briefing"
    try:
        for part in ("tmp", "new", "cur"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        if any(path.name.startswith(name) for part in ("new", "cur") for path in (folder / part).iterdir()):
            return Outcome(True, note="was there already")
        temporary = folder / "tmp" / f"{name}.{os.getpid()}"
        temporary.write_bytes(letter.data)
        os.replace(temporary, folder / "new" / name)
    except OSError as error:
        return Outcome(False, again=True, note=f"{folder}: {error.strerror or error}")
    return Outcome(True)
