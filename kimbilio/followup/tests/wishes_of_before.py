"""A home of before, brought up to date and back again: run on its own by test_wishes_become_consent.py."""

import json
import os
from pathlib import Path
from uuid import uuid4

import django
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

PASSPHRASE = "a passphrase for tests only"
# May we call, may we come, may we tell the clinic: as they stood of each person.
SAID = (("yes", "no", "ask"), ("ask", "yes", "yes"), ("no", "ask", "no"), ("ask", "ask", "ask"))
BEFORE = [("followup", "0001_initial")]
TODAY = [("followup", "0003_wishes_without_answers")]


def main() -> None:
    """Print, as JSON, what stood before, what consent says after, and what stands once all is taken back."""
    open_new_home(Path(os.environ["KIMBILIO_HOME"]))
    to(BEFORE)
    people = fill(apps_at(BEFORE))
    to(TODAY)
    consents = answers(apps_at(TODAY), people)
    to(BEFORE)
    print(json.dumps({"consents": consents, "back": wishes(apps_at(BEFORE), people)}))


def open_new_home(home: Path) -> None:
    django.setup()
    from kimbilio.core import vault
    from kimbilio.core.keyring import PassphraseCost, create_keyring

    cost = PassphraseCost(iterations=1, memory_kib=64)
    vault.open_vault(home, create_keyring(home, PASSPHRASE, cost=cost))


def to(targets: list[tuple[str, str]]) -> None:
    """Migrate as an upgrade does: all at once or not at all."""
    with connection.constraint_checks_disabled(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        MigrationExecutor(connection).migrate(targets)


def apps_at(targets: list[tuple[str, str]]):
    return MigrationExecutor(connection).loader.project_state(targets).apps


def fill(apps) -> list[str]:
    """Make a person for each of SAID, with an earlier answer that was replaced and said the contrary."""
    organisation = apps.get_model("accounts", "Organisation").objects.create(name="A programme")
    site = apps.get_model("accounts", "Site").objects.create(
        organisation=organisation, name="Here", county="Kiambu"
    )
    wishes, people = apps.get_model("followup", "ContactWish"), []
    for number, (call, visit, clinic) in enumerate(SAID):
        client = apps.get_model("people", "Client").objects.create(
            organisation=organisation, site=site, code=f"A{number}", sex="male"
        )
        people.append(client.pk.hex)
        whole = {
            "organisation": organisation,
            "client": client,
            "words_version": "2026-11",
            "asked_by": uuid4(),
        }
        whole["occurred_on"] = timezone.localdate()
        wishes.objects.create(**whole, call="no", visit="no", tell_clinic="no", replaced_at=timezone.now())
        wishes.objects.create(**whole, call=call, visit=visit, tell_clinic=clinic)
    return people


def answers(apps, people: list[str]) -> list[list[list[str]]]:
    rows = apps.get_model("people", "Consent").objects.order_by("purpose")
    return [
        [list(row) for row in rows.filter(client=one).values_list("purpose", "answer", "words_version")]
        for one in people
    ]


def wishes(apps, people: list[str]) -> list[list[str]]:
    rows = apps.get_model("followup", "ContactWish").objects.filter(replaced_at=None)
    return [list(rows.values_list("call", "visit", "tell_clinic").get(client=one)) for one in people]


if __name__ == "__main__":
    main()
