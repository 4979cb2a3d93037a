"""Addresses of the desk. A person's address is their card code; it says nothing outside these walls."""

from django.urls import path

from kimbilio.desk.views import (
    clinic_answer,
    clinic_day,
    duplicates,
    editing,
    finding,
    office,
    person_journey,
    person_page,
    registering,
)

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
    path("p/<slug:code>/journey", person_journey.journey, name="journey"),
    path("day", clinic_day.today, name="clinic_today"),
    path("day/<slug:clinic>/<slug:on>", clinic_day.day, name="clinic_day"),
    path("day/<slug:clinic>/<slug:on>/list", clinic_day.record, name="record_day"),
    path("day/<slug:clinic>/<slug:on>/undo", clinic_day.take_back, name="take_back_list"),
    path("follow/answers/<slug:serial>", clinic_answer.answer, name="clinic_answer"),
    path("duplicates", duplicates.listed, name="duplicates"),
    path("duplicates/<slug:code>/<slug:other>", duplicates.compare, name="compare"),
    path("duplicates/<slug:code>/<slug:other>/names", duplicates.names, name="compare_names"),
    path("duplicates/<slug:code>/<slug:other>/undo", duplicates.undo, name="undo_decision"),
    path("history", office.history, name="history"),
    path("setup", office.setup, name="setup"),
    path("components", office.components, name="components"),
    path("hidden", office.hidden, name="hidden"),
]
