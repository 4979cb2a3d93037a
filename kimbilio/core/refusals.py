"""The ways to say no."""


class Refused(Exception):
    """What was asked may not be done. The message is shown to the person who asked."""


class NotHere(Exception):
    """What was asked for is not here for this person to see, whether or not it exists. Answers 404."""


class Gone(Refused):
    """What was here is no more, and nothing is added to it. The message says why. Answers 410."""
