"""A person is given everything that is held of them: to read, and as a file. And who looked, in words for them."""

import json
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext

from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core.refusals import Refused
from kimbilio.core.sealed import SealedText
from kimbilio.exchange.choices import LineFate
from kimbilio.exchange.models import BookImport, BookLine
from kimbilio.people.actions import AboutClient, correct_client
from kimbilio.people.choices import ConsentPurpose, Sex
from kimbilio.people.traces import tables_about_people
from kimbilio.privacy.actions import give_copy, note_disagreement, show_looks
from kimbilio.privacy.record import FORMAT, VERSION, as_file, pdf_of
from kimbilio.privacy.record.sections import SECTIONS
from kimbilio.privacy.record.written import WrittenSection, sections_of
from tests.house.tables import named
from tests.privacy.canaries import Canaries
from tests.privacy.erased import Told, register_of, somebody
from tests.privacy.scanner import Scanner
from tests.programme import Programme, actor_with, person

NO_WARD = "'%(written)s' is no ward here, and is kept in words."


@pytest.fixture
def told(programme: Programme) -> Told:
    made = somebody(programme, Canaries("somebody who asks for a copy"))
    note_disagreement(by=made.by, client=made.client, text=made.canaries.note(2))
    return made


def test_every_table_about_people_is_in_the_copy_and_told_under_a_heading(told: Told) -> None:
    record, looks = give_copy(by=told.by, client=told.client)
    labels = {named(model) for model, _columns in tables_about_people()}
    assert set(record.tables) == labels == set(SECTIONS)
    for model, _columns in tables_about_people():
        columns = {column.name for column in model._meta.concrete_fields}
        assert set(SECTIONS[named(model)].columns) <= columns, named(model)
        sealed = {column.name for column in model._meta.concrete_fields if isinstance(column, SealedText)}
        untold = {"words", "settled_why"}  # what the desk was told of a line, in its own words
        assert sealed - untold <= set(SECTIONS[named(model)].columns), named(model)
    assert looks


def test_the_file_holds_every_word_and_number_of_theirs_and_says_its_version(told: Told) -> None:
    data = as_file(*give_copy(by=told.by, client=told.client))
    assert Scanner(told.canaries).found_in(data) == told.canaries.all()
    document = json.loads(data)
    assert (document["format"], document["version"]) == (FORMAT, VERSION)
    visits = document["records"]["visits.Visit"]
    assert [visit["number"] for visit in visits] == [1, 2, 3]
    assert visits[0]["values"]["at_site"] == {"name": "Karuri", "county": "Kiambu"}
    assert "index" not in data.decode()


@pytest.mark.parametrize("language", ["en", "sw"])
def test_the_document_tells_every_word_under_its_heading_and_is_tagged(told: Told, language: str) -> None:
    record, looks = give_copy(by=told.by, client=told.client)
    with translation.override(language):
        sections = sections_of(record, looks)
        pdf = pdf_of(record, looks)
    text = "\n".join(f"{title}: {line}" for title, lines in map(_told, sections) for line in lines)
    assert Scanner(told.canaries).found_in(text.encode()) == told.canaries.all()
    assert pdf.startswith(b"%PDF-1.7")
    assert b"/StructTreeRoot" in pdf
    assert f"/Lang({language})".encode() in pdf.replace(b" ", b"")
    assert not Scanner(told.canaries).found_in(pdf.partition(b"/Title")[2][:300])


def test_the_notes_of_a_book_line_stand_in_words_in_both_copies(told: Told, programme: Programme) -> None:
    book = BookImport.objects.create(
        organisation=programme.organisation,
        site=programme.site,
        serial=9000,
        kind="line-list",
        digest=b"9" * 32,
        rows=1,
    )
    kept = {"reason": {"written": "Nowhere"}, "notes": [[NO_WARD, {"written": "Nowhere"}]]}
    contents = {
        "said": {},
        "written": [["Ward", "Nowhere"]],
        "candidates": [str(book.pk)],
        "as_at": "2026-06-30",
    }
    BookLine.objects.create(
        organisation=programme.organisation,
        book_import=book,
        position=9000,
        sheet=1,
        line=9000,
        fate=LineFate.CORRECTED,
        reason=NO_WARD,
        words=json.dumps(kept),
        contents=json.dumps(contents),
        client=told.client,
    )
    record, looks = give_copy(by=told.by, client=told.client)
    data = as_file(record, looks).decode()
    line = json.loads(data)["records"]["exchange.BookLine"][-1]["values"]
    sentence = "'Nowhere' is no ward here, and is kept in words."
    assert (line["reason"], line["words"], line["contents"]) == (sentence, sentence, "Ward: Nowhere")
    assert "%(" not in data
    assert str(book.pk) not in data
    text = "\n".join(line for _title, lines in map(_told, sections_of(record, looks)) for line in lines)
    assert "Ward: Nowhere" in text


def test_the_document_speaks_to_the_person_of_what_they_agreed_to(told: Told) -> None:
    sections = sections_of(*give_copy(by=told.by, client=told.client))
    text = "\n".join(line for _title, lines in map(_told, sections) for line in lines)
    assert "To keep a record of you" in text
    assert not [purpose.label for purpose in ConsentPurpose if f"{purpose.label} ·" in text]


def _told(section: WrittenSection) -> tuple[str, list[str]]:
    return section.title, [" ".join(line) for line in section.lines]


def test_what_was_corrected_stands_in_the_copy_as_it_was(told: Told) -> None:
    correct_client(by=told.by, client=told.client, about=AboutClient(Sex.FEMALE, birth_year=1970))
    record, _looks = give_copy(by=told.by, client=told.client)
    before = {one.values["field"]: one.values["before"] for one in record.tables["people.ClientCorrection"]}
    assert before["sex"] == "male"
    assert before["birth_year"] == "1988"
    names = record.tables["identity.PersonalDetails"]
    assert [bool(one.ended_at) for one in names] == [True, False]


def test_nothing_of_anybody_else_is_in_it(told: Told, programme: Programme) -> None:
    other = Canaries("somebody else")
    person(told.by, programme.site, first=other.word(), last=other.word(), phone=other.phone())
    register_of(
        told,
        programme,
        [
            ["2/6/2025", told.number, " ".join(told.names), told.phone, "3"],
            ["2/6/2025", other.number(), f"{other.word()} {other.word()}", other.phone(), "3"],
        ],
    )
    data = as_file(*give_copy(by=told.by, client=told.client))
    assert Scanner(other).found_in(data) == set()


def test_making_it_is_written_down_as_an_opening_and_as_a_copy(told: Told, programme: Programme) -> None:
    desk = actor_with(Role.DESK_OFFICER, programme.site)
    give_copy(by=desk, client=told.client)
    show_looks(by=desk, client=told.client)
    mine = AuditEvent.objects.filter(actor_id=desk.staff_id).order_by("seq")
    assert list(mine.values_list("event", flat=True)) == [
        "identity.opened",
        "rights.copy_given",
        "rights.looks_shown",
    ]
    assert set(mine.values_list("about", flat=True)) == {told.client.pk}
    with pytest.raises(Refused):
        give_copy(by=actor_with(Role.ME_OFFICER, programme.site), client=told.client)


def test_who_looked_is_told_day_by_day_in_words_for_the_person(told: Told, programme: Programme) -> None:
    desk = actor_with(Role.DESK_OFFICER, programme.site)
    give_copy(by=desk, client=told.client)
    give_copy(by=desk, client=told.client)
    (today,) = show_looks(by=desk, client=told.client)
    sentences = {look.sentence: look.times for look in today.looks}
    assert sentences["A colleague, who works at the desk: made a copy of your whole record for you"] == 2
    assert sentences["A colleague, who leads the programme: registered you"] == 1
    with translation.override("sw"):
        assert all(look.sentence for day in show_looks(by=desk, client=told.client) for look in day.looks)


def test_a_copy_is_in_the_language_that_was_chosen_whatever_the_page_is_in(told: Told, sign_in: Any) -> None:
    desk, texts = sign_in(Role.DESK_OFFICER), {}
    for language in ("en", "sw"):
        typed = {"kind": "json", "language": language, "confirmed": "on"}
        texts[language] = desk.post(f"/p/{told.client.code}/rights/copy", typed).content.decode()
    for said in ("made a copy of your whole record for you", "Spoken, to a member of staff"):
        with translation.override("sw"):
            in_kiswahili = gettext(said)
        assert said in texts["en"]
        assert said not in texts["sw"]
        assert in_kiswahili in texts["sw"]


def test_the_page_asks_whose_it_is_and_hands_over_a_file_of_a_neutral_name(told: Told, sign_in: Any) -> None:
    desk = sign_in(Role.DESK_OFFICER)
    address = f"/p/{told.client.code}/rights/copy"
    asked = desk.post(address, {"kind": "pdf", "language": "en"})
    assert asked.status_code == 200
    assert "Tick this to go on." in asked.content.decode()
    for kind, begins in (("pdf", b"%PDF"), ("json", b"{")):
        given = desk.post(address, {"kind": kind, "language": "sw", "confirmed": "on"})
        assert given.content.startswith(begins)
        assert given["Content-Disposition"] == f'attachment; filename="copy.{kind}"'
        assert "no-store" in given["Cache-Control"]
