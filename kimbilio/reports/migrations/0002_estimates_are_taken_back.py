"""Estimates and needs that were set by mistake are taken back, and kept."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Says of each of them by whom and when."""

    dependencies: ClassVar = [("reports", "0001_initial")]

    operations: ClassVar = [
        migrations.AddField(model, name, field)
        for model in ("populationestimate", "supplyneed")
        for name, field in (
            ("withdrawn_by", models.UUIDField(blank=True, null=True)),
            ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
        )
    ]
