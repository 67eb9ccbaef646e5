"""Meetings in an article: each verb or noun of meeting read for its parties, its place and day, and whether it was."""
