"""What can be wrong with keys."""


class KeyringError(Exception):
    """The base of all of these."""


class KeyringExists(KeyringError):
    """This home has keys, or the remains of some. They are never overwritten."""


class NoKeyring(KeyringError):
    """This home has no keys, or a part of them is missing."""


class WrongPassphrase(KeyringError):
    """The passphrase does not open this home."""


class KeyringDamaged(KeyringError):
    """The files of keys are not as Kimbilio wrote them, or do not belong to each other."""


class NoSuchKey(KeyringError):
    """No such key was ever made."""


class KeyDestroyed(KeyringError):
    """This person's keys were destroyed. What they sealed is gone, and no new key is made for them."""


class KeyringClosed(KeyringError):
    """The home was locked while the keyring was in use."""


class KeyringUnavailable(KeyringError):
    """The file can't be read or written just now: a full disk, or another process that won't let go."""
