"""The moves that cross stages, and acts of the ground floors joined with `happened()`. Split by noun."""
