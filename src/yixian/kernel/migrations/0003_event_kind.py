"""An index for what of a kind has happened since a moment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_change_stamps")]

    operations = [
        migrations.AddIndex(model_name="event", index=models.Index(fields=["kind", "at"], name="event_kind"))
    ]
