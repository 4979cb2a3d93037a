"""A day at a safe space, over HTTP: whatever may be typed of people is typed, and all of it is a canary."""

from dataclasses import dataclass, field

from tests.browsing import Page, Session
from tests.privacy.canaries import Canaries
from tests.running import RunningHome

WORDS_OF_A_NOTE = 8


@dataclass
class Person:
    """What the desk came to know of one person today."""

    code: str
    standing: list[str]
    """What their page of names and contacts must show."""
    names: dict[str, str]
    phone: str
    number: str


@dataclass
class Day:
    """Goes through the day at one home. `sessions` keeps every answer that anybody got."""

    home: RunningHome
    canaries: Canaries
    people: list[Person] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.desk = self.visitor()

    def visitor(self) -> Session:
        """Return a new browser, whose answers are remembered."""
        session = self.home.visitor()
        self.sessions.append(session)
        return session

    def begin(self) -> None:
        """Sign in, after a wrong password and after a person's name typed where the sign-in name belongs."""
        new = self.canaries
        for login, password in [
            (self.home.username, new.word()),
            (new.word(), self.home.password),
            (new.phone(), new.number()),
            (f"{new.word()} {new.word()}", new.word()),
        ]:
            assert self.desk.submit("/sign-in", login=login, password=password).status == 200
        typed = {"code": new.number(), "password1": new.word(), "password2": new.word()}
        assert self.desk.submit("/reset", username=new.word(), **typed).status == 200
        self.desk.sign_in(self.home.username, self.home.password)

    def welcome_a_person(self) -> Person:
        """Register somebody who was looked for and not found, then add and correct everything there is."""
        new = self.canaries
        names = {part: new.word() for part in ("first", "middle", "last", "nickname")}
        phone, number = new.phone(), new.number()
        self._register(names, phone, number)
        person = Person(self.desk.answers[-1].path.removeprefix("/p/"), [phone, number], names, phone, number)
        self._add_everything(person)
        self._find_again(person)
        self._show(person)
        self._come_in(person)
        self.people.append(person)
        return person

    def _register(self, names: dict[str, str], phone: str, number: str) -> None:
        desk = self.desk
        looked_for = desk.post("/", {"q": f"{names['first']} {names['last']}"}, **{"HX-Request": "true"})
        assert looked_for.status == 200
        form = desk.get("/register").form("consent")
        typed = names | {"phone": phone, "number_kind": "mat_number", "number": number, "born": "1990"}
        assert desk.post("/register/likely", form.fields | typed, **{"HX-Request": "true"}).status == 200
        kept = desk.send(form, "/register", **typed)  # without sex and consent
        assert kept.status == 200
        assert names["middle"] in kept.text, "a form with a mistake keeps what was typed"
        given = {"sex": "female", "consent": "on", "manner": "spoken", "confirm_new": "on"}
        made = desk.send(kept.form("consent"), "/register", **given)
        assert made.status == 302, made.text
        assert desk.follow(made).status == 200

    def _add_everything(self, person: Person) -> None:
        new = self.canaries
        names = {part: new.word() for part in ("first", "middle", "last", "nickname")}
        self._edit(person, "details", **names, birth_date=new.birth_date())
        self._edit(person, "where", where=new.note(2))
        where, phone = new.note(WORDS_OF_A_NOTE), new.phone()
        self._edit(person, "where", where=where)
        self._edit(
            person, "phone", number=phone, belongs_to="own", may_call="any_staff", safe_to_say="nothing"
        )
        contact = {"name": new.word(), "relationship": new.word(), "phone": new.phone()}
        self._edit(person, "contact", **contact)
        number = new.number()
        self._edit(person, "number", kind="old_code", number=number)
        self._edit(person, "about", sex="female", born="1991")
        self._edit(person, "consent", hold_a_record="given", manner="written")
        person.names = names
        person.standing += [*names.values(), where, phone, *contact.values(), number]

    def _edit(self, person: Person, what: str, **typed: str) -> None:
        saved = self.desk.submit(f"/p/{person.code}/{what}", **typed)
        assert saved.status == 302, f"{what}: {saved.status} {saved.text}"

    def _find_again(self, person: Person) -> None:
        whole_name = f"{person.names['last'].lower()} {person.names['first'].upper()}"
        digits = "".join(filter(str.isdigit, person.phone))[-9:]
        for text in (
            whole_name,
            person.names["nickname"],
            f"0{digits}",
            f"+254 {digits}",
            person.number.lower(),
        ):
            found = self.desk.post("/", {"q": text, "open": "1"})
            assert f"/p/{person.code}" in found.text + found.header("Location"), f"{text} finds nobody"

    def _show(self, person: Person) -> None:
        page = self.desk.follow(self.desk.get(f"/p/{person.code}"))
        shown = self.desk.send(page.form("/name"), page.path)
        missing = [text for text in person.standing if not self._is_shown(text, shown)]
        assert not missing, f"{missing} is not on the page of names and contacts"
        ended = self.desk.send(shown.form("entry"), shown.path)  # the first phone
        assert ended.status == 302, ended.text
        part = self.desk.post(f"/p/{person.code}/name", {}, **{"HX-Request": "true"})
        assert not self._is_shown(person.phone, part)

    def _come_in(self, person: Person) -> None:
        """Save a visit, look for somebody else by name whose it might be, and take it back."""
        desk, page = self.desk, f"/p/{person.code}/visit"
        assert desk.submit(page, needles_returned="3").status == 302
        undo = desk.get("/").form("/undo")
        found = desk.submit(undo.action.replace("/undo", "/move"), q=person.names["last"])
        assert found.status == 200, found.text
        assert desk.send(undo, page).status == 302

    @staticmethod
    def _is_shown(text: str, page: Page) -> bool:
        digits = "".join(filter(str.isdigit, text))
        is_phone = text.startswith(("0", "+254", "254"))
        return text in page.text or (is_phone and f"+254{digits[-9:]}" in page.text)

    def make_mistakes(self) -> None:
        """Type what belongs elsewhere, ask for pages that are not there, send forms that make no sense."""
        new, desk, code = self.canaries, self.desk, self.people[0].code
        wrong_forms = {
            "details": {"first": new.word(), "birth_date": new.word()},
            "phone": {"number": new.word(), "belongs_to": new.word()},
            "contact": {"name": new.word(), "phone": new.number()},
            "number": {"number": new.word(), "kind": new.word()},
            "about": {"sex": new.word(), "born": new.word(), "ward": new.word()},
            "consent": {"hold_a_record": new.word(), "occurred_on": new.word()},
            "where": {"where": new.note(3), "token": new.word()},
        }
        for what, typed in wrong_forms.items():
            path = f"/p/{code}/{what}"
            assert desk.submit(path, **typed).status == 200, path
            assert desk.post(path, {"token": new.word()} | typed).status == 200
        assert (
            desk.post("/register", {"token": "", "first": "\x00" + new.word(), "sex": "female"}).status == 200
        )
        self._ask_for_what_is_not_there(code)
        self._send_without_the_token_against_forgery(code)

    def _ask_for_what_is_not_there(self, code: str) -> None:
        new, desk = self.canaries, self.desk
        assert desk.get(f"/p/{new.word()}").status == 404
        assert desk.get(f"/{new.word()}").status == 404
        assert desk.get(f"/?q={new.word()}&before={new.phone().replace(' ', '')}").status == 200
        assert desk.post(f"/p/{code}/end", {"entry": new.word()}).status == 404
        assert desk.post("/language", {"language": new.word(), "next": f"/{new.word()}"}).status == 404
        assert desk.post("/site", {"site": new.word(), "next": f"/{new.word()}"}).status == 404
        assert desk.get(f"/history?before={new.word()}").status == 403
        assert desk.post("/staff/add", {"display_name": new.word(), "username": new.word()}).status == 403
        too_much = {"where": f"{new.word()} " * 100_000}
        assert desk.post(f"/p/{code}/where", too_much).status == 400

    def _send_without_the_token_against_forgery(self, code: str) -> None:
        forged = {"csrfmiddlewaretoken": self.canaries.word(), "first": self.canaries.word()}
        assert self.desk.post(f"/p/{code}/details", forged).status == 403

    def write_down_who_came(self) -> None:
        """Type somebody's names or number into an attendance sheet, beside names and phones that nobody has."""
        new, desk, person = self.canaries, self.desk, self.people[0]
        for known in (f"{person.names['first']} {person.names['last']}", person.number):
            for of_nobody in (f"{new.word()} {new.word()}", new.phone()):
                typed = {"kind": "cbt", "lines": f"{known}\n{of_nobody}", "do": "save"}
                page = desk.submit("/sessions/new", **typed)
                assert page.status == 200, page.text
                assert of_nobody in page.text, "a line that names nobody stays in the box"
                saved = desk.send(page.form("lines"), "/sessions/new", leave_out="on", do="save")
                assert saved.status == 302, saved.text
                assert person.code in desk.follow(saved).text

    def leave_the_desk_with_forms_half_filled(self) -> None:
        """Have the lock fall on a form that was being typed, and on one that is sent after it fell."""
        desk, new = self.desk, self.canaries
        typed = {"first": new.word(), "last": new.word(), "phone": new.phone(), "number": new.number()}
        locked = desk.submit("/register", **typed, **{"keep-for-later": "1"})
        assert locked.status == 423
        assert desk.get(f"/p/{self.people[0].code}").status == 423
        password = {"unlock-password": self.home.password}
        wrong = desk.send(locked.form("unlock-password"), "/register", **{"unlock-password": new.word()})
        assert wrong.status == 423
        back = desk.send(wrong.form("unlock-password"), "/register", **password)
        assert back.status == 200
        assert typed["first"] in back.text, "a form comes back as it was left"

        path = f"/p/{self.people[0].code}/details"
        form = desk.get(path).form("first")
        assert desk.get("/locked").status == 423
        typed = {"first": new.word(), "last": new.word(), "birth_date": new.birth_date()}
        locked = desk.send(form, path, **typed)
        assert locked.status == 423
        saved = desk.send(locked.form("unlock-password"), path, **password)
        assert saved.status == 302, "what was sent after the lock fell is saved once it is lifted"
        shown = desk.post(f"/p/{self.people[0].code}/name", {})
        assert typed["first"] in shown.text

    def end(self) -> None:
        """Sign out."""
        signed_out = self.desk.post("/sign-out", {})
        assert signed_out.status == 302
        assert self.desk.get(f"/p/{self.people[0].code}").status == 302
