"""Divisions and mergers of households are proposed changes, too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0005_phones_are_found")]

    operations = [
        migrations.AlterField(
            model_name="proposedchange",
            name="kind",
            field=models.CharField(
                choices=[
                    ("workbook", "A workbook"),
                    ("facts", "What the policy asks"),
                    ("item", "A line of the survey"),
                    ("split", "A household divided"),
                    ("merge", "Households joined"),
                ],
                max_length=16,
            ),
        )
    ]
