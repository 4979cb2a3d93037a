"""What addresses call a record: the same each time, another for each record, and telling nothing."""

import pytest

from kimbilio.core.references import reference_to, referred_to
from kimbilio.core.refusals import NotHere
from tests.programme import Programme

pytestmark = pytest.mark.django_db


def test_a_reference_leads_to_its_record_alone(programme: Programme) -> None:
    sites = [programme.site, programme.other_site]
    references = [reference_to(site) for site in sites]
    assert len(set(references)) == 2
    assert [referred_to(sites, one) for one in references] == sites
    assert all(len(one) == 12 and one not in site.pk.hex for one, site in zip(references, sites, strict=True))
    for wrong in ("", "0123456789ab", references[0][:-1], "é" * 12):
        with pytest.raises(NotHere):
            referred_to(sites, wrong)
