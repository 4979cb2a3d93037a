"""Addresses of case-loads, in neutral words: a browser's history shows them."""

from django.urls import path

from kimbilio.caseload.views import week, why

urlpatterns = [
    path("p/<slug:code>/why", why.why, name="why"),
    path("history/week", week.this_week, name="opened_week"),
    path("history/week/<slug:on>", week.week_of, name="opened_week_of"),
    path("history/week/<slug:on>/<str:username>", week.by_staff, name="opened_by"),
    path("history/week/<slug:on>/p/<slug:code>", week.of_person, name="opened_person"),
]
