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
            name='CommunityEvent',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('activity', models.CharField(choices=[('clean_up', 'Clean-up'), ('public_baraza', 'Public baraza'), ('family_day', 'Family day'), ('community_sensitization', 'Community sensitisation'), ('overdose_response_training', 'Overdose response training'), ('peer_educator_training', 'Training of peer educators'), ('stakeholder_meeting', 'Meeting with local stakeholders'), ('outreach_event', 'Outreach event'), ('sports_day', 'Sports day'), ('other', 'Another event')], max_length=40)),
                ('named', models.CharField(blank=True, max_length=80)),
                ('venue', models.CharField(blank=True, max_length=80)),
                ('occurred_on', models.DateField()),
                ('male', models.PositiveIntegerField(default=0)),
                ('female', models.PositiveIntegerField(default=0)),
                ('unsorted', models.PositiveIntegerField(default=0)),
                ('facilitator', models.CharField(blank=True, max_length=80)),
                ('recorded_by', models.UUIDField(null=True)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('voided_by', models.UUIDField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.communityevent')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.site')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('voided_at__isnull', True)), fields=['organisation', 'site', 'occurred_on'], name='event_standing_by_day')],
            },
        ),
    ]
