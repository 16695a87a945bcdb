"""The HTTP API: the same acts as the pages, for other systems that act for somebody by a token."""
