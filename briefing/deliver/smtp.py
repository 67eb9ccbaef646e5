"""Stored messages to a mail server; a server's answer becomes an Outcome."""

from __future__ import annotations

import os
import smtplib
import ssl
from contextlib import suppress

from briefing.config import Config, Mail
from briefing.deliver.address import wire_address
from briefing.errors import InputError
from briefing.store import Letter, Outcome

WAIT = 60  # seconds for each step of the dialogue
PER_CONNECTION = 50  # messages; large providers close a connection after a hundred or so

__all__ = ["WAIT", "Session", "connect", "secret"]


class Session:
    """Letters to the configured server, one by one, over as few connections as it allows.

    A server that cannot be reached, or does not let us in, is not asked again in this session: what remains waits.
    """

    def __init__(self, config: Config) -> None:
        self.config = config
        self.server: smtplib.SMTP | None = None
        self.sent = 0
        self.down: Outcome | None = None

    def send(self, letter: Letter) -> Outcome:
        """Send the letter's bytes as they are. 4xx and lost connections may be tried again, 5xx may not.

        A connection lost after the data may mean that the server has the message: the next attempt carries the same
        Message-ID and the same bytes, so that it can tell.
        """
        mail = self.config.mail
        if mail is None:
            return Outcome(False, note="no [mail] in the configuration any more")
        if self.down is None:
            self.down = self._ready(mail)
        return self.down or self._hand_over(letter, mail)

    def close(self) -> None:
        """End the dialogue."""
        server, self.server, self.sent = self.server, None, 0
        if server is not None:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()

    def _ready(self, mail: Mail) -> Outcome | None:
        """Have a live connection; how it failed, where there is none. What failed here says nothing about a letter."""
        if self.server is not None and (self.sent >= PER_CONNECTION or not _alive(self.server)):
            self.close()
        if self.server is not None:
            return None
        try:
            self.server = connect(mail, self.config)
        except smtplib.SMTPResponseException as error:
            return Outcome(False, again=True, code=error.smtp_code, note=_text(error.smtp_error))
        except (smtplib.SMTPException, OSError, InputError) as error:
            return Outcome(False, again=True, note=f"{mail.host}:{mail.port}: {error}")
        return None

    def _hand_over(self, letter: Letter, mail: Mail) -> Outcome:
        assert self.server is not None
        self.sent += 1
        try:
            sender, recipient = (wire_address(given) for given in (mail.sender, letter.target))
            options = () if (sender + recipient).isascii() else ("SMTPUTF8",)
            refused = self.server.sendmail(sender, [recipient], letter.data, mail_options=options)
        except smtplib.SMTPRecipientsRefused as error:
            return _refused(*next(iter(error.recipients.values())))
        except smtplib.SMTPResponseException as error:
            return _refused(error.smtp_code, error.smtp_error)
        except (smtplib.SMTPNotSupportedError, UnicodeError) as error:
            return Outcome(False, note=f"{letter.target}: {error}")
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            return Outcome(False, again=True, note=f"{mail.host}:{mail.port}: {error}")
        if refused:  # some servers take the data and name the recipients that they refused
            return _refused(*next(iter(refused.values())))
        return Outcome(True, code=250)


def connect(mail: Mail, config: Config) -> smtplib.SMTP:
    """A connection, encrypted and logged in as configured. Raises what `smtplib` raises, `OSError` and `InputError`."""
    context = _trust(mail, config)
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=WAIT, context=context)
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=WAIT)
    try:
        if mail.security == "starttls":
            server.starttls(context=context)
        if mail.user:
            server.login(mail.user, secret(mail, config))
    except BaseException:
        server.close()
        raise
    return server


def secret(mail: Mail, config: Config) -> str:
    """The password, from the environment or a file. Raises `InputError` naming where it was looked for."""
    if mail.password_env:
        found = os.environ.get(mail.password_env)
        if found is None:
            raise InputError(f"mail.password_env: no environment variable {mail.password_env}; set it")
        return found
    if mail.password_file:
        try:
            return config.path(mail.password_file).read_text("utf-8").strip()
        except (OSError, UnicodeError) as error:
            raise InputError(f"mail.password_file: {mail.password_file}: {error}") from error
    raise InputError("mail.user: a password is needed; name one with password_env or password_file")


def _trust(mail: Mail, config: Config) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if mail.ca_file:
        try:
            context.load_verify_locations(config.path(mail.ca_file))
        except OSError as error:
            raise InputError(f"mail.ca_file: {mail.ca_file}: {error.strerror or error}") from error
    return context


def _alive(server: smtplib.SMTP) -> bool:
    try:
        return server.noop()[0] == 250
    except (smtplib.SMTPException, OSError):
        return False


def _refused(code: int, answer: bytes | str) -> Outcome:
    return Outcome(False, again=not 500 <= code < 600, code=code, note=_text(answer))


def _text(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
