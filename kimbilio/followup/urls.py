"""Addresses of follow-up. The words are neutral, and a person's address is their card code."""

from django.urls import path

from kimbilio.followup.views import going, listed, person, sheets

urlpatterns = [
    path("follow", listed.listed, name="follow"),
    path("follow/suggested", listed.take_suggestions, name="follow_suggested"),
    path("follow/how", going.numbers, name="follow_how"),
    path("follow/how/answer", going.answer, name="follow_answer"),
    path("follow/sheets", sheets.sheets, name="follow_sheets"),
    path("follow/sheets/clinic", sheets.clinic_answer, name="follow_clinic_answer"),
    path("follow/sheets/<slug:serial>", sheets.sheet, name="follow_sheet"),
    path("follow/p/<slug:code>", person.person, name="follow_person"),
    path("follow/p/<slug:code>/attempt", person.attempt, name="follow_attempt"),
    path("follow/p/<slug:code>/attempt/<slug:attempt>", person.correct, name="follow_correct"),
    path("follow/p/<slug:code>/attempt/<slug:attempt>/undo", person.take_back, name="follow_take_back"),
    path("follow/p/<slug:code>/back", person.way_back, name="follow_way_back"),
    path("follow/p/<slug:code>/came", person.came, name="follow_came"),
    path("follow/p/<slug:code>/wish", person.wish, name="follow_wish"),
    path("follow/p/<slug:code>/who", person.who, name="follow_who"),
]
