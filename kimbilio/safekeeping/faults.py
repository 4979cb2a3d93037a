"""What can be wrong with a backup or with putting one back, said in one sentence to the person who tries."""

from kimbilio.core.refusals import Refused


class CannotBackUp(Refused):
    """A backup was not made, or was not proved."""


class CannotRestore(Refused):
    """Nothing was put back, and nothing was changed."""


class WrongRecoveryKey(Exception):
    """The recovery key, or this home's passphrase, does not open the file."""
