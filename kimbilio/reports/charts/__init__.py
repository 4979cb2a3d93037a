"""Pictures of numbers, as SVG of our own: without script or style, each in words too (docs/decisions/0013)."""
