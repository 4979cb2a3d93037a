"""The pages of MAT: a clinic's numbers, steps of a journey, what does not fit together."""
