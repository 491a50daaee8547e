"""Recordings of public texts, and their withdrawals: rows are only ever added, and every one is stamped."""

import django.db.models.deletion
import yixian.kernel.sealed_files
from django.conf import settings
from django.db import migrations, models

from yixian.kernel.append_only import append_only
from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):

    dependencies = [
        ('policies', '0003_stamped_questions'),
        ('kernel', '0002_change_stamps'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Recording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(db_index=True, max_length=200)),
                ('text_sha256', models.CharField(max_length=64)),
                ('language', models.CharField(choices=[('cmn', 'Mandarin (local speech)'), ('iii', 'Yi'), ('hmd', 'Miao')], max_length=8)),
                ('spoken_by', models.CharField(max_length=80)),
                ('file', models.FileField(storage=yixian.kernel.sealed_files.SealedStorage('recording.sound'), upload_to='recordings/%Y/')),
                ('sha256', models.CharField(max_length=64)),
                ('seconds', models.PositiveSmallIntegerField()),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='RecordingWithdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=500)),
                ('withdrawn_at', models.DateTimeField()),
                ('recording', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='policies.recording')),
                ('withdrawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        append_only("policies_recording", "policies_recordingwithdrawal"),
        stamped("policies_recording", "policies_recordingwithdrawal"),
    ]
