"""Taking a paper of the ledger back: each of its movements is answered by one that leads back."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.audit.turn import hold_the_chain
from kimbilio.core.refusals import NotHere
from kimbilio.stock.choices import MovementKind
from kimbilio.stock.models import Document, Movement
from kimbilio.stock.reversing import reverse
from kimbilio.stock.site_accounts import site_accounts
from kimbilio.stock.writing import told


@action(Permission.KEEP_STOCK, event="stock.reversed", at="document")
def reverse_document(*, by: Actor, document: Document) -> Document:
    """Take a receipt, move, loss or count back. It is kept, and counts no more; twice adds nothing."""
    hold_the_chain(by.organisation_id)
    ours = Document.objects.select_related("from_account", "to_account")
    held = ours.filter(organisation=by.organisation_id, pk=document.pk).first()
    if held is None:
        raise NotHere
    if held.reversed_at is not None:
        return told(held, [])
    held.reversed_at, held.reversed_by = timezone.now(), by.staff_id
    held.save(update_fields=["reversed_at", "reversed_by"])
    sites = {held.from_account.site_id, held.to_account.site_id}
    papers = [held.pk, *(_explained_by(held) if held.kind == MovementKind.COUNT else ())]
    movements = Movement.objects.filter(organisation=by.organisation_id, document__in=papers)
    return told(held, reverse(by, site_accounts(by.organisation_id, sites), movements))


def _explained_by(count: Document) -> QuerySet[Document, UUID]:
    """Return the counts of its place that were taken back while this one stood, and so are answered only now."""
    gone = Document.objects.filter(
        organisation=count.organisation_id,
        to_account=count.to_account,
        kind=MovementKind.COUNT,
        reversed_at__isnull=False,
    )
    return gone.values_list("pk", flat=True)
