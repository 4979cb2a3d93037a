"""Addresses of safekeeping."""

from django.urls import path

from kimbilio.safekeeping.views import closing, joining, keeping, trouble

urlpatterns = [
    path("keeping", keeping.keeping, name="keeping"),
    path("keeping/sheet", keeping.recovery_sheet, name="recovery_sheet"),
    path("close", closing.close, name="close"),
    path("join", joining.join, name="join"),
    path("trouble", trouble.trouble, name="trouble"),
]
