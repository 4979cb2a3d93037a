"""The pages of books: choosing a file, its columns, what becomes of each line, lines that wait."""

from tests.stories.homes import LIAISON
from tests.stories.pages import send, shown_to, unfold_and_send
from tests.stories.visitor import Visitor

_HEADINGS = "NAMBA,JINA LA KWANZA,JINA LA UKOO,JINSIA,SIMU,WADI"
_LIST = f"""ORODHA YA WANACHAMA
{_HEADINGS}
TST-0001,Safari,Mrima,Me,0712 000 901,Karuri
TST-0002,Mapenzi,Tsuma,Ke,0712 000 902,Karuri
,?,,Me,,
JUMLA,3,,,,
"""

_REGISTER = """NA.,TAREHE,NAMBA,JINA,SINDANO ZILIZOTOLEWA,RUFAA,PAMBA
1,2/6/2025,TST-0001,,4,VVU,5
2,",,",TST-0404,Rehema Nyale Thuo,2,,
3,??,TST-0001,,2,,
"""

_EVENTS = """TAREHE,SHUGHULI,MAHALI,WANAUME,WANAWAKE
3/6/2025,Usafi wa mazingira,Karuri,20,6
5/6/2025,Mkesha wa mishumaa,Karuri,12,14
??,Baraza la chifu,Karuri,30,20
"""

_FILES = {
    "line-list": "orodha.csv",
    "attendance": "mwezi.csv",
    "register": "rejista.csv",
    "events": "matukio.csv",
}


def _chosen(v: Visitor, text: str = _LIST, kind: str = "line-list") -> None:
    v.opens("/books/new")
    v.page.locator(f"[name=kind][value={kind}]").check()
    file = {"name": _FILES[kind], "mimeType": "text/csv", "buffer": text.encode()}
    v.page.locator("[name=file]").set_input_files(file)  # type: ignore[arg-type]
    send(v)


def _looked_at(v: Visitor, text: str = _LIST) -> None:
    _chosen(v, text)
    send(v)


@shown_to(to=LIAISON)
def books(v: Visitor) -> None:
    v.opens("/books")


@shown_to(to=LIAISON)
def a_book_to_choose(v: Visitor) -> None:
    v.opens("/books/new")


@shown_to(to=LIAISON)
def a_book_that_is_none(v: Visitor) -> None:
    _chosen(v, "%PDF-1.4")


@shown_to(to=LIAISON)
def columns_of_a_book(v: Visitor) -> None:
    _chosen(v)


@shown_to(to=LIAISON)
def columns_of_a_book_that_are_not_known(v: Visitor) -> None:
    _chosen(v, _LIST.replace("NAMBA", "QWERTY").replace("TST-", ""))


@shown_to(to=LIAISON)
def columns_and_marks_of_a_month(v: Visitor) -> None:
    _chosen(v, "MAT No.,1,2,3\nTST001,P,A,Q\nTST002,P,P,P\n", "attendance")


@shown_to(to=LIAISON)
def what_becomes_of_each_line(v: Visitor) -> None:
    _looked_at(v)


@shown_to(to=LIAISON)
def a_book_taken_in(v: Visitor) -> None:
    _looked_at(v)
    send(v)


@shown_to(to=LIAISON)
def a_book_taken_back(v: Visitor) -> None:
    _looked_at(v, _LIST.replace("TST-", "TSU-"))
    send(v)
    unfold_and_send(v, "form[action$='/undo']")


@shown_to(to=LIAISON)
def lines_that_wait(v: Visitor) -> None:
    a_book_taken_in(v)
    v.opens("/books/waiting")


@shown_to(to=LIAISON)
def a_line_that_waits(v: Visitor) -> None:
    lines_that_wait(v)
    v.page.locator("main a.main").click()


@shown_to(to=LIAISON)
def a_line_that_cannot_be_left_out_so(v: Visitor) -> None:
    a_line_that_waits(v)
    v.page.locator("[name=answer][value=out]").check()
    send(v)


@shown_to(to=LIAISON)
def a_line_to_be_put_right(v: Visitor) -> None:
    a_line_that_waits(v)
    v.page.locator("[aria-labelledby=typed] summary").click()
    v.page.locator("#typed_code").fill("TST-0003")
    send(v, "[aria-labelledby=typed] button")


@shown_to(to=LIAISON)
def columns_of_a_register(v: Visitor) -> None:
    _chosen(v, _REGISTER, "register")


@shown_to(to=LIAISON)
def what_becomes_of_each_visit(v: Visitor) -> None:
    columns_of_a_register(v)
    send(v)


@shown_to(to=LIAISON)
def what_becomes_of_each_event(v: Visitor) -> None:
    _chosen(v, _EVENTS, "events")
    send(v)


@shown_to(to=LIAISON)
def a_line_of_a_register_without_its_day(v: Visitor) -> None:
    what_becomes_of_each_visit(v)
    send(v)
    _opens_the_last_that_waits(v, "register")


@shown_to(to=LIAISON)
def an_event_that_waits(v: Visitor) -> None:
    what_becomes_of_each_event(v)
    send(v)
    _opens_the_last_that_waits(v, "events")


def _opens_the_last_that_waits(v: Visitor, kind: str) -> None:
    v.opens("/books/waiting")
    v.page.locator("main a.row", has_text=_FILES[kind]).last.click()
