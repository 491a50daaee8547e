"""An account knows from which facts it was last found unchanged."""

from django.db import migrations, models

from yixian.kernel.change_stamps import lift_stamped, stamped


class Migration(migrations.Migration):
    dependencies = [("compensation", "0002_change_stamps"), ("kernel", "0002_change_stamps")]

    operations = [
        lift_stamped("compensation_statement"),
        migrations.AddField(
            "statement", "confirmed_facts_sha256", models.CharField(blank=True, default="", max_length=64)
        ),
        migrations.AlterField(
            "statement", "confirmed_facts_sha256", models.CharField(blank=True, max_length=64)
        ),
        stamped("compensation_statement"),
        stamped("compensation_statementrun", "compensation_accountcase", "compensation_casedecision"),
    ]
