"""Signing in and out, and keeping the means to do so."""
