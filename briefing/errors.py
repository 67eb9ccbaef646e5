"""What can go wrong, as one tree; a message names the thing, the place and the way out.

BriefingError               exit status 1
+-- InputError              2  an input, a record or an option cannot be used
+-- MissingDependency       3  a library of the system or an extra is absent; says the install line
+-- VerifyError             4  a passage is not in its article
"""


class BriefingError(Exception):
    """Anything that `briefing` itself reports."""

    exit_status = 1


class InputError(BriefingError):
    """An input, a record or an option cannot be used."""

    exit_status = 2


class MissingDependency(BriefingError):
    """A system library or an optional package is absent."""

    exit_status = 3


class VerifyError(BriefingError):
    """A brief holds words that its articles do not."""

    exit_status = 4
