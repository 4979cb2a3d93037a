"""Measures what a desk officer waits for: `make bench`. See docs/measurements.md."""
