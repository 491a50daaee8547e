"""What visits of teams to households came to; append-only."""

import django.db.models.deletion
import yixian.kernel.sealed_files
from django.conf import settings
from django.db import migrations, models

from yixian.kernel.append_only import append_only
from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0010_phones_are_found_by_their_end'),
        ('survey', '0002_device_last_seen'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='YardVisit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area_path', models.CharField(max_length=64)),
                ('on', models.DateField()),
                ('outcome', models.CharField(choices=[('measured', 'The household was there'), ('notice_left', 'Nobody there: a notice was left'), ('relative', 'A relative with a letter stood in'), ('proxy', 'A proxy with a written mandate stood in'), ('guardian', 'The guardian stood in'), ('comes_again', 'The team comes again')], max_length=12)),
                ('representative', models.CharField(blank=True, max_length=40)),
                ('paper', models.FileField(blank=True, storage=yixian.kernel.sealed_files.SealedStorage('survey.yard_paper'), upload_to='survey/%Y/%m/')),
                ('asked_interpreter', models.BooleanField(default=False)),
                ('interpreter', models.CharField(blank=True, max_length=40)),
                ('asked_woman', models.BooleanField(default=False)),
                ('next_on', models.DateField(null=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='yard_visits', to='registry.household')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='yard_visits', to='survey.surveyteam')),
            ],
            options={
                'indexes': [models.Index(fields=['household', 'on'], name='yard_visit_household')],
                'constraints': [models.CheckConstraint(condition=models.Q(('next_on', None), ('next_on__gt', models.F('on')), _connector='OR'), name='next_yard_visit_is_later')],
            },
        ),
        append_only("survey_yardvisit"),
        stamped("survey_yardvisit"),
    ]
