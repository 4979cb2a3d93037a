"""Wrapped keys in the file, and opened ones in memory for as long as the file says the same."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from kimbilio.core.encryption import CannotUnseal, seal, unseal, unseal_many
from kimbilio.core.keyring.errors import KeyringDamaged, NoSuchKey
from kimbilio.core.keyring.file import KeyringFile
from kimbilio.core.keyring.hierarchy import (
    Key,
    domain_of_client_keys,
    place_of_client_key,
    place_of_organisation_key,
    place_of_purpose_key,
)


class KeyStore:
    """Finds and stores keys. What it reads it remembers; what is being written it does not.

    So memory never holds a key that a transaction took back. A change by another process makes it
    forget everything.
    """

    def __init__(self, file: KeyringFile, root_key: bytes) -> None:
        self.file = file
        self._root = Key(0, root_key)
        self._organisations: dict[UUID, Key] = {}
        self._purposes: dict[tuple[UUID, str], Key] = {}
        self._newest: dict[tuple[UUID, str, UUID], Key] = {}
        self._generations: dict[tuple[UUID, str, UUID, int], Key] = {}

    @contextmanager
    def fresh(self) -> Iterator[None]:
        """Keep other threads out, with nothing in memory that another process has changed."""
        with self.file.held():
            if self.file.changed_elsewhere():
                self.forget()
            yield

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """Read the file as it is at one moment, memory agreeing with it."""
        with self.file.reading() as connection, self.fresh():
            yield connection

    @contextmanager
    def adding(self) -> Iterator[Any]:
        """Add keys to the file, all or none. Those in memory stay true."""
        with self.file.writing() as connection, self.fresh():
            yield connection

    @contextmanager
    def replacing(self) -> Iterator[Any]:
        """Replace or destroy keys in the file, all or nothing, and keep no trace of the old ones."""
        with self.file.held():
            with self.adding() as connection:
                yield connection
            self.forget()
            self.file.empty_log()

    def close(self) -> None:
        """Let go of the file and forget every key."""
        self.file.close()
        self.forget()

    def forget(self) -> None:
        """Drop every opened key from memory."""
        for memory in (self._organisations, self._purposes, self._newest, self._generations):
            memory.clear()

    # Finding. Each is for use inside one of those above; the `known` ones inside `fresh`.

    def organisation_key(self, connection: Any, org: UUID) -> Key:
        """Return an organisation's key. Raises NoSuchKey."""
        if (known := self._organisations.get(org)) is not None:
            return known
        query = "SELECT key_id, wrapped FROM organisation_key WHERE organisation = ?"
        row = connection.execute(query, (org.bytes,)).fetchone()
        if row is None:
            raise NoSuchKey("This organisation has no keys.")
        key = _unwrap(row, self._root, place_of_organisation_key(org, row[0]))
        return self._organisations.setdefault(org, key)

    def known_purpose_key(self, org: UUID, purpose: str) -> Key | None:
        """Return the key of a domain or other purpose if memory has it."""
        return self._purposes.get((org, purpose))

    def has_purpose_key(self, connection: Any, org: UUID, purpose: str) -> bool:
        """Return whether an organisation has a key of this domain or other purpose."""
        query = "SELECT 1 FROM purpose_key WHERE organisation = ? AND purpose = ?"
        return connection.execute(query, (org.bytes, purpose)).fetchone() is not None

    def purpose_key(self, connection: Any, org: UUID, purpose: str) -> Key:
        """Return the key of a domain or other purpose. Raises NoSuchKey."""
        if (known := self.known_purpose_key(org, purpose)) is not None:
            return known
        under = self.organisation_key(connection, org)
        query = "SELECT key_id, wrapped FROM purpose_key WHERE organisation = ? AND purpose = ?"
        row = connection.execute(query, (org.bytes, purpose)).fetchone()
        if row is None:
            raise NoSuchKey(f"This organisation has no key for: {purpose}")
        key = _unwrap(row, under, place_of_purpose_key(org, purpose, row[0]))
        return self._purposes.setdefault((org, purpose), key)

    def known_client_key(self, org: UUID, domain: str, client: UUID, key_id: int | None) -> Key | None:
        """Return a generation of a person's key, or the newest, if memory has it."""
        if key_id is None:
            return self._newest.get((org, domain, client))
        return self._generations.get((org, domain, client, key_id))

    def client_key(
        self, connection: Any, org: UUID, domain: str, client: UUID, key_id: int | None
    ) -> Key | None:
        """Return a generation of a person's key, or the newest; None where there is none."""
        row = connection.execute(
            "SELECT key_id, wrapped FROM client_key WHERE organisation = ? AND domain = ? AND client = ?"
            " AND key_id = ifnull(?, key_id) ORDER BY key_id DESC LIMIT 1",
            (org.bytes, domain, client.bytes, key_id),
        ).fetchone()
        if row is None:
            return None
        under = self.purpose_key(connection, org, domain)
        place = place_of_client_key(domain_of_client_keys(org, domain), client.bytes, row[0])
        key = _unwrap(row, under, place)
        if key_id is None:
            self._newest[org, domain, client] = key
        return self._generations.setdefault((org, domain, client, key.id), key)

    def client_keys(self, connection: Any, org: UUID, domain: str) -> list[tuple[bytes, int, bytes]]:
        """Return person, key id and key for all keys in a domain. They are many, and not remembered."""
        under = self.purpose_key(connection, org, domain)
        rows = connection.execute(
            "SELECT client, key_id, wrapped FROM client_key WHERE organisation = ? AND domain = ?",
            (org.bytes, domain),
        ).fetchall()
        places = domain_of_client_keys(org, domain)
        wrapped = ((wrapped, place_of_client_key(places, client, key_id)) for client, key_id, wrapped in rows)
        with _damage_named():
            secrets = unseal_many(under.secret, wrapped)
        return [(client, key_id, secret) for (client, key_id, _), secret in zip(rows, secrets, strict=True)]

    # Storing. Each is for use inside `adding` or `replacing`.

    def put_organisation_key(self, connection: Any, org: UUID, key: Key) -> None:
        """Store an organisation's key in place of the one before."""
        wrapped = _wrap(key, self._root, place_of_organisation_key(org, key.id))
        row = (org.bytes, key.id, wrapped)
        connection.execute("INSERT OR REPLACE INTO organisation_key VALUES (?, ?, ?)", row)

    def put_purpose_key(self, connection: Any, org: UUID, purpose: str, key: Key, *, under: Key) -> None:
        """Store the key of a domain or other purpose in place of the one before."""
        wrapped = _wrap(key, under, place_of_purpose_key(org, purpose, key.id))
        row = (org.bytes, purpose, key.id, wrapped)
        connection.execute("INSERT OR REPLACE INTO purpose_key VALUES (?, ?, ?, ?)", row)

    def put_client_keys(
        self,
        connection: Any,
        org: UUID,
        domain: str,
        keys: Iterable[tuple[bytes, int, bytes]],
        *,
        under: Key,
    ) -> None:
        """Store keys given as person, key id and key, each in place of the same generation before."""
        places = domain_of_client_keys(org, domain)
        rows = []
        for client, key_id, secret in keys:
            wrapped = seal(
                under.secret, secret, aad=place_of_client_key(places, client, key_id), key_id=under.id
            )
            rows.append((org.bytes, domain, client, key_id, wrapped))
        connection.executemany("INSERT OR REPLACE INTO client_key VALUES (?, ?, ?, ?, ?)", rows)


def _wrap(key: Key, under: Key, place: bytes) -> bytes:
    return seal(under.secret, key.secret, aad=place, key_id=under.id)


def _unwrap(row: tuple[int, bytes], under: Key, place: bytes) -> Key:
    key_id, wrapped = row
    with _damage_named():
        return Key(key_id, unseal(under.secret, wrapped, aad=place))


@contextmanager
def _damage_named() -> Iterator[None]:
    try:
        yield
    except CannotUnseal:
        raise KeyringDamaged("A key in the keyring was changed or moved, and does not open.") from None
