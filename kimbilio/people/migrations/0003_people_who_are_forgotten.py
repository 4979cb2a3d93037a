from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_joined_people")]

    operations = [
        migrations.AddField(
            model_name="client",
            name="forgotten_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
