"""Hearth: safeguarding for UK housing providers."""
