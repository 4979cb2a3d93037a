import django.db.models.deletion
import django.utils.timezone
import kimbilio.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_sign_in_limits'),
        ('exchange', '0004_texts_with_keys_of_their_own'),
    ]

    operations = [
        migrations.CreateModel(
            name='TakenOut',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('serial', models.CharField(max_length=10)),
                ('why', models.CharField(choices=[('checking', 'To check the quality of the records'), ('evaluation', 'For an evaluation that was agreed'), ('handing_over', 'To hand the records over to another programme'), ('required', 'The law or a court requires it')], max_length=20)),
                ('kind', models.CharField(choices=[('xlsx', 'A workbook'), ('jsonl', 'Lines for another program')], max_length=5)),
                ('first_month', models.DateField()),
                ('last_month', models.DateField()),
                ('with_names', models.BooleanField(default=False)),
                ('asked_by', models.UUIDField()),
                ('approved_by', models.UUIDField(blank=True, null=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('turned_down_by', models.UUIDField(blank=True, null=True)),
                ('turned_down_at', models.DateTimeField(blank=True, null=True)),
                ('taken_at', models.DateTimeField(blank=True, null=True)),
                ('lines', models.PositiveIntegerField(blank=True, null=True)),
                ('left_out', models.PositiveIntegerField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.site')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'serial'), name='taken_out_serial'), models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('asked_by')), _negated=True), _connector='OR'), name='taken_out_by_two_people'), models.CheckConstraint(condition=models.Q(('taken_at__isnull', True), ('approved_by__isnull', False), _connector='OR'), name='taken_out_once_approved')],
            },
        ),
    ]
