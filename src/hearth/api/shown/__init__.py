"""Records as the API shows them: what a page shows of them, and nothing more."""
