"""The command line: a group, the commands of the stages, the commands of daily use, those that look back."""

from briefing.cli import daily, history, stages
from briefing.cli.root import main

__all__ = ["daily", "history", "main", "stages"]
