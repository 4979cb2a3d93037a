import django.db.models.deletion
import django.utils.timezone
import kimbilio.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0002_sign_in_limits'),
    ]

    operations = [
        migrations.CreateModel(
            name='LookedInto',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('week', models.DateField()),
                ('rule', models.CharField(choices=[('many_outside', 'Many people outside their own work'), ('more_than_usual', 'Far more people than usual, with no work recorded'), ('again_and_again', 'The same person again and again, with no work recorded'), ('names_without_work', 'Names opened, with no work recorded that day'), ('at_night', 'Opened while the site was closed, with no work recorded'), ('by_many', 'One person opened by many, with no work recorded')], max_length=20)),
                ('staff', models.UUIDField(blank=True, null=True)),
                ('about', models.UUIDField(blank=True, null=True)),
                ('outcome', models.CharField(choices=[('was_work', 'It was their work'), ('talked', 'We talked, and it ends there'), ('taken_further', 'It is taken further'), ('not_clear', 'It is not clear yet')], max_length=20)),
                ('looked_by', models.UUIDField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.site')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'site', 'week'], name='looked_into_week_at_site')],
            },
        ),
        migrations.CreateModel(
            name='OpenedOutside',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('about', models.UUIDField()),
                ('opened_by', models.UUIDField()),
                ('occurred_on', models.DateField(default=django.utils.timezone.localdate)),
                ('why', models.CharField(choices=[('emergency', 'An emergency'), ('care', 'I give care today'), ('asked', 'The person asked me to'), ('correcting', 'To put a record right'), ('checking', 'To check the records'), ('complaint', 'A complaint'), ('supervising', "To look over a colleague's work"), ('another', 'Another reason'), ('joining', 'To settle who is entered twice')], max_length=20)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.site')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'about', 'opened_by', 'occurred_on'], name='opened_outside_on_day')],
            },
        ),
    ]
