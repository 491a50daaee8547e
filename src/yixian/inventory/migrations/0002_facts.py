
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inventory', '0001_initial'),
        ('registry', '0001_initial'),
    ]

    operations = [
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
            name='HouseholdFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=64)),
                ('value', models.CharField(max_length=64)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(null=True)),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='registry.household')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_until', None)), fields=('household', 'name'), name='one_current_fact_of_household')],
            },
        ),
    ]
