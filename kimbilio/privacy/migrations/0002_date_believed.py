import django.db.models.deletion
import django.utils.timezone
import kimbilio.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_sign_in_limits'),
        ('privacy', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='DateBelieved',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('on', models.DateField()),
                ('said_by', models.UUIDField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation',), name='one_date_believed')],
            },
        ),
    ]
