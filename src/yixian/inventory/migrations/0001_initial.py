"""Tables of the inventory: what each household has."""

import django.db.models.deletion
import yixian.kernel.fields
from django.db import migrations, models

from yixian.kernel.create_models import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('registry', '0001_initial'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='HouseholdFact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='registry.household')),
                    ('name', models.CharField(max_length=64)),
                    ('value', models.CharField(max_length=64)),
                    ('valid_from', models.DateField()),
                    ('valid_until', models.DateField(null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('valid_until', None)), fields=('household', 'name'), name='one_current_fact_of_household')],
                },
            ),
            migrations.CreateModel(
                name='ItemFact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('line_no', models.CharField(max_length=32)),
                    ('name', models.CharField(max_length=64)),
                    ('value', models.CharField(max_length=64)),
                    ('valid_from', models.DateField()),
                    ('valid_until', models.DateField(null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('valid_until', None)), fields=('line_no', 'name'), name='one_current_fact_of_item')],
                },
            ),
            migrations.CreateModel(
                name='InventoryItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('line_no', models.CharField(max_length=32)),
                    ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='registry.household')),
                    ('area_path', models.CharField(max_length=64)),
                    ('item_code', models.CharField(max_length=64)),
                    ('quantity', yixian.kernel.fields.ScaledDecimalField(scale=4)),
                    ('place', models.CharField(blank=True, max_length=80)),
                    ('surveyed_on', models.DateField()),
                    ('surveyor', models.CharField(blank=True, max_length=60)),
                    ('valid_from', models.DateField()),
                    ('valid_until', models.DateField(null=True)),
                    ('follows', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='inventory.inventoryitem')),
                ],
                options={
                    'indexes': [models.Index(fields=['household', 'valid_until'], name='item_household')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('valid_until', None)), fields=('line_no',), name='one_current_item_per_line')],
                },
            ),
        ]),
    ]
