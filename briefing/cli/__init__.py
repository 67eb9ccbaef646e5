"""The command line: a group, the commands of the stages, of daily use, about feeds and looks, those that look back."""

from briefing.cli import daily, feeds, history, looks, stages
from briefing.cli.root import main

__all__ = ["daily", "feeds", "history", "looks", "main", "stages"]
