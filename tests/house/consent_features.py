"""What each purpose of consent is used for, and which actions about people need none: read by test_consent.py."""

# What each purpose is used for today: the feature in words, and the functions that ask before it speaks.
FEATURES: dict[str, dict[str, tuple[str, ...]]] = {
    "HOLD_A_RECORD": {
        "adding to a person's page": (
            "people.actions.registering.correct_client",
            "desk.showing.edits_offered",
            "privacy.showing.corrections_offered",
            "desk.views.editing._edit",
            "desk.views.person_page._around",
        ),
        "names, phones, places, contacts and numbers": (
            "identity.actions.recording.record_details",
            "identity.actions.recording.add_phone",
            "identity.actions.recording.record_locator",
            "identity.actions.recording.add_contact",
            "identity.actions.recording.add_outside_number",
            "identity.actions.recording.record_many",
        ),
        "finding somebody by name, and offering them as likely the same": (
            "identity.name_search.search_many_names",
            "identity.name_search.people_sharing_names",
            "identity.clinic_papers.names_of_many",
            "identity.duplicates.undecided_pairs",
            "desk.queries.likely_matches",
        ),
        "a file of records that leaves": ("exchange.taking_out.lines._meant",),
        "visits": (
            "visits.actions.recording.record_visit",
            "visits.actions.recording.record_visits",
            "visits.actions.changing.correct_visit",
            "visits.actions.changing.move_visit",
            "desk.views.visiting.visit",
        ),
        "sessions": (
            "support.actions.record_session",
            "support.actions.add_attendance",
            "desk.session_sheet.who_came",
            "desk.session_lines.read_people",
        ),
        "the journey on MAT, lists and days": (
            "mat.actions.journey.record_step",
            "mat.actions.journey.record_steps",
            "mat.actions.journey.correct_step",
            "mat.actions.lists.record_clinic_list",
            "mat.actions.lists.record_days",
            "mat.actions.lists.correct_day",
            "mat.views.steps._saved_or_shown",
            "desk.views.person_journey.journey",
            "desk.day_lines.read_lines",
            "desk.day_sheet._expected",
        ),
        "looking for people": (
            "followup.actions.assigning._assign",
            "followup.actions.attempts.record_attempt",
            "followup.actions.attempts.correct_attempt",
            "followup.actions.returns.agree_way_back",
            "followup.actions.returns.end_way_back",
            "followup.actions.wishes.record_wish",
            "followup.views.person.person",
            "followup.views.person._saved_or_shown",
            "mat.queries.runs.runs_as_at",
            "followup.queries.entries.returns_at",
            "followup.queries.sheets.lines_of",
        ),
        "books taken in": ("exchange.within_consent.keep_within_consent",),
        "records taken out": ("exchange.taking_out.lines._meant",),
    },
    "PHONE_CONTACT": {
        "phone numbers shown and kept": (
            "desk.showing.identity_shown",
            "desk.pairs.facts_opened",
            "identity.actions.recording.add_phone",
            "exchange.within_consent.keep_within_consent",
        ),
        "attempts by phone, the list and the sheets": (
            "followup.actions.attempts._record",
            "followup.queries.facts.wishes_of_people",
            "followup.queries.person.wishes_of",
            "followup.queries.sheets.lines_of",
        ),
    },
    "HOME_VISIT": {
        "where to find somebody, shown and kept": (
            "desk.showing.identity_shown",
            "desk.views.editing.locator",
            "identity.actions.recording.record_locator",
            "exchange.within_consent.keep_within_consent",
            "followup.queries.facts.hotspot_shown",
        ),
        "attempts by going there, the list and the sheets": (
            "followup.actions.attempts._record",
            "followup.queries.facts.wishes_of_people",
            "followup.queries.person.wishes_of",
            "followup.queries.sheets.lines_of",
        ),
    },
    "SHARE_WITH_CLINIC": {
        "the answer to the clinic": (
            "followup.queries.sheets.answer_rows",
            "followup.queries.sheets.lines_of",
            "followup.queries.facts.wishes_of_people",
            "followup.queries.person.wishes_of",
        ),
    },
    "SUPPORTER_TOLD": {
        "somebody to call in an emergency": (
            "desk.showing.identity_shown",
            "identity.actions.recording.add_contact",
        ),
    },
}
# Purposes that nothing uses yet: which feature will have to ask.
NOT_YET = {
    "HIV_RESULT_SHARED": "no room holds an HIV result; the one that does, or tells one to a clinic, asks",
    "PHOTO_OR_STORY": "no page shows a photo or a story; the one that does asks, and takes it down after a no",
}
# Rooms whose actions write about people, and those actions that need no yes, with why. `exchange` writes by these.
ABOUT_PEOPLE = ("people", "identity", "visits", "support", "mat", "followup")
TAKES_AWAY = "takes away, and adds nothing"
READS = "writes down that somebody looked or listed, which protects whoever is looked at"
NOBODYS = "tells of nobody by name or code"
CONSENT_ITSELF = "an answer may be recorded at any time, a no above all"
ONE_OR_TWO = "says that two records are one person or two: a no of either holds for both"
NO_NEED = {
    "people.actions.consenting.record_consents": CONSENT_ITSELF,
    "people.actions.consenting.record_consent": CONSENT_ITSELF,
    "people.actions.registering.register_client": "records the yes itself",
    "people.actions.registering.register_clients": "records the yes itself",
    "people.actions.registering.open_person": READS,
    "people.actions.joining.merge_clients": ONE_OR_TWO,
    "people.actions.joining.part_clients": ONE_OR_TWO,
    "people.actions.joining.say_two_people": ONE_OR_TWO,
    "people.actions.joining.take_back_two_people": ONE_OR_TWO,
    "people.actions.joining.write_down_comparison": READS,
    "people.actions.taking_back.take_back_registrations": TAKES_AWAY,
    "identity.actions.opening._write_down_opening": READS,
    "identity.actions.opening._write_down_numbers": READS,
    "identity.actions.opening._write_down_names": READS,
    "identity.actions.opening._write_down_listing": READS,
    "identity.actions.recording.end_entry": TAKES_AWAY,
    "identity.actions.recording.end_many": TAKES_AWAY,
    "visits.actions.anonymous.record_anonymous": NOBODYS,
    "visits.actions.anonymous.undo_anonymous": NOBODYS,
    "visits.actions.changing.undo_visit": TAKES_AWAY,
    "visits.actions.changing.void_visits": TAKES_AWAY,
    "visits.actions.services.add_site_service": NOBODYS,
    "visits.actions.services.end_site_service": NOBODYS,
    "support.actions.correct_session": "puts a session right; whoever stood on its list before stands there still",
    "support.actions.undo_session": TAKES_AWAY,
    "support.actions.strike_attendance": TAKES_AWAY,
    "mat.actions.clinic_rules.set_rule": NOBODYS,
    "mat.actions.journey.open_journey": READS,
    "mat.actions.journey.void_step": TAKES_AWAY,
    "mat.actions.journey.void_steps": TAKES_AWAY,
    "mat.actions.lists.withdraw_lists": TAKES_AWAY,
    "followup.actions.assigning.assign": "asks in `_assign`",
    "followup.actions.assigning.assign_many": "asks in `_assign`",
    "followup.actions.attempts.void_attempt": TAKES_AWAY,
    "followup.actions.questions.answer_question": NOBODYS,
    "followup.actions.sheets.print_sheet": "keeps who stands on a paper, of rows that were asked for already",
}
