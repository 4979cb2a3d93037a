"""What a book may add within what people agreed to: nothing after a no to a record, no phone after a no to calls."""

from collections.abc import Sequence
from dataclasses import replace

from kimbilio.accounts.models import Site
from kimbilio.exchange.books.wording import gettext_noop, say
from kimbilio.exchange.choices import LineFate
from kimbilio.exchange.kinds.base import Line
from kimbilio.exchange.kinds.new_people import NewFacts
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import uses_consent, who_agreed, who_said_no


@uses_consent(ConsentPurpose.HOLD_A_RECORD, ConsentPurpose.PHONE_CONTACT, ConsentPurpose.HOME_VISIT)
def keep_within_consent(site: Site, lines: Sequence[Line]) -> None:
    """Let lines wait whose people said no to a record, and leave out how somebody is reached who does not want to be.

    A line that waits loses nothing: it can go in once they are asked anew. Seven questions, however many lines.
    """
    new = {line.client_id for line in lines if line.is_new}
    known = [
        line
        for line in lines
        if line.client_id and line.client_id not in new and line.fate != LineFate.COPIES
    ]
    ids = {line.client_id for line in known if line.client_id}
    agreed = who_agreed(site.organisation_id, ConsentPurpose.HOLD_A_RECORD, ids)
    no_calls = who_said_no(site.organisation_id, ConsentPurpose.PHONE_CONTACT, ids)
    no_visits = who_said_no(site.organisation_id, ConsentPurpose.HOME_VISIT, ids)
    for line in known:
        if line.client_id not in agreed:
            line.wait(LineFate.UNKNOWN, say(gettext_noop("This person said no to our keeping a record.")))
        elif isinstance(line.plan, NewFacts):
            _leave_out(line, line.plan, line.client_id in no_calls, line.client_id in no_visits)


def _leave_out(line: Line, facts: NewFacts, no_calls: bool, no_visits: bool) -> None:
    if no_calls and facts.phones:
        line.plan = replace(line.plan, phones=[])
        line.note(say(gettext_noop("The person does not want to be called: the phone was left out.")))
    if no_visits and facts.where:
        line.plan = replace(line.plan, where="")
        sentence = gettext_noop("The person does not want to be visited: where to find them was left out.")
        line.note(say(sentence))
