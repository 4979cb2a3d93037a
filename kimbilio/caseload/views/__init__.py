"""Pages of case-loads."""
