from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('followup', '0002_wishes_into_consent'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='contactwish',
            name='call',
        ),
        migrations.RemoveField(
            model_name='contactwish',
            name='tell_clinic',
        ),
        migrations.RemoveField(
            model_name='contactwish',
            name='visit',
        ),
    ]
