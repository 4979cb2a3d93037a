"""Addresses of a person's rights, under their card code, and of the office's lists."""

from django.urls import path

from kimbilio.privacy.choices import Kept
from kimbilio.privacy.views import copying, forgetting, keeping, rights, telling

urlpatterns = [
    path("p/<slug:code>/rights", rights.rights, name="rights"),
    path("p/<slug:code>/rights/copy", copying.copy, name="rights_copy"),
    path("p/<slug:code>/rights/looked", copying.looked, name="rights_looked"),
    path("p/<slug:code>/rights/told", telling.told, name="rights_told"),
    path("p/<slug:code>/rights/told/new", telling.tell, name="rights_tell"),
    path("p/<slug:code>/rights/told/<slug:told>", telling.amend, name="rights_amend"),
    path("p/<slug:code>/rights/words", telling.disagree, name="rights_disagree"),
    path("p/<slug:code>/rights/end", forgetting.forget, name="rights_forget"),
    path("p/<slug:code>/rights/end/<slug:asked>", forgetting.withdraw, name="rights_withdraw"),
    path("rights", forgetting.requests, name="rights_requests"),
    path("rights/told", telling.told_list, name="rights_told_list"),
    path("rights/kept", keeping.kept, name="rights_kept"),
]
# A kind is no record of anybody's, so each has an address of its own.
urlpatterns += [
    path(f"rights/kept/{kind}", keeping.period, {"kind": kind}, name=f"rights_period_{kind}")
    for kind in Kept.values
]
