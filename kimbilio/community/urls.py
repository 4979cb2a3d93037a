"""Addresses of community events."""

from django.urls import path

from kimbilio.community import views

urlpatterns = [
    path("events", views.events, name="events"),
    path("events/new", views.record, name="record_event"),
    path("events/<slug:on>/<slug:event>", views.correct, name="correct_event"),
    path("events/<slug:on>/<slug:event>/undo", views.undo, name="undo_event"),
]
