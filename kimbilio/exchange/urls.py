"""Addresses of books. The words are neutral, and a file on its way in has a random reference."""

from django.urls import path

from kimbilio.exchange.views import books, choosing, settling, taking, taking_out

urlpatterns = [
    path("books", books.listed, name="imports"),
    path("books/new", choosing.choose, name="choose_book"),
    path("books/new/<slug:upload>", choosing.columns, name="book_columns"),
    path("books/new/<slug:upload>/lines", taking.preview, name="book_preview"),
    path("books/new/<slug:upload>/take", taking.take, name="take_book"),
    path("books/new/<slug:upload>/leave", taking.leave, name="leave_book"),
    path("books/new/<slug:upload>/going", taking.going, name="book_going"),
    path("books/waiting", settling.waiting, name="waiting_lines"),
    path("books/waiting/<int:imported>/<int:position>", settling.line, name="waiting_line"),
    path("books/waiting/<int:imported>/<int:position>/names", settling.names, name="waiting_names"),
    path("books/waiting/<int:imported>/<int:position>/typed", settling.correct, name="correct_line"),
    path("books/waiting/<int:imported>/<int:position>/undo", settling.take_back, name="line_waits_again"),
    path("files", taking_out.listed, name="files_out"),
    path("files/ask", taking_out.ask, name="ask_file_out"),
    path("files/<slug:serial>", taking_out.one, name="file_out"),
    path("files/<slug:serial>/approve", taking_out.approve, name="approve_file_out"),
    path("files/<slug:serial>/no", taking_out.turn_down, name="turn_down_file_out"),
    path("files/<slug:serial>/take", taking_out.take, name="take_file_out"),
    path("books/<int:imported>", books.one, name="imported_book"),
    path("books/<int:imported>/undo", books.undo, name="undo_import"),
]
