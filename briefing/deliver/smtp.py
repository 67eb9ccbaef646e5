"""One stored message to one recipient over SMTP; a server's answer becomes an Outcome."""

from __future__ import annotations

import os
import smtplib
import ssl
from email.utils import parseaddr

from briefing.config import Config, Mail
from briefing.errors import InputError
from briefing.store import Letter, Outcome

WAIT = 60  # seconds for each step of the dialogue


def send(letter: Letter, config: Config) -> Outcome:
    """Send the letter's bytes as they are. 4xx and lost connections may be tried again, 5xx may not.

    A connection lost after the data may mean that the server has the message: the next attempt carries the same
    Message-ID and the same bytes, so that it can tell.
    """
    mail = config.mail
    if mail is None:
        return Outcome(False, note="no [mail] in the configuration any more")
    try:
        with _connect(mail) as server:
            if mail.user:
                server.login(mail.user, secret(mail, config))
            refused = server.sendmail(parseaddr(mail.sender)[1], [parseaddr(letter.target)[1]], letter.data)
            if refused:  # some servers take the data and name the recipients that they refused
                return _refused(*next(iter(refused.values())))
    except smtplib.SMTPRecipientsRefused as error:
        return _refused(*next(iter(error.recipients.values())))
    except smtplib.SMTPResponseException as error:
        return _refused(error.smtp_code, error.smtp_error)
    except smtplib.SMTPNotSupportedError as error:
        return Outcome(False, note=str(error))
    except (smtplib.SMTPException, OSError) as error:
        return Outcome(False, again=True, note=f"{mail.host}:{mail.port}: {error}")
    except InputError as error:
        return Outcome(False, again=True, note=str(error))
    return Outcome(True, code=250)


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
        except OSError as error:
            raise InputError(f"mail.password_file: {mail.password_file}: {error.strerror}") from error
    raise InputError("mail.user: a password is needed; name one with password_env or password_file")


def _connect(mail: Mail) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=WAIT, context=context)
    server = smtplib.SMTP(mail.host, mail.port, timeout=WAIT)
    if mail.security == "starttls":
        try:
            server.starttls(context=context)
        except BaseException:
            server.close()
            raise
    return server


def _refused(code: int, answer: bytes | str) -> Outcome:
    note = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return Outcome(False, again=not 500 <= code < 600, code=code, note=note)
