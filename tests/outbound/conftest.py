"""A mail server and a text-message gateway on loopback."""

from way_out import post_office, text_gateway

__all__ = ["post_office", "text_gateway"]
