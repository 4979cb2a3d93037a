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
            name='MonthClose',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('month', models.DateField()),
                ('revision', models.PositiveSmallIntegerField()),
                ('why', models.CharField(blank=True, choices=[('', 'Closed for the first time'), ('late_records', 'Records came late'), ('put_right', 'Records were put right'), ('joined', 'People entered twice were joined'), ('definition', 'A definition changed')], max_length=20)),
                ('proposed_by', models.UUIDField(null=True)),
                ('confirmed_by', models.UUIDField(blank=True, null=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_by', models.UUIDField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('site', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.site')),
            ],
        ),
        migrations.CreateModel(
            name='FrozenFigure',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('code', models.CharField(max_length=60)),
                ('split', models.CharField(max_length=300)),
                ('place', models.PositiveIntegerField()),
                ('value', models.PositiveIntegerField()),
                ('out_of', models.PositiveIntegerField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('close', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='reports.monthclose')),
            ],
        ),
        migrations.CreateModel(
            name='PopulationEstimate',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('county', models.CharField(max_length=60)),
                ('of', models.CharField(choices=[('injects', 'People who inject drugs'), ('uses', 'People who use heroin')], max_length=20)),
                ('value', models.PositiveIntegerField()),
                ('low', models.PositiveIntegerField()),
                ('high', models.PositiveIntegerField()),
                ('source', models.CharField(max_length=200)),
                ('as_at', models.DateField()),
                ('confirmed_by', models.CharField(max_length=120)),
                ('entered_by', models.UUIDField(null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='SupplyNeed',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(choices=[('needles', 'Needles and syringes'), ('condoms', 'Condoms'), ('lubricants', 'Lubricants'), ('naloxone', 'Naloxone kits'), ('other', 'Another item')], max_length=20)),
                ('per_person', models.PositiveIntegerField()),
                ('from_month', models.DateField()),
                ('source', models.CharField(max_length=200)),
                ('confirmed_by', models.CharField(max_length=120)),
                ('entered_by', models.UUIDField(null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.site')),
            ],
        ),
        migrations.AddConstraint(
            model_name='monthclose',
            constraint=models.UniqueConstraint(condition=models.Q(('site__isnull', False), ('withdrawn_at__isnull', True)), fields=('organisation', 'site', 'month', 'revision'), name='close_once_at_a_site'),
        ),
        migrations.AddConstraint(
            model_name='monthclose',
            constraint=models.UniqueConstraint(condition=models.Q(('site__isnull', True), ('withdrawn_at__isnull', True)), fields=('organisation', 'month', 'revision'), name='close_once_of_all_sites'),
        ),
        migrations.AddConstraint(
            model_name='monthclose',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='closed_by_two_people'),
        ),
        migrations.AddConstraint(
            model_name='frozenfigure',
            constraint=models.UniqueConstraint(fields=('organisation', 'close', 'code', 'split'), name='figure_frozen_once'),
        ),
        migrations.AddIndex(
            model_name='populationestimate',
            index=models.Index(fields=['organisation', 'county'], name='estimate_of_county'),
        ),
        migrations.AddConstraint(
            model_name='populationestimate',
            constraint=models.CheckConstraint(condition=models.Q(('low__gt', 0), ('low__lte', models.F('value')), ('value__lte', models.F('high'))), name='estimate_within_its_bounds'),
        ),
        migrations.AddIndex(
            model_name='supplyneed',
            index=models.Index(fields=['organisation', 'site', 'kind'], name='need_of_site'),
        ),
    ]
