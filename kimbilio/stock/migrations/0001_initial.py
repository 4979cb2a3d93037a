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
            name='Account',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(choices=[('store', 'Store of the site'), ('bag', 'Bag of a worker'), ('supplier', 'Supplier'), ('given', 'Given to people'), ('lost', 'Lost, damaged or expired'), ('counted', 'Difference at a count'), ('before', 'Before the ledger')], max_length=20)),
                ('worker', models.UUIDField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.site')),
            ],
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('number', models.CharField(max_length=60)),
                ('expires_on', models.DateField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(choices=[('receipt', 'Received'), ('transfer', 'Moved'), ('distribution', 'Given to people'), ('return', 'Given back to the store'), ('loss', 'Lost, damaged or expired'), ('count', 'Put right at a count'), ('reversal', 'Taken back')], max_length=20)),
                ('occurred_on', models.DateField(default=django.utils.timezone.localdate)),
                ('reference', models.CharField(blank=True, max_length=40)),
                ('recorded_by', models.UUIDField(null=True)),
                ('reversed_at', models.DateTimeField(blank=True, null=True)),
                ('reversed_by', models.UUIDField(blank=True, null=True)),
                ('from_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.account')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.site')),
                ('to_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.account')),
            ],
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(choices=[('needles', 'Needles and syringes'), ('condoms', 'Condoms'), ('lubricants', 'Lubricants'), ('naloxone', 'Naloxone kits'), ('other', 'Another item')], max_length=20)),
                ('name', models.CharField(max_length=80)),
                ('unit', models.CharField(max_length=40)),
                ('pace_weeks', models.PositiveSmallIntegerField(default=8)),
                ('reorder_weeks', models.PositiveSmallIntegerField(default=4)),
                ('expiry_weeks', models.PositiveSmallIntegerField(default=12)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Holding',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('quantity', models.IntegerField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.account')),
                ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.batch')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.item')),
            ],
        ),
        migrations.CreateModel(
            name='CountLine',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('counted', models.PositiveIntegerField()),
                ('expected', models.IntegerField()),
                ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.batch')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='stock.document')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.item')),
            ],
        ),
        migrations.AddField(
            model_name='batch',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.item'),
        ),
        migrations.CreateModel(
            name='Movement',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(choices=[('receipt', 'Received'), ('transfer', 'Moved'), ('distribution', 'Given to people'), ('return', 'Given back to the store'), ('loss', 'Lost, damaged or expired'), ('count', 'Put right at a count'), ('reversal', 'Taken back')], max_length=20)),
                ('quantity', models.PositiveIntegerField()),
                ('occurred_on', models.DateField(default=django.utils.timezone.localdate)),
                ('document', models.UUIDField()),
                ('recorded_by', models.UUIDField(null=True)),
                ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.batch')),
                ('from_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.account')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.item')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('reverses', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.movement')),
                ('to_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.account')),
            ],
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.UniqueConstraint(condition=models.Q(('worker__isnull', True)), fields=('organisation', 'site', 'kind'), name='account_once_a_site'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.UniqueConstraint(condition=models.Q(('worker__isnull', False)), fields=('organisation', 'site', 'kind', 'worker'), name='bag_once_a_worker'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('reversed_at__isnull', True)), fields=['organisation', 'to_account', 'occurred_on'], name='document_standing_at'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['organisation', 'site', 'occurred_on'], name='document_of_site'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.UniqueConstraint(fields=('organisation', 'name'), name='item_name_in_organisation'),
        ),
        migrations.AddConstraint(
            model_name='holding',
            constraint=models.UniqueConstraint(condition=models.Q(('batch__isnull', False)), fields=('organisation', 'account', 'item', 'batch'), name='holding_once_of_a_batch'),
        ),
        migrations.AddConstraint(
            model_name='holding',
            constraint=models.UniqueConstraint(condition=models.Q(('batch__isnull', True)), fields=('organisation', 'account', 'item'), name='holding_once_without_batch'),
        ),
        migrations.AddIndex(
            model_name='countline',
            index=models.Index(fields=['organisation', 'document'], name='line_of_count'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.UniqueConstraint(fields=('organisation', 'item', 'number'), name='batch_once_of_an_item'),
        ),
        migrations.AddIndex(
            model_name='movement',
            index=models.Index(fields=['organisation', 'from_account', 'occurred_on', 'item'], name='movement_out'),
        ),
        migrations.AddIndex(
            model_name='movement',
            index=models.Index(fields=['organisation', 'to_account', 'occurred_on', 'item'], name='movement_in'),
        ),
        migrations.AddIndex(
            model_name='movement',
            index=models.Index(fields=['organisation', 'item', 'occurred_on'], name='movement_of_item'),
        ),
        migrations.AddIndex(
            model_name='movement',
            index=models.Index(fields=['organisation', 'document'], name='movement_of_document'),
        ),
        migrations.AddConstraint(
            model_name='movement',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='movement_moves_something'),
        ),
        migrations.AddConstraint(
            model_name='movement',
            constraint=models.CheckConstraint(condition=models.Q(('from_account', models.F('to_account')), _negated=True), name='movement_leads_elsewhere'),
        ),
        migrations.AddConstraint(
            model_name='movement',
            constraint=models.UniqueConstraint(condition=models.Q(('reverses__isnull', False)), fields=('organisation', 'reverses'), name='movement_reversed_once'),
        ),
    ]
