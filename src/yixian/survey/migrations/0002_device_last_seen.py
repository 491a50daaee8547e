"""When a device was last seen, and what was refused of it: that is append-only."""

import django.db.models.deletion
from django.db import migrations, models

import yixian.kernel.fields
from yixian.kernel.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('survey', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='DeviceLastSeen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('device', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='last_seen', to='survey.fielddevice')),
            ],
        ),
        migrations.CreateModel(
            name='RefusedPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('zh', models.TextField()),
                ('en', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('content', yixian.kernel.fields.SealedTextField(blank=True, purpose='survey.refused_post')),
                ('received_at', models.DateTimeField()),
                ('device', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refused_posts', to='survey.fielddevice')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('device', 'sha256', 'key'), name='one_refusal_of_a_post')],
            },
        ),
        append_only("survey_refusedpost"),
    ]
