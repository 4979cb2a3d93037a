import django.db.models.deletion
import django.utils.timezone
import kimbilio.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_sign_in_limits'),
        ('exchange', '0005_files_out'),
    ]

    operations = [
        migrations.CreateModel(
            name='HeldInFile',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('about', models.UUIDField()),
                ('export', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='held', to='exchange.takenout')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'about'], name='held_in_file_about')],
            },
        ),
    ]
