"""Tables of the budget; what was entered, with its sums and how it was settled, is append-only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from yixian.kernel.append_only import append_only
from yixian.kernel.create_models import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('registry', '0001_initial'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='BudgetVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='budgets', to='registry.area')),
                    ('kind', models.CharField(choices=[('whole', 'Approved budget'), ('beyond', 'Decision beyond a head')], max_length=8)),
                    ('of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='additions', to='budget.budgetversion')),
                    ('document', models.CharField(max_length=120)),
                    ('reason', models.CharField(max_length=500)),
                    ('valid_from', models.DateField()),
                    ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('proposed_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'whole'), ('of', None)), models.Q(('kind', 'beyond'), ('of__isnull', False)), _connector='OR'), name='beyond_some_budget')],
                },
            ),
            migrations.CreateModel(
                name='BudgetAmount',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amounts', to='budget.budgetversion')),
                    ('position', models.PositiveIntegerField()),
                    ('budget_head', models.CharField(max_length=64)),
                    ('title_zh', models.CharField(max_length=120)),
                    ('title_en', models.CharField(max_length=160)),
                    ('fen', models.BigIntegerField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('version', 'budget_head'), name='one_amount_per_head'), models.CheckConstraint(condition=models.Q(('fen__gte', 0)), name='budget_not_negative')],
                },
            ),
            migrations.CreateModel(
                name='BudgetSettlement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='settlement', to='budget.budgetversion')),
                    ('outcome', models.CharField(choices=[('approved', 'Confirmed'), ('withdrawn', 'Taken back')], max_length=12)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
            ),
        ]),
        append_only(
            'budget_budgetversion',
            'budget_budgetamount',
            'budget_budgetsettlement',
        ),
    ]
