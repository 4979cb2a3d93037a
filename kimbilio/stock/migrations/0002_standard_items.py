"""Give each organisation that is there already the four items that every programme has."""

from django.db import migrations

ITEMS = [
    ("needles", "Needles and syringes", "piece"),
    ("condoms", "Condoms", "piece"),
    ("lubricants", "Lubricants", "sachet"),
    ("naloxone", "Naloxone kits", "kit"),
]


def add_items(apps, _schema_editor):
    """Add them where they are missing."""
    item_model = apps.get_model("stock", "Item")
    for organisation in apps.get_model("accounts", "Organisation").objects.order_by("pk"):
        for kind, name, unit in ITEMS:
            item_model.objects.get_or_create(
                organisation=organisation, name=name, defaults={"kind": kind, "unit": unit}
            )


class Migration(migrations.Migration):
    dependencies = [("stock", "0001_initial")]
    operations = [migrations.RunPython(add_items, migrations.RunPython.noop)]
