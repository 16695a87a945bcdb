"""Finding people and homes, and who is in a concern or case."""
