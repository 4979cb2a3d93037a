"""Reading a chain from its first entry to its last, and saying exactly where it does not hold."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from kimbilio.audit.anchors import Anchor, AnchorsUnreadable, anchor_of, anchored_organisations
from kimbilio.audit.chain import BEGINNING, digest_of
from kimbilio.audit.models import AuditEvent
from kimbilio.audit.queries import events_since, organisations_with_entries
from kimbilio.core import vault
from kimbilio.core.keyring import NoSuchKey


@dataclass(frozen=True)
class Fault:
    """One place where the chain was changed: `seq` is the entry, `what` says it in words."""

    seq: int
    what: str


@dataclass(frozen=True)
class Verdict:
    """What came of reading one organisation's chain."""

    organisation_id: UUID
    entries: int
    faults: list[Fault]

    @property
    def holds(self) -> bool:
        """Say whether the chain is whole and unchanged."""
        return not self.faults

    def as_json(self) -> dict[str, object]:
        """Return the verdict as plain values for `kimbilio audit verify --json`."""
        return {
            "entries": self.entries,
            "ok": self.holds,
            "faults": [asdict(fault) for fault in self.faults],
        }


def verify_all() -> list[Verdict]:
    """Verify every chain that the database or the anchor file knows of."""
    known = organisations_with_entries()
    with suppress(AnchorsUnreadable):
        known |= anchored_organisations()
    return [verify_chain(organisation_id) for organisation_id in sorted(known)]


def verify_chain(organisation_id: UUID) -> Verdict:
    """Read one chain and return every fault in it: an edit, a deletion, a swap or a cut tail."""
    try:
        key = vault.keyring().audit_key(organisation_id)
    except NoSuchKey:
        return Verdict(organisation_id, 0, [Fault(0, _("The key of this chain is not in the keyring."))])
    anchor = _readable_anchor(organisation_id)
    faults: list[Fault] = []
    entries, last, anchored = 0, 0, None
    for entry, found in _read(organisation_id, key):
        entries, last = entries + 1, entry.seq
        faults += found
        if anchor and entry.seq == anchor.seq:
            anchored = bytes(entry.digest)
    at_the_end = _fault_at_the_end(organisation_id, key, anchor, last, anchored)
    return Verdict(organisation_id, entries, faults + ([at_the_end] if at_the_end else []))


def verify_entries(organisation_id: UUID, key: bytes) -> Verdict:
    """Read one chain under this key and return every fault between its first entry and its last; no anchor is asked."""
    entries, faults = 0, []
    for _entry, found in _read(organisation_id, key):
        entries += 1
        faults += found
    return Verdict(organisation_id, entries, faults)


def _readable_anchor(organisation_id: UUID) -> Anchor | None:
    """Return the anchor; none where its file cannot be read, which is a fault like a missing one."""
    with suppress(AnchorsUnreadable):
        return anchor_of(organisation_id)
    return None


def _fault_at_the_end(
    organisation_id: UUID, key: bytes, anchor: Anchor | None, last: int, anchored: bytes | None
) -> Fault | None:
    """Compare the end of a chain (`last`), and its digest at the anchored entry, with the anchor."""
    if anchor is None:
        return Fault(
            last, _("The anchor of this chain is missing or cannot be read, so a cut end could not be seen.")
        )
    if not anchor.is_genuine(organisation_id, key):
        return Fault(anchor.seq, _("The anchor of this chain was not written by this installation."))
    if last < anchor.seq:
        cut = {"first": last + 1, "last": anchor.seq}
        return Fault(last + 1, _("Entries %(first)d to %(last)d were cut off the end.") % cut)
    if anchored is not None and anchored != anchor.digest:
        return Fault(anchor.seq, _("This entry is not the one that was anchored."))
    return None


def faults_among(organisation_id: UUID, newest_first: list[AuditEvent]) -> list[Fault]:
    """Check entries that follow one another, as on a page: each against itself and the one before it."""
    key = vault.keyring().audit_key(organisation_id)
    faults: list[Fault] = []
    older: AuditEvent | None = None
    for entry in reversed(newest_first):
        expected = older.seq + 1 if older else entry.seq
        previous = bytes(older.digest) if older else bytes(entry.previous)
        faults += _faults_at(entry, expected=expected, previous=previous, key=key)
        older = entry
    return faults


def _read(organisation_id: UUID, key: bytes) -> Iterator[tuple[AuditEvent, list[Fault]]]:
    """Walk the chain, giving each entry with the faults found at it."""
    previous, expected = BEGINNING, 1
    for entry in events_since(organisation_id, 0).iterator(chunk_size=2000):
        yield entry, list(_faults_at(entry, expected=expected, previous=previous, key=key))
        previous, expected = bytes(entry.digest), entry.seq + 1


def _faults_at(entry: AuditEvent, *, expected: int, previous: bytes, key: bytes) -> Iterator[Fault]:
    """Give what is wrong at an entry: a gap before it, a change of its own, another one before it than it says."""
    if entry.seq != expected:
        gap = {"first": expected, "last": entry.seq - 1}
        yield Fault(expected, _("Entries %(first)d to %(last)d are missing.") % gap)
    if digest_of(entry, previous=bytes(entry.previous), key=key) != bytes(entry.digest):
        yield Fault(entry.seq, _("This entry was changed after it was written."))
    elif entry.seq == expected and bytes(entry.previous) != previous:
        yield Fault(entry.seq, _("This entry does not follow the one before it."))
