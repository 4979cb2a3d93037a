"""Every page of every part, in all its states. A part's pages are known once its module here was read."""

from tests.stories import (
    pages,
    pages_of_books,
    pages_of_clinic,
    pages_of_closing,
    pages_of_consent,
    pages_of_follow_up,
    pages_of_gatherings,
    pages_of_keeping,
    pages_of_reports,
    pages_of_rights,
    pages_of_sign_in,
    pages_of_supplies,
    pages_of_trouble,
    pages_of_two_cards,
    pages_of_visits,
    pages_of_watching,
)

_PARTS = (
    pages,
    pages_of_books,
    pages_of_clinic,
    pages_of_closing,
    pages_of_consent,
    pages_of_follow_up,
    pages_of_gatherings,
    pages_of_keeping,
    pages_of_reports,
    pages_of_rights,
    pages_of_sign_in,
    pages_of_supplies,
    pages_of_trouble,
    pages_of_two_cards,
    pages_of_visits,
    pages_of_watching,
)
ALL_PAGES = tuple(pages.EVERY_PAGE)
