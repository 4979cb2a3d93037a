"""One person's coming to the desk, as forms that are sent: what must be there, once, whatever dies meanwhile."""

import http.client
import re
from dataclasses import dataclass, field
from uuid import uuid4

from tests.browsing import Page, Session
from tests.privacy.canaries import Canaries


class NotSaved(Exception):  # as the product's own refusals
    """A form was answered, but not with a page that says it is saved."""

    def __init__(self, step: "Step", answer: Page) -> None:
        super().__init__(f"{step.event}: {answer.status} {answer.text}")
        self.status = answer.status


@dataclass
class Step:
    """One form, with its token, and whether the browser was told that it is saved."""

    event: str
    """What the audit calls it."""
    path: str
    fields: dict[str, str]
    shows: list[str] = field(default_factory=list)
    """What the page of names and contacts shows once this is saved."""
    acknowledged: bool = False


class Story:
    """Registers one person and edits them, form by form."""

    def __init__(self, new: Canaries) -> None:
        self.code = ""
        self.name = new.word()
        names = {"first": self.name, "middle": new.word(), "last": new.word(), "nickname": new.word()}
        corrected = names | {"last": new.word(), "birth_date": new.birth_date()}
        locator, contact, note = new.note(3), {"name": new.word(), "relationship": new.word()}, new.note(2)
        number, other_number = new.number(), new.number()
        self.steps = [
            _step(
                "person.registered",
                "/register",
                {"sex": "male", "consent": "on", "manner": "spoken", "confirm_new": "on", "born": "1990"}
                | {"phone": new.phone(), "number_kind": "old_code", "number": number, **names},
                [names["middle"], names["nickname"], number],
            ),
            _step("identity.details_recorded", "/p/{code}/details", corrected, [corrected["last"]]),
            _step("identity.locator_recorded", "/p/{code}/where", {"where": note}),
            _step("identity.locator_recorded", "/p/{code}/where", {"where": locator}, [locator]),
            _step(
                "identity.phone_recorded",
                "/p/{code}/phone",
                {
                    "number": new.phone(),
                    "belongs_to": "own",
                    "may_call": "any_staff",
                    "safe_to_say": "nothing",
                },
            ),
            _step("identity.contact_recorded", "/p/{code}/contact", contact, list(contact.values())),
            _step(
                "identity.number_recorded",
                "/p/{code}/number",
                {"kind": "other", "number": other_number},
                [other_number],
            ),
            _step("person.corrected", "/p/{code}/about", {"sex": "female", "born": "1984"}),
            _step(
                "consent.recorded",
                "/p/{code}/consent",
                {"hold_a_record": "given", "manner": "written", "occurred_on": "2025-01-15"},
            ),
        ]

    def go_on(self, session: Session) -> None:
        """Send every form that was not acknowledged yet, in order, until one gets no answer."""
        for step in self.steps:
            if not step.acknowledged:
                self.send(session, step)

    def go_on_until_it_dies(self, session: Session) -> bool:
        """Send forms until the server, or its database, is gone; says whether it went."""
        try:
            self.go_on(session)
        except (OSError, http.client.HTTPException):
            return True
        except NotSaved as refused:
            # 400 where the database went before the sign-in's own row was stored: Django takes it for ended.
            if refused.status < 500 and refused.status != 400:
                raise
            return True
        return False

    def send(self, session: Session, step: Step) -> None:
        """Send one form. Sent again, it must say the same as the first time."""
        answer = session.post(step.path.format(code=self.code), step.fields)
        if answer.status != 302:
            raise NotSaved(step, answer)
        code = answer.header("Location").removeprefix("/p/")
        assert code == (self.code or code), f"{step.event} led to {code}, not to {self.code}"
        self.code, step.acknowledged = code, True
        session.cookies.pop("messages", None)  # a browser would have gone on to the page that shows them

    def send_everything_again(self, session: Session) -> None:
        """Send each form once more, as a browser does that never heard the answer."""
        for step in self.steps:
            self.send(session, step)

    def found(self, session: Session) -> list[str]:
        """Return the codes of those who are found by this person's first name."""
        page = session.post("/", {"q": self.name}, **{"HX-Request": "true"})
        assert page.status == 200, page.text
        return [code for link in page.links for code in re.findall(r"^/p/(\w+)$", link)]

    def check_what_was_acknowledged(self, session: Session) -> None:
        """Fail unless all that the browser was told is saved is there, and nobody is there by half or twice."""
        found = self.found(session)
        assert len(found) <= 1, f"one person was registered, and these were found: {found}"
        assert not self.code or found == [self.code], f"{self.code} was acknowledged, and found was {found}"
        if found:
            page = self.names_page(session, found[0])
            # Somebody who is there at all is there with all that came in the same form.
            told = [step for step in self.steps if step.acknowledged] or self.steps[:1]
            missing = [text for step in told for text in step.shows if text not in page.text]
            assert not missing, f"{missing} is gone, of {found[0]}"

    @staticmethod
    def names_page(session: Session, code: str) -> Page:
        """Return a person's page of names and contacts."""
        page = session.post(f"/p/{code}/name", {})
        assert page.status == 200, page.text
        return page


def _step(event: str, path: str, fields: dict[str, str], shows: list[str] | None = None) -> Step:
    return Step(event, path, fields | {"token": str(uuid4())}, shows or [])
