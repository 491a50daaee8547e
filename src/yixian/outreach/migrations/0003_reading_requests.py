"""Requests that somebody come and read an account: rows are only ever added, and every one is stamped."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from yixian.kernel.append_only import append_only
from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):

    dependencies = [
        ('outreach', '0002_change_stamps'),
        ('kernel', '0002_change_stamps'),
        ('registry', '0010_phones_are_found_by_their_end'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReadingRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area_path', models.CharField(max_length=64)),
                ('is_taken_back', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reading_requests', to='registry.household')),
            ],
            options={
                'indexes': [models.Index(fields=['household', '-at'], name='reading_request_household')],
            },
        ),
        append_only("outreach_readingrequest"),
        stamped("outreach_readingrequest"),
    ]
