"""Tables of imported workbooks."""

import django.db.models.deletion
import yixian.kernel.sealed_files
from django.conf import settings
from django.db import migrations, models

from yixian.kernel.create_models import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='ImportBatch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('file_name', models.CharField(max_length=200)),
                    ('file', models.FileField(storage=yixian.kernel.sealed_files.SealedStorage('workbook.file'), upload_to='imports/%Y/')),
                    ('sha256', models.CharField(max_length=64)),
                    ('state', models.CharField(choices=[('staged', 'Uploaded, not checked yet'), ('checked', 'Checked, ready to commit'), ('faulty', 'Checked, has errors'), ('committed', 'Committed'), ('discarded', 'Discarded')], default='staged', max_length=12)),
                    ('partial', models.BooleanField(default=False)),
                    ('summary', models.JSONField(default=dict)),
                    ('report', models.FileField(blank=True, storage=yixian.kernel.sealed_files.SealedStorage('workbook.file'), upload_to='imports/%Y/')),
                    ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                    ('area_path', models.CharField(blank=True, max_length=64)),
                    ('uploaded_at', models.DateTimeField()),
                    ('committed_at', models.DateTimeField(null=True)),
                ],
                options={
                    'ordering': ['-uploaded_at'],
                },
            ),
        ]),
    ]
