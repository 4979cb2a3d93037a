"""The answer to the clinic as it was printed: by the clinic's own numbers, and within what people agreed to."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from kimbilio.accounts.entry import entry
from kimbilio.accounts.queries import sign_in_names
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.followup.choices import SheetKind
from kimbilio.followup.papers import lines_shown
from kimbilio.followup.queries import lines_of, sheet_within_reach
from kimbilio.identity.actions import open_mat_numbers


@entry(Permission.PRINT_FOLLOW_UP)
def answer(request: Request, serial: str) -> HttpResponse:
    """Show an answer to the clinic, for the printer. That numbers were read is written down first."""
    sheet = sheet_within_reach(request.actor, serial)
    if sheet.kind != SheetKind.CLINIC:
        return redirect("follow_sheet", serial=sheet.serial)
    lines = lines_of(sheet)
    numbers = open_mat_numbers(by=request.actor, site=sheet.site, clients=[line.client for line in lines])
    names = sign_in_names(sheet.organisation_id, [sheet.printed_by] if sheet.printed_by else [])
    shown = {
        "sheet": sheet,
        "printed_by": names.get(sheet.printed_by, "") if sheet.printed_by else "",
        "lines": [line | {"mat_number": numbers.get(line["client_id"], "")} for line in lines_shown(lines)],
    }
    return render(request, "desk/clinic_answer.html", shown)
