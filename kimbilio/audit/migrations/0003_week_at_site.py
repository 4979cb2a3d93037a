from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_never_changed'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='auditevent',
            index=models.Index(fields=['organisation_id', 'site_id', 'event', 'recorded_at', 'actor_id', 'about'], name='audit_week_at_site'),
        ),
    ]
