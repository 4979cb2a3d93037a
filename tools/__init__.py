"""What builds and checks Kimbilio. Nothing here is part of the installed package."""
