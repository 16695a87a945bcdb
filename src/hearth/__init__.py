"""Safeguarding for UK housing providers."""

__version__ = "0.1.0"
