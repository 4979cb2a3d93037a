import django.db.models.deletion
import django.utils.timezone
import kimbilio.core.ids
import kimbilio.core.sealed_books
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_sign_in_limits'),
        ('exchange', '0003_registers_and_events'),
    ]

    operations = [
        migrations.AlterField(
            model_name='bookimport',
            name='name',
            field=kimbilio.core.sealed_books.SealedBookText(null=True),
        ),
        migrations.AlterField(
            model_name='bookimport',
            name='sheets',
            field=kimbilio.core.sealed_books.SealedBookText(null=True),
        ),
        migrations.CreateModel(
            name='SpentKey',
            fields=[
                ('id', models.UUIDField(default=kimbilio.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('owner', models.UUIDField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation'], name='spent_of_organisation')],
            },
        ),
    ]
