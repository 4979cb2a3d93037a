"""Two more kinds of book: visit registers and community events."""

from typing import ClassVar

from django.db import migrations, models

KINDS = [
    ("line-list", "line-list"),
    ("attendance", "attendance"),
    ("register", "register"),
    ("events", "events"),
]


class Migration(migrations.Migration):
    """Lets them be named in the tables that say of which kind a book is."""

    dependencies: ClassVar = [("exchange", "0002_lines_rest_on_lines")]

    operations: ClassVar = [
        migrations.AlterField(model, "kind", models.CharField(choices=KINDS, max_length=20))
        for model in ("bookimport", "rememberedcolumns", "upload")
    ]
