"""Rules of the report: how to count, what a number says in words, how long people stay. Pure."""
