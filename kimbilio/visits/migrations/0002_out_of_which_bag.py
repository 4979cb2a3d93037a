"""Remember out of whose bag a visit's supplies came: what moved cannot always tell it (before a count, or nothing)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="visit",
            name="from_bag_of",
            field=models.UUIDField(blank=True, null=True),
        ),
    ]
