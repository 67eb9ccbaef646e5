"""Articles and stories read in depth: Article -> Reading, then Story and its Readings -> Analysis."""
