"""The pages of supplies."""
