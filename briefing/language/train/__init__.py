"""Openly licensed corpora in, the language room's pipeline out: `python -m briefing.language.train`."""
