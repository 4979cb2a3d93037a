"""Every address. The words are neutral: a browser's history shows them."""

from django.urls import include, path

from kimbilio.config.pages import favicon, healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("favicon.ico", favicon, name="favicon"),
    path("", include("kimbilio.accounts.urls")),
    path("", include("kimbilio.places.urls")),
    path("", include("kimbilio.stock.urls")),
    path("", include("kimbilio.mat.urls")),
    path("", include("kimbilio.community.urls")),
    path("", include("kimbilio.followup.urls")),
    path("", include("kimbilio.caseload.urls")),
    path("", include("kimbilio.reports.urls")),
    path("", include("kimbilio.privacy.urls")),
    path("", include("kimbilio.safekeeping.urls")),
    path("", include("kimbilio.exchange.urls")),
    path("", include("kimbilio.desk.urls")),
]

handler400 = "kimbilio.config.pages.bad_request"
handler403 = "kimbilio.config.pages.forbidden"
handler404 = "kimbilio.config.pages.not_here"
handler500 = "kimbilio.config.pages.broken"
