"""The keyring as the rest of Kimbilio uses it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from kimbilio.core.encryption import random_key
from kimbilio.core.keyring.errors import KeyDestroyed, KeyringError, NoSuchKey
from kimbilio.core.keyring.file import KeyringFile
from kimbilio.core.keyring.hierarchy import Domain, Key, Purpose
from kimbilio.core.keyring.store import KeyStore

_FIRST = 1
# Those whose text a key seals on its own bear a version that no person's id has (`owner_of_text`).
_TEXTS = "SELECT client FROM destroyed_client WHERE organisation = ? AND hex(substr(client, 7, 1)) LIKE '8%'"
_PEOPLE = (
    "SELECT client FROM destroyed_client WHERE organisation = ? AND hex(substr(client, 7, 1)) NOT LIKE '8%'"
)

Keeps = Domain | Purpose


class Keyring:
    """Every key of one home, for all threads of this process, beside other processes.

    Keys once opened stay in memory until `close`, or until another process writes to the file: then
    they are read again, so that a key destroyed elsewhere is gone here too. Not usable across a fork.

    Every change is on the disk when the call returns. It does not wait for a transaction on the data,
    nor is it undone with one: a key nobody used does no harm, while what was sealed under a key that a
    power cut took would be gone.
    """

    def __init__(self, home: Path, root_key: bytes) -> None:
        self._store = KeyStore(KeyringFile(home, root_key), root_key)

    def close(self) -> None:
        """Let go of the file and forget every key."""
        self._store.close()

    # An organisation's own keys.

    def add_organisation(self, org: UUID) -> None:
        """Make the keys of an organisation: its own, one per domain, and one for each other purpose.

        An organisation that has keys keeps them; for a purpose that an earlier version did not know it gets one.
        """
        with self._store.adding() as connection:
            known = "SELECT 1 FROM organisation_key WHERE organisation = ?"
            if not connection.execute(known, (org.bytes,)).fetchone():
                self._store.put_organisation_key(connection, org, _new_key(_FIRST))
            self._add_missing(connection, org)

    def _add_missing(self, connection: Any, org: UUID) -> None:
        """Make a key for each purpose that has none. Raises NoSuchKey for an unknown organisation."""
        own = self._store.organisation_key(connection, org)
        for purpose in (*Domain, *Purpose):
            if not self._store.has_purpose_key(connection, org, purpose):
                self._store.put_purpose_key(connection, org, purpose, _new_key(_FIRST), under=own)

    def index_key(self, org: UUID) -> bytes:
        """Return the key of the organisation's blind indexes. Raises NoSuchKey."""
        return self._purpose_key(org, Purpose.INDEX)

    def audit_key(self, org: UUID) -> bytes:
        """Return the key of the organisation's audit chain. Raises NoSuchKey."""
        return self._purpose_key(org, Purpose.AUDIT)

    def staff_key(self, org: UUID) -> bytes:
        """Return the key of staff's second factors and kept forms. Raises NoSuchKey."""
        return self._purpose_key(org, Purpose.STAFF)

    def books_key(self, org: UUID) -> bytes:
        """Return the key of books on their way in. A home from before there was one gets it here. Raises NoSuchKey."""
        try:
            return self._purpose_key(org, Purpose.BOOKS)
        except NoSuchKey:
            with self._store.adding() as connection:
                self._add_missing(connection, org)
            return self._purpose_key(org, Purpose.BOOKS)

    def _purpose_key(self, org: UUID, purpose: Purpose) -> bytes:
        with self._store.fresh():
            key = self._store.known_purpose_key(org, purpose)
        if key is None:
            with self._store.reading() as connection:
                key = self._store.purpose_key(connection, org, purpose)
        return key.secret

    # A person's keys.

    def client_key(self, org: UUID, domain: Keeps, client: UUID, *, create: bool) -> tuple[int, bytes]:
        """Return the person's newest key in the domain with its id; with `create`, make a first one.

        A key made here is durable before this returns, so before the transaction on the data that
        needed it can commit. Raises NoSuchKey, or KeyDestroyed when the person's keys were destroyed.
        """
        try:
            key = self._client_key(org, domain, client, None)
        except NoSuchKey:
            if not create:
                raise
            self.create_client_keys(org, domain, [client])
            key = self._client_key(org, domain, client, None)
        return key.id, key.secret

    def client_key_by_id(self, org: UUID, domain: Keeps, client: UUID, key_id: int) -> bytes:
        """Return one generation of the person's key. Raises NoSuchKey or KeyDestroyed."""
        return self._client_key(org, domain, client, key_id).secret

    def _client_key(self, org: UUID, domain: Keeps, client: UUID, key_id: int | None) -> Key:
        with self._store.fresh():
            key = self._store.known_client_key(org, domain, client, key_id)
        if key is not None:
            return key
        with self._store.reading() as connection:
            key = self._store.client_key(connection, org, domain, client, key_id)
            if key is None:
                raise _absence(connection, org, client)
        return key

    def client_keys(self, org: UUID, domain: Keeps) -> dict[tuple[UUID, int], bytes]:
        """Return every person's keys in the domain, all generations, for reading many rows at once."""
        with self._store.reading() as connection:
            found = self._store.client_keys(connection, org, domain)
        return {(UUID(bytes=client), key_id): secret for client, key_id, secret in found}

    def create_client_keys(self, org: UUID, domain: Keeps, clients: Iterable[UUID]) -> None:
        """Make a first key for each of these people who has none, in one transaction.

        Raises KeyDestroyed, having made none, when the keys of one of them were destroyed.
        """
        if domain == Purpose.BOOKS:
            self.books_key(org)  # a home from before there was one gets it here
        with self._store.adding() as connection:
            under = self._store.purpose_key(connection, org, domain)
            keys = []
            for client in dict.fromkeys(clients):
                if _is_destroyed(connection, org, client):
                    raise _absence(connection, org, client)
                if _newest(connection, org, domain, client) is None:
                    keys.append((client.bytes, _FIRST, random_key()))
            self._store.put_client_keys(connection, org, domain, keys, under=under)

    def renew_client_key(self, org: UUID, domain: Domain, client: UUID) -> int:
        """Make a new generation for what is written from now on, and return its id.

        What was written before stays readable. Raises NoSuchKey or KeyDestroyed.
        """
        with self._store.replacing() as connection:
            newest = _newest(connection, org, domain, client)
            if newest is None:
                raise _absence(connection, org, client)
            under = self._store.purpose_key(connection, org, domain)
            renewed = newest + 1
            keys = [(client.bytes, renewed, random_key())]
            self._store.put_client_keys(connection, org, domain, keys, under=under)
        return renewed

    def destroy_client_keys(self, org: UUID, *clients: UUID) -> int:
        """Destroy the keys of one or more people in every domain for good, and return how many there were.

        What they sealed can't be read again by anybody, and no key will be made for this person. The
        wrapped keys are overwritten in the file, and its log is emptied. Copies of the file in backups
        are not reached: they must be short-lived.
        """
        with self._store.replacing() as connection:
            at = datetime.now(UTC).isoformat(timespec="seconds")
            markers = [(org.bytes, client.bytes, at) for client in clients]
            connection.executemany("INSERT OR IGNORE INTO destroyed_client VALUES (?, ?, ?)", markers)
            keys = "DELETE FROM client_key WHERE organisation = ? AND client = ?"
            destroyed: int = connection.executemany(keys, [marker[:2] for marker in markers]).rowcount
        return destroyed

    def how_many_destroyed(self, org: UUID) -> int:
        """Return how many people's keys were destroyed: when it grows, what was read of them must go."""
        with self._store.reading() as connection:
            return len(connection.execute(_PEOPLE, (org.bytes,)).fetchall())

    def destroyed_clients(self, org: UUID) -> set[UUID]:
        """Return everybody whose keys were destroyed, whatever the data says of them."""
        return self._destroyed(org, _PEOPLE)

    def destroyed_texts(self, org: UUID) -> set[UUID]:
        """Return the owners of keys of single texts (`owner_of_text`) that were destroyed."""
        return self._destroyed(org, _TEXTS)

    def _destroyed(self, org: UUID, which: str) -> set[UUID]:
        with self._store.reading() as connection:
            return {UUID(bytes=client) for (client,) in connection.execute(which, (org.bytes,))}

    # Rotation: a new key above, and the keys below it wrapped anew. What they sealed is untouched.

    def rotate_organisation_key(self, org: UUID) -> None:
        """Replace the organisation's key and wrap the keys under it anew, all or nothing."""
        with self._store.replacing() as connection:
            new = _new_key(self._store.organisation_key(connection, org).id + 1)
            below = {
                purpose: self._store.purpose_key(connection, org, purpose)
                for purpose in (*Domain, *Purpose)
                if self._store.has_purpose_key(connection, org, purpose)
            }
            self._store.put_organisation_key(connection, org, new)
            for purpose, key in below.items():
                self._store.put_purpose_key(connection, org, purpose, key, under=new)

    def rotate_domain_key(self, org: UUID, domain: Domain) -> None:
        """Replace a domain's key and wrap every person's keys in it anew, all or nothing."""
        with self._store.replacing() as connection:
            new = _new_key(self._store.purpose_key(connection, org, domain).id + 1)
            below = self._store.client_keys(connection, org, domain)
            own = self._store.organisation_key(connection, org)
            self._store.put_purpose_key(connection, org, domain, new, under=own)
            self._store.put_client_keys(connection, org, domain, below, under=new)


def _new_key(key_id: int) -> Key:
    return Key(key_id, random_key())


def _newest(connection: Any, org: UUID, domain: Keeps, client: UUID) -> int | None:
    query = "SELECT max(key_id) FROM client_key WHERE organisation = ? AND domain = ? AND client = ?"
    newest: int | None = connection.execute(query, (org.bytes, domain, client.bytes)).fetchone()[0]
    return newest


def _is_destroyed(connection: Any, org: UUID, client: UUID) -> bool:
    query = "SELECT 1 FROM destroyed_client WHERE organisation = ? AND client = ?"
    return connection.execute(query, (org.bytes, client.bytes)).fetchone() is not None


def _absence(connection: Any, org: UUID, client: UUID) -> KeyringError:
    """Return the reason why a person has no key."""
    if _is_destroyed(connection, org, client):
        return KeyDestroyed("This person's keys were destroyed.")
    return NoSuchKey("No such key was ever made for this person.")
