"""A second version of a session on the spot, and which one it puts right."""

import django.db.models.deletion
from django.db import migrations, models

from yixian.kernel.append_only import append_only
from yixian.kernel.change_stamps import stamped


class Migration(migrations.Migration):

    dependencies = [
        ('outreach', '0003_reading_requests'),
    ]

    operations = [
        migrations.CreateModel(
            name='OnSiteCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('at', models.DateTimeField()),
                ('new', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='corrects', to='outreach.onsitesession')),
                ('old', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='outreach.onsitesession')),
            ],
        ),
        append_only("outreach_onsitecorrection"),
        stamped("outreach_onsitecorrection"),
    ]
