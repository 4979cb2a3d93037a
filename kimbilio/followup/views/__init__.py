"""The pages of follow-up: the list, one person, printed sheets, how MAT goes."""
