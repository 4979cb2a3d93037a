import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_people_who_are_forgotten'),
    ]

    operations = [
        migrations.AddField(
            model_name='consent',
            name='lifted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.consent'),
        ),
        migrations.AlterField(
            model_name='consent',
            name='answer',
            field=models.CharField(choices=[('given', 'Yes'), ('withdrawn', 'No')], max_length=20),
        ),
        migrations.AlterField(
            model_name='consent',
            name='purpose',
            field=models.CharField(choices=[('hold_a_record', 'To keep a record'), ('phone_contact', 'To call them'), ('home_visit', 'To come to where they are'), ('share_with_clinic', 'To tell the MAT clinic'), ('supporter_told', 'To speak with their treatment supporter'), ('hiv_result_shared', 'To pass a test result on'), ('photo_or_story', 'To use a photo or their story')], max_length=30),
        ),
        migrations.AlterField(
            model_name='consent',
            name='words_version',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(condition=models.Q(('answer', 'withdrawn')), fields=['organisation', 'purpose'], name='consent_said_no'),
        ),
    ]
