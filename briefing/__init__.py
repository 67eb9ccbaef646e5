"""A daily news brief in which every word of a source is verbatim, cited and re-checkable offline."""

__version__ = "0.1.0"
