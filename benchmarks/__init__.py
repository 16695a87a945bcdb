"""How much work Hearth's hot requests cost. See docs/performance.md."""
