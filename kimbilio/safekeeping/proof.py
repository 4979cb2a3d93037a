"""A backup is one once it was put back: into a scratch place, with the keys of its own backup, and compared."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from kimbilio.audit.verify import verify_entries
from kimbilio.core import vault
from kimbilio.core.encryption import CannotUnseal, key_id_of
from kimbilio.core.encryption.age_files import FileDamaged, NotForThisKey
from kimbilio.core.keyring import Domain, KeyDestroyed, Keyring, KeyringError, NoSuchKey
from kimbilio.core.sealed import SealedText
from kimbilio.core.sealed_books import SealedBookText
from kimbilio.core.sqlcipher.copying import fault_of_pages
from kimbilio.core.upgrading import bring_tables_up_to_date, is_behind
from kimbilio.safekeeping.archive import DATA, About, opened_backup
from kimbilio.safekeeping.figures import differences, figures_of
from kimbilio.safekeeping.keys_file import unpack_keys
from kimbilio.safekeeping.loading import loaded, scratch_place

_TRIED = 50
PassedOver = type[KeyringError] | tuple[type[KeyringError], ...]


@dataclass
class Proof:
    """What came of putting a backup back: what was looked at, what is wrong, what is worth knowing."""

    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows: int = 0
    people: int = 0
    entries: int = 0
    opened: int = 0
    """How many sealed values were opened: one of each kind of a person's that there is."""

    @property
    def holds(self) -> bool:
        """Say whether this is a backup."""
        return not self.faults


def prove(data: Path, keys: Path, *, data_secret: str, keys_secret: str, scratch: Path) -> Proof:
    """Put both files back into the scratch folder, compare what came back, and say what is wrong."""
    proof = Proof()
    try:
        about, root_key = unpack_keys(keys, [keys_secret], scratch / "keys")
        if root_key != vault.root_key():
            proof.faults.append("the file of keys holds the keys of another home")
            return proof
        keyring = Keyring(scratch / "keys", root_key)
        try:
            with scratch_place(scratch) as place, opened_backup(data, [data_secret]) as backup:
                _check_pair(backup.about, about, proof)
                with loaded(backup, place) as database:
                    compare(database, backup.about, proof)
                    if is_behind():  # before an upgrade, which is so tried out on a copy first
                        bring_tables_up_to_date()
                    look_inside(backup.about, keyring, proof)
        finally:
            keyring.close()
    except (NotForThisKey, FileDamaged, KeyringError, OSError) as error:
        proof.faults.append(str(error))
    return proof


def _check_pair(data: About, keys: About, proof: Proof) -> None:
    if data.kind != DATA or data.home != keys.home:
        proof.faults.append("the file of data and the file of keys do not belong together")


def compare(database: Any, about: About, proof: Proof) -> None:
    """Compare a database that was put back, of whatever version, with what its backup says of itself."""
    if database.vendor == "sqlite":
        database.ensure_connection()
        if fault := fault_of_pages(database.connection):
            proof.faults.append(f"the file of data is damaged: {fault}")
            return
    figures = figures_of(database)
    proof.faults += differences(about.figures, figures)
    proof.rows, proof.people = sum(figures["rows"].values()), figures["people"]


def look_inside(about: About, keyring: Keyring, proof: Proof, *, keys_are_older: bool = False) -> None:
    """Read the chains of the database that stands in, and open a sealed value of each kind. Needs today's tables.

    Of data that are newer than the keys, some need a key that was not made yet: those are passed over.
    """
    if not proof.holds:
        return
    for organisation in map(UUID, about.figures["heads"]):
        verdict = verify_entries(organisation, keyring.audit_key(organisation))
        proof.entries += verdict.entries
        proof.notes += [
            f"The record of who did what does not hold at entry {fault.seq}: {fault.what}"
            for fault in verdict.faults
        ]
    passed_over = (KeyDestroyed, NoSuchKey) if keys_are_older else KeyDestroyed
    _open_one_of_each(keyring, proof, passed_over)


def _open_one_of_each(keyring: Keyring, proof: Proof, passed_over: PassedOver) -> None:
    for model, sealed in _sealed_fields():
        rows = model._default_manager.exclude(**{f"{sealed.name}__isnull": True}).order_by("-pk")
        try:
            proof.opened += any(_opens(row, sealed, keyring, passed_over) for row in rows[:_TRIED])
        except (CannotUnseal, KeyringError):
            proof.faults.append(
                f"what is sealed in {model._meta.db_table} does not open with the keys of this backup"
            )


def _sealed_fields() -> Iterable[tuple[type[models.Model], SealedText]]:
    for model in apps.get_models():
        for one in model._meta.concrete_fields:
            if isinstance(one, SealedText) and not isinstance(one, SealedBookText):
                yield model, one


def _opens(row: models.Model, sealed: SealedText, keyring: Keyring, passed_over: PassedOver) -> bool:
    """Say whether a sealed value opens; False for one whose keys were destroyed, where another must be tried."""
    place, held = sealed.place_of(row), row.__dict__[sealed.attname]
    number = key_id_of(held)
    try:
        key = keyring.client_key_by_id(place.organisation_id, Domain(sealed.domain), place.client_id, number)
    except passed_over:
        return False
    sealed.unsealed(held, place, {(place.client_id, number): key})
    return True
