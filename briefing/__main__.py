"""python -m briefing: the command line, with its exit statuses."""

from __future__ import annotations

import os
import sys

import click

from briefing.cli import main as command
from briefing.errors import BriefingError

INTERRUPTED = 130  # 128 + SIGINT, as shells report it


def main() -> None:
    """Run the command line; an error is one message on standard error and the exit status of its class."""
    try:
        sys.exit(command.main(prog_name="briefing", standalone_mode=False))  # click hands back the status of an Exit
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("briefing: interrupted", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except BriefingError as error:
        click.echo(f"briefing: {error}", err=True)
        sys.exit(error.exit_status)


if __name__ == "__main__":
    main()
