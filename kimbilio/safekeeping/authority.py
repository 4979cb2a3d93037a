"""The home's own certificate authority: made once, its key sealed under a key of the home's; and what the server shows.

A device that trusts the authority trusts this machine for as long as the home lives, whatever address it gets.
"""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kimbilio.core.encryption import CannotUnseal, derive
from kimbilio.core.encryption.certificates import (
    LEAF_LASTS,
    Authority,
    Leaf,
    ends_on,
    fingerprint_of,
    is_whole,
    make_authority,
    make_leaf,
    names_in,
)
from kimbilio.core.keyring.durable import replace_durably

CERTIFICATE, KEY = "authority.pem", "authority.key"
SHOWN = "network.pem"
# Renewed once two thirds of its life are over.
_RENEWED_BEFORE = LEAF_LASTS / 3


class AuthorityDamaged(Exception):
    """The authority's files are damaged or not of this home, or one of the two is missing."""

    def __str__(self) -> str:
        return (
            f"{CERTIFICATE} and {KEY} in the home are damaged or do not belong together. Put both back from a copy; "
            "or remove both, and every device must then trust a new certificate."
        )


def authority_of(home: Path, root_key: bytes) -> Authority:
    """Return the home's authority; the first time, make it. Raises AuthorityDamaged."""
    certificate, key = home / CERTIFICATE, home / KEY
    if not certificate.exists():
        made = make_authority(_key(root_key))
        # The key first: a certificate without its key would be taken for damage.
        replace_durably(key, made.sealed_key)
        replace_durably(certificate, made.certificate)
        return made
    try:
        return Authority(certificate.read_bytes(), key.read_bytes())
    except FileNotFoundError:
        raise AuthorityDamaged from None


def new_leaf(home: Path, root_key: bytes, names: Collection[str]) -> Leaf:
    """Make what the server shows for these names. Its certificate lies in the home, its key in memory alone."""
    try:
        leaf = make_leaf(authority_of(home, root_key), _key(root_key), names=names)
    except (CannotUnseal, ValueError) as why:
        raise AuthorityDamaged from why
    replace_durably(home / SHOWN, leaf.chain)
    return leaf


def is_due(home: Path, names: Collection[str]) -> bool:
    """Say whether what the server shows must be made anew: it is gone or ends soon, or the address is another.

    Also where the clock ran ahead when it was made: devices refuse what begins in days to come.
    """
    try:
        shown = (home / SHOWN).read_bytes()
        left = ends_on(shown) - datetime.now(UTC)
        return names_in(shown) != set(names) or not _RENEWED_BEFORE <= left <= LEAF_LASTS
    except (FileNotFoundError, ValueError):
        return True


def fingerprint_in(home: Path) -> str:
    """Return what people compare before they trust this home."""
    return fingerprint_of((home / CERTIFICATE).read_bytes())


def authority_ends(home: Path, root_key: bytes | None) -> timedelta | None:
    """Return for how long devices go on trusting this home; None where no network was ever served.

    Raises AuthorityDamaged; without the root key only where that can be seen from outside.
    """
    certificate, key = home / CERTIFICATE, home / KEY
    if not certificate.exists() and not key.exists():
        return None
    try:
        authority = Authority(certificate.read_bytes(), key.read_bytes())
        ends = ends_on(authority.certificate)
    except (FileNotFoundError, ValueError) as why:
        raise AuthorityDamaged from why
    if root_key is not None and not is_whole(authority, _key(root_key)):
        raise AuthorityDamaged
    return ends - datetime.now(UTC)


def _key(root_key: bytes) -> bytes:
    return derive(root_key, "certificate authority")
