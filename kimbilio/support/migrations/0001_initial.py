import django.db.models.deletion
import django.utils.timezone
import kimbilio.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0002_sign_in_limits'),
        ('people', '0002_joined_people'),
    ]

    operations = [
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(choices=[('psychosocial', 'Psychosocial group'), ('cbt', 'Cognitive behavioural therapy'), ('peer_support', 'Peer support group'), ('health_education', 'Health education'), ('preparation', 'Preparation for induction'), ('family', 'Family session')], max_length=30)),
                ('topic', models.CharField(blank=True, max_length=80)),
                ('occurred_on', models.DateField()),
                ('led_by', models.UUIDField(blank=True, null=True)),
                ('guests_male', models.PositiveSmallIntegerField(default=0)),
                ('guests_female', models.PositiveSmallIntegerField(default=0)),
                ('recorded_by', models.UUIDField(null=True)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('voided_by', models.UUIDField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='support.session')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.site')),
            ],
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('recorded_by', models.UUIDField(null=True)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.client')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='support.session')),
            ],
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(condition=models.Q(('voided_at__isnull', True)), fields=['organisation', 'site', 'occurred_on'], name='session_standing_by_day'),
        ),
        migrations.AddIndex(
            model_name='attendance',
            index=models.Index(fields=['organisation', 'client'], name='attendance_of_client'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True)), fields=('organisation', 'session', 'client'), name='attendance_once_a_session'),
        ),
    ]
