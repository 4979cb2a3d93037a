"""Addresses of MAT, in neutral words: a browser's history shows them."""

from django.urls import path

from kimbilio.mat.views import clinic_numbers, look_into, steps

urlpatterns = [
    path("clinic", clinic_numbers.clinics, name="clinics"),
    path("clinic/<slug:clinic>/numbers", clinic_numbers.numbers, name="clinic_numbers"),
    path("clinic/<slug:clinic>/numbers/<slug:rule>", clinic_numbers.confirm, name="confirm_number"),
    path("p/<slug:code>/step", steps.record, name="record_step"),
    path("p/<slug:code>/step/<slug:step>", steps.correct, name="correct_step"),
    path("p/<slug:code>/step/<slug:step>/undo", steps.take_back, name="void_step"),
    path("p/<slug:code>/day", steps.one_day, name="correct_day"),
    path("look-into", look_into.listed, name="look_into"),
]
