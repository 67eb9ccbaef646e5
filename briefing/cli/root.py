"""The command group that all commands join.

Exit statuses: 0 done, 1 failed, 2 an input or an option cannot be used, 3 a library is absent (the formats that do
not need it are made), 4 a passage is not in its article, 130 interrupted.
"""

from __future__ import annotations

import click

import briefing
from briefing.progress import Teller


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=f"{__doc__.partition(chr(10) * 2)[2]}")
@click.version_option(briefing.__version__)
@click.option("-q", "--quiet", is_flag=True, help="No progress and no notes, errors only.")
@click.option("-v", "--verbose", is_flag=True, help="Say what each stage does and how long it takes.")
@click.pass_context
def main(context: click.Context, quiet: bool, verbose: bool) -> None:
    """A daily news brief in which every word of a source is verbatim, cited and re-checkable offline.

    Example: briefing build articles/ --output output
    """
    context.obj = Teller(quiet=quiet, verbose=verbose)
