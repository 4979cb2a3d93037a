"""What was said of calls, visits and the clinic becomes consent: yes is given, no is withdrawn, 'ask first' is nothing."""

from django.db import migrations

PURPOSES = {"call": "phone_contact", "visit": "home_visit", "tell_clinic": "share_with_clinic"}
ANSWERS = {"yes": "given", "no": "withdrawn"}


def into_consent(apps, schema_editor):
    Consent = apps.get_model("people", "Consent")
    wishes = apps.get_model("followup", "ContactWish").objects.filter(replaced_at__isnull=True)
    for wish in wishes.order_by("pk").iterator(chunk_size=2000):
        for column, purpose in PURPOSES.items():
            if (said := getattr(wish, column)) in ANSWERS:
                Consent.objects.create(
                    organisation_id=wish.organisation_id,
                    client_id=wish.client_id,
                    recorded_at=wish.recorded_at,
                    purpose=purpose,
                    answer=ANSWERS[said],
                    manner="spoken",
                    words_version=wish.words_version,
                    asked_by=wish.asked_by,
                    occurred_on=wish.occurred_on,
                )


def into_wishes(apps, schema_editor):
    """Put the answers back where they were; a no that stands wins, and what nobody asked there is left out."""
    Consent = apps.get_model("people", "Consent")
    ContactWish = apps.get_model("followup", "ContactWish")
    columns = {purpose: column for column, purpose in PURPOSES.items()}
    for row in Consent.objects.filter(purpose__in=columns).order_by("recorded_at", "pk"):
        wish, _is_new = ContactWish.objects.get_or_create(
            organisation_id=row.organisation_id,
            client_id=row.client_id,
            replaced_at=None,
            defaults={
                "words_version": row.words_version,
                "occurred_on": row.occurred_on,
                "asked_by": row.asked_by,
                "recorded_at": row.recorded_at,
            },
        )
        stands_no = row.answer == "withdrawn" and row.lifted_by_id is None
        if stands_no or (row.answer == "given" and getattr(wish, columns[row.purpose]) == "ask"):
            setattr(wish, columns[row.purpose], "no" if stands_no else "yes")
            wish.save()
    others = Consent.objects.exclude(purpose="hold_a_record")
    others.update(lifted_by=None)
    others.delete()


class Migration(migrations.Migration):
    dependencies = [("followup", "0001_initial"), ("people", "0004_consent_by_purpose")]

    operations = [migrations.RunPython(into_consent, into_wishes)]
