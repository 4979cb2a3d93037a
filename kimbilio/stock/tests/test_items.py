"""The items of a programme: added, set, ended, used again."""

import pytest

from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.stock.actions import NewItem, Weeks, add_item, end_item, set_item_weeks, use_item_again
from kimbilio.stock.choices import SupplyKind
from kimbilio.stock.items import standard_items
from kimbilio.stock.queries import items_in_use
from kimbilio.stock.tests.keeping import Keeping


@pytest.fixture
def keeping(programme, actor):
    return Keeping(actor(Role.DESK_OFFICER), programme.site)


def test_an_item_is_added_set_ended_and_used_again(keeping):
    soap = add_item(by=keeping.by, item=NewItem(SupplyKind.OTHER, " Bar  soap ", "bar", Weeks(4, 2, 6)))
    assert (soap.name, soap.pace_weeks, soap.reorder_weeks, soap.expiry_weeks) == ("Bar soap", 4, 2, 6)
    with pytest.raises(Refused):
        add_item(by=keeping.by, item=NewItem(SupplyKind.OTHER, "bar soap", "bar"))
    assert set_item_weeks(by=keeping.by, item=soap, weeks=Weeks(8, 3, 6)).reorder_weeks == 3
    end_item(by=keeping.by, item=soap)
    assert soap not in items_in_use(keeping.by)
    use_item_again(by=keeping.by, item=soap)
    assert soap in items_in_use(keeping.by)
    events = AuditEvent.objects.filter(record_id=soap.pk).values_list("event", flat=True)
    assert set(events) == {"stock.item_added", "stock.item_set", "stock.item_ended", "stock.item_used_again"}


def test_another_programmes_item_cannot_be_changed(keeping, programme):
    theirs = standard_items(programme.other_organisation.pk)[SupplyKind.CONDOMS]
    for act in (end_item, use_item_again):
        with pytest.raises(NotHere):
            act(by=keeping.by, item=theirs)
    with pytest.raises(NotHere):
        set_item_weeks(by=keeping.by, item=theirs, weeks=Weeks())
