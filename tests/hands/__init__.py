"""Several processes at work on one home at once."""
