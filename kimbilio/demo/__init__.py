"""A fictional season, told by calling real actions."""
