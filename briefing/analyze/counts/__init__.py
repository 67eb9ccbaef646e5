"""Numbers in an article: their value and unit, and what they count."""
