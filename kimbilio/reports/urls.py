"""Addresses of reports, in neutral words: a browser's history shows them."""

from django.urls import path

from kimbilio.reports.views import closing, estimates, months, records

urlpatterns = [
    path("reports", months.months, name="reports"),
    path("reports/estimates", estimates.estimates, name="estimates"),
    path("reports/estimates/new", estimates.new_estimate, name="new_estimate"),
    path("reports/estimates/withdraw", estimates.withdraw_one_estimate, name="withdraw_estimate"),
    path("reports/needs/withdraw", estimates.withdraw_one_need, name="withdraw_need"),
    path("reports/needs/new", estimates.new_need, name="new_need"),
    path("reports/<slug:month>", months.month, name="report_month"),
    path("reports/<slug:month>/file/<slug:file>", months.month_file, name="report_file"),
    path("reports/<slug:month>/check", closing.check, name="report_check"),
    path("reports/<slug:month>/check/<slug:check>", records.found, name="report_check_rows"),
    path("reports/<slug:month>/close", closing.close, name="report_close"),
    path("reports/<slug:month>/close/propose", closing.propose, name="report_propose"),
    path("reports/<slug:month>/close/confirm", closing.confirm, name="report_confirm"),
    path("reports/<slug:month>/close/withdraw", closing.withdraw, name="report_withdraw"),
    path("reports/<slug:month>/<str:indicator>", records.records, name="report_records"),
]
