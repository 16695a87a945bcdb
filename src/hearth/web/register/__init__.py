"""Bringing in the register from files."""
