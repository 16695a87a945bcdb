"""Logging a concern, what became of one's own, and the links by which people without an account log theirs."""
