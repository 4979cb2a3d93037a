"""The pages of signing in, of one's own sign-in, and of the staff."""
