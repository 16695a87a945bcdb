"""Trying a policy on what has happened, before anybody adopts it."""
