"""What of a workbook a second person must agree to, sealed."""

import yixian.kernel.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('workbook', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='importbatch',
            name='money',
            field=yixian.kernel.fields.SealedTextField(blank=True, purpose='import.money'),
        ),
    ]
