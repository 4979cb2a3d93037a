import django.db.models.deletion
import django.utils.timezone
import kimbilio.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0002_sign_in_limits'),
        ('people', '0002_joined_people'),
        ('stock', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SiteService',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('name', models.CharField(max_length=60)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.site')),
            ],
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('occurred_on', models.DateField()),
                ('source', models.CharField(choices=[('desk', 'Recorded at the desk'), ('book', 'From a register'), ('outreach', 'Recorded on outreach')], max_length=20)),
                ('needles_returned', models.PositiveIntegerField(default=0)),
                ('for_others', models.PositiveSmallIntegerField(default=0)),
                ('recorded_by', models.UUIDField(null=True)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('voided_by', models.UUIDField(blank=True, null=True)),
                ('why_voided', models.CharField(blank=True, choices=[('', 'It counts'), ('undone', 'Undone'), ('corrected', 'Corrected'), ('moved', "Was somebody else's"), ('book_taken_back', 'Its book was taken back')], max_length=20)),
                ('at_site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.site')),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.client')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='visits.visit')),
            ],
        ),
        migrations.CreateModel(
            name='GivenSupply',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('quantity', models.PositiveIntegerField()),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.client')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.item')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supplies', to='visits.visit')),
            ],
        ),
        migrations.CreateModel(
            name='GivenService',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('service', models.CharField(choices=[('health_education', 'Health education'), ('peer_counselling', 'Peer counselling'), ('psychosocial', 'Psychosocial support'), ('self_test', 'HIV self-test given'), ('wound_care', 'Wound care'), ('hiv_referral', 'Referral for HIV testing'), ('tb_referral', 'Referral for TB screening'), ('legal_aid', 'Legal aid'), ('shower', 'Shower'), ('meal', 'Meal'), ('other', 'Another service of the site')], max_length=30)),
                ('topic', models.CharField(blank=True, choices=[('', 'Not stated'), ('prep', 'PrEP'), ('self_testing', 'HIV self-testing'), ('substance_use', 'Substance use'), ('family_planning', 'Family planning'), ('hiv_sti', 'HIV and STI'), ('pep', 'PEP'), ('tb', 'TB'), ('u_equals_u', 'Undetectable is untransmittable'), ('stigma', 'Stigma reduction'), ('disclosure', 'Disclosure'), ('other_diseases', 'Other diseases'), ('overdose', 'Preventing overdose'), ('safer_injecting', 'Safer injecting and wound care')], max_length=30)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.client')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('site_service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='visits.siteservice')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='visits.visit')),
            ],
        ),
        migrations.CreateModel(
            name='AnonymousSupply',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('occurred_on', models.DateField()),
                ('quantity', models.PositiveIntegerField(default=0)),
                ('needles_returned', models.PositiveIntegerField(default=0)),
                ('recorded_by', models.UUIDField(null=True)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('voided_by', models.UUIDField(blank=True, null=True)),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.item')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.site')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('voided_at__isnull', True)), fields=['organisation', 'site', 'occurred_on'], name='anonymous_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('quantity__gt', 0), ('needles_returned__gt', 0), _connector='OR'), name='anonymous_is_something')],
            },
        ),
        migrations.AddConstraint(
            model_name='siteservice',
            constraint=models.UniqueConstraint(fields=('organisation', 'site', 'name'), name='service_name_at_site'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(condition=models.Q(('voided_at__isnull', True)), fields=['organisation', 'at_site', 'occurred_on', 'client'], name='visit_standing_by_day'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(condition=models.Q(('voided_at__isnull', True)), fields=['organisation', 'client', 'occurred_on'], name='visit_standing_of_client'),
        ),
        migrations.AddConstraint(
            model_name='givensupply',
            constraint=models.UniqueConstraint(fields=('organisation', 'visit', 'item'), name='item_once_a_visit'),
        ),
        migrations.AddConstraint(
            model_name='givensupply',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='given_is_something'),
        ),
        migrations.AddConstraint(
            model_name='givenservice',
            constraint=models.UniqueConstraint(condition=models.Q(('site_service__isnull', True)), fields=('organisation', 'visit', 'service', 'topic'), name='service_once_a_visit'),
        ),
        migrations.AddConstraint(
            model_name='givenservice',
            constraint=models.UniqueConstraint(condition=models.Q(('site_service__isnull', False)), fields=('organisation', 'visit', 'site_service'), name='site_service_once_a_visit'),
        ),
    ]
