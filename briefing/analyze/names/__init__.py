"""The names of an article: which words are names, which are one thing's, what office and whom a person speaks for."""
