"""Taking a book in: one whole, or nothing of it."""

from collections.abc import Callable

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.exchange.beginning import read_for, refuse_unless_allowed
from kimbilio.exchange.kinds import GivenBook, ReadBook
from kimbilio.exchange.kinds.base import Progress
from kimbilio.exchange.models import BookImport
from kimbilio.exchange.writing import write_book


def import_book(
    *,
    by: Actor,
    site: Site,
    given: GivenBook,
    progress: Progress = lambda _part: None,
    seen: Callable[[ReadBook], None] = lambda _read: None,
) -> BookImport:
    """Take a book in: every line ends in one fate, and what is taken is written, or all of it is refused.

    The book is read before anything is held, since that takes longest; `seen` is given it as it was read.
    """
    refuse_unless_allowed(by, site, given)
    read = read_for(site, given)
    seen(read)
    progress(0.1)
    return _import_read(by=by, site=site, read=read, progress=progress)


@action(Permission.IMPORT_BOOKS, event="book.imported", at="site")
def _import_read(*, by: Actor, site: Site, read: ReadBook, progress: Progress) -> BookImport:
    return write_book(by, site, read, progress)
