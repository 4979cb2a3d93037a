"""Addresses of places."""

from django.urls import path

from kimbilio.places import views

urlpatterns = [
    path("places", views.places, name="places"),
    path("places/site", views.new_site, name="new_site"),
    path("places/clinic", views.new_clinic, name="new_clinic"),
    path("places/facility", views.new_facility, name="new_facility"),
    path("places/hotspot", views.new_hotspot, name="new_hotspot"),
]
