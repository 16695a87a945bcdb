"""Adopting a policy: approving it step by step, and reading it."""
