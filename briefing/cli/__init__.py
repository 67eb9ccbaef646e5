"""The command line: a group, the commands of the stages, the commands of daily use."""

from briefing.cli import daily, stages
from briefing.cli.root import main

__all__ = ["daily", "main", "stages"]
