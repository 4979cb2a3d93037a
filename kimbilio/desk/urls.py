"""Addresses of the desk. A person's address is their card code; it says nothing outside these walls."""

from django.urls import path

from kimbilio.desk.views import editing, finding, office, person_page, registering

urlpatterns = [
    path("", finding.find, name="find"),
    path("register", registering.register, name="register"),
    path("register/likely", registering.likely, name="likely"),
    path("p/<slug:code>", person_page.person, name="person"),
    path("p/<slug:code>/name", person_page.show_identity, name="show_identity"),
    path("p/<slug:code>/about", editing.about, name="edit_about"),
    path("p/<slug:code>/details", editing.details, name="edit_details"),
    path("p/<slug:code>/where", editing.locator, name="edit_locator"),
    path("p/<slug:code>/phone", editing.phone, name="add_phone"),
    path("p/<slug:code>/contact", editing.contact, name="add_contact"),
    path("p/<slug:code>/number", editing.number, name="add_number"),
    path("p/<slug:code>/end", editing.end_entry, name="end_entry"),
    path("p/<slug:code>/consent", editing.consent, name="record_consent"),
    path("history", office.history, name="history"),
    path("setup", office.setup, name="setup"),
    path("components", office.components, name="components"),
    path("hidden", office.hidden, name="hidden"),
]
