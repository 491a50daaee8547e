"""Accounts in lots, proposals that wait for a decision, and what is paid again and again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from yixian.kernel.append_only import lift_append_only


class Migration(migrations.Migration):

    dependencies = [
        ('compensation', '0002_append_only'),
        ('registry', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        lift_append_only("compensation_statementline"),
        migrations.CreateModel(
            name='AccountCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area_path', models.CharField(max_length=64)),
                ('loses', models.BooleanField()),
                ('breaks_agreement', models.BooleanField()),
                ('opened_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='CaseDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('apply', 'The new account is put in force'), ('keep', 'The account in force stays'), ('overtaken', 'Overtaken by a later reckoning')], max_length=12)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('document', models.CharField(blank=True, max_length=120)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='RunEnd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('finished', 'Finished'), ('overtaken', 'Overtaken by a later reckoning')], max_length=12)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='statement',
            name='total_exactly_when_issued',
        ),
        migrations.AddField(
            model_name='statement',
            name='confirmed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='confirmed', to='compensation.statementrun'),
        ),
        migrations.AddField(
            model_name='statement',
            name='facts_sha256',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='statement',
            name='monthly_fen',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='statement',
            name='yearly_fen',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='statementline',
            name='head',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='statementline',
            name='paid',
            field=models.CharField(default='once', max_length=8),
        ),
        migrations.AlterField(
            model_name='statement',
            name='cause',
            field=models.CharField(choices=[('first', 'First account'), ('new_facts', 'New facts'), ('new_policy', 'New policy'), ('both', 'New facts and new policy'), ('correction', 'Correction')], max_length=12),
        ),
        migrations.AlterField(
            model_name='statement',
            name='supersedes',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='compensation.statement'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.UniqueConstraint(fields=('run', 'household'), name='one_statement_per_run'),
        ),
        migrations.AddField(
            model_name='accountcase',
            name='household',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='account_cases', to='registry.household'),
        ),
        migrations.AddField(
            model_name='accountcase',
            name='proposed',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='case', to='compensation.statement'),
        ),
        migrations.AddField(
            model_name='accountcase',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='compensation.statementrun'),
        ),
        migrations.AddField(
            model_name='accountcase',
            name='standing',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases_against', to='compensation.statement'),
        ),
        migrations.AddField(
            model_name='casedecision',
            name='case',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='compensation.accountcase'),
        ),
        migrations.AddField(
            model_name='casedecision',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='runend',
            name='run',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='compensation.statementrun'),
        ),
        migrations.AddIndex(
            model_name='accountcase',
            index=models.Index(fields=['area_path'], name='case_area'),
        ),
        migrations.AddConstraint(
            model_name='accountcase',
            constraint=models.CheckConstraint(condition=models.Q(('loses', True), ('breaks_agreement', True), _connector='OR'), name='case_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='casedecision',
            constraint=models.CheckConstraint(condition=models.Q(('outcome', 'overtaken'), models.Q(('decided_by__isnull', False), models.Q(('reason', ''), _negated=True), models.Q(('document', ''), _negated=True)), _connector='OR'), name='decision_has_person_reason_document'),
        ),
    ]
