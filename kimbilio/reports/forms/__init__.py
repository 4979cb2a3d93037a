"""What may be typed about the month's report."""
