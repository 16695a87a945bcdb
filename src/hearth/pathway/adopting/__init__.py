"""Adopting a policy: proposed by one person, approved step by step by others, then read and understood by all."""
