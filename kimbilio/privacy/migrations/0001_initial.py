import django.db.models.deletion
import django.utils.timezone
import kimbilio.core.ids
import kimbilio.core.sealed
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0002_sign_in_limits'),
        ('people', '0004_consent_by_purpose'),
    ]

    operations = [
        migrations.CreateModel(
            name='Disagreement',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('text', kimbilio.core.sealed.SealedText()),
                ('recorded_by', models.UUIDField(null=True)),
                ('occurred_on', models.DateField(default=django.utils.timezone.localdate)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.client')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'client'], name='disagreement_of_client')],
            },
        ),
        migrations.CreateModel(
            name='Disclosure',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('told', models.CharField(choices=[('police', 'Police'), ('court', 'A court or its officer'), ('clinic', 'A clinic or hospital'), ('ministry', 'A ministry or county office'), ('family', 'Family or friend'), ('lawyer', 'Their lawyer or paralegal'), ('other', 'Somebody else')], max_length=20)),
                ('ground', models.CharField(choices=[('consent', 'The person agreed'), ('court_order', 'A court ordered it'), ('law', 'A law asks for it'), ('danger', "Somebody's life was in danger")], max_length=20)),
                ('whom', kimbilio.core.sealed.SealedText(null=True)),
                ('what', kimbilio.core.sealed.SealedText(null=True)),
                ('told_by', models.UUIDField(null=True)),
                ('recorded_by', models.UUIDField(null=True)),
                ('occurred_on', models.DateField(default=django.utils.timezone.localdate)),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='privacy.disclosure')),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.client')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'client'], name='disclosure_of_client')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('amends__isnull', False)), fields=('organisation', 'amends'), name='disclosure_amended_once')],
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('why', models.CharField(choices=[('asked', 'They asked for it'), ('withdrew', 'They no longer agree to a record'), ('family_asked', 'Their family asked, after their death'), ('mistake', 'They should never have been registered'), ('before_restore', 'Forgotten before an older copy was put back')], max_length=20)),
                ('asked_by', models.UUIDField(null=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('done_by', models.UUIDField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_by', models.UUIDField(blank=True, null=True)),
                ('lines_left_out', models.PositiveIntegerField(default=0)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.client')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'client'], name='erasure_of_client')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('organisation', 'client'), name='forgotten_once')],
            },
        ),
        migrations.CreateModel(
            name='RetentionPeriod',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(choices=[('contacts', 'Phones and emergency contacts that were replaced'), ('places', 'Where to find a person, as it was before'), ('names', 'Names and contacts of people not seen any more'), ('waiting_lines', 'Lines of books that wait'), ('sign_ins', 'Sign-ins that ended'), ('notes', 'What was told to others, and notes of disagreement')], max_length=20)),
                ('months', models.PositiveSmallIntegerField()),
                ('source', models.CharField(max_length=200)),
                ('confirmed_by', models.UUIDField(null=True)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('organisation', 'kind'), name='one_period_of_a_kind')],
            },
        ),
    ]
