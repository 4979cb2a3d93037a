"""Kimbilio: the story of a person's care, kept safe, for community-led harm reduction."""

__version__ = "0.1.0"
