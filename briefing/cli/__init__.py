"""The command line: a group, the commands of the stages, of daily use, about feeds, those that look back."""

from briefing.cli import daily, feeds, history, stages
from briefing.cli.root import main

__all__ = ["daily", "feeds", "history", "main", "stages"]
