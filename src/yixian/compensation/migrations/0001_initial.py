"""Tables of accounts and agreements; runs, lines, cases and signatures are append-only."""

import django.db.models.deletion
import yixian.kernel.fields
from django.conf import settings
from django.db import migrations, models

from yixian.kernel.append_only import append_only
from yixian.kernel.create_models import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('policies', '0001_initial'),
        ('registry', '0001_initial'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='StatementRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('on_date', models.DateField()),
                    ('area_path', models.CharField(max_length=64)),
                    ('pack_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='policies.packversion')),
                    ('facts_sha256', models.CharField(max_length=64)),
                    ('manifest', models.JSONField()),
                    ('checked', models.BooleanField()),
                    ('requested_by', models.CharField(max_length=150)),
                ],
            ),
            migrations.CreateModel(
                name='RunEnd',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('run', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='compensation.statementrun')),
                    ('outcome', models.CharField(choices=[('finished', 'Finished'), ('overtaken', 'Overtaken by a later calculation')], max_length=12)),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='Statement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='registry.household')),
                    ('area_path', models.CharField(max_length=64)),
                    ('version', models.PositiveIntegerField()),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='compensation.statementrun')),
                    ('status', models.CharField(choices=[('issued', 'Issued'), ('withheld', 'Withheld')], max_length=12)),
                    ('cause', models.CharField(choices=[('first', 'First account'), ('new_facts', 'New facts'), ('new_policy', 'New policy'), ('both', 'New facts and new policy'), ('correction', 'Correction')], max_length=12)),
                    ('total_fen', models.BigIntegerField(null=True)),
                    ('monthly_fen', models.BigIntegerField(null=True)),
                    ('yearly_fen', models.BigIntegerField(null=True)),
                    ('line_count', models.PositiveIntegerField()),
                    ('content_sha256', models.CharField(max_length=64)),
                    ('facts_sha256', models.CharField(blank=True, max_length=64)),
                    ('on_date', models.DateField()),
                    ('issued_at', models.DateTimeField()),
                    ('supersedes', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='compensation.statement')),
                    ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='confirmed', to='compensation.statementrun')),
                    ('is_current', models.BooleanField(default=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['area_path', 'is_current'], name='statement_area')],
                    'constraints': [models.UniqueConstraint(fields=('household', 'version'), name='one_statement_per_version'), models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('household',), name='one_current_statement'), models.UniqueConstraint(fields=('run', 'household'), name='one_statement_per_run'), models.CheckConstraint(condition=models.Q(models.Q(('monthly_fen', None), ('status', 'withheld'), ('total_fen', None), ('yearly_fen', None)), models.Q(('monthly_fen__isnull', False), ('status', 'issued'), ('total_fen__isnull', False), ('yearly_fen__isnull', False)), _connector='OR'), name='total_exactly_when_issued')],
                },
            ),
            migrations.CreateModel(
                name='StatementLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='compensation.statement')),
                    ('position', models.PositiveIntegerField()),
                    ('line_no', models.CharField(max_length=48)),
                    ('rule', models.CharField(max_length=64)),
                    ('item_code', models.CharField(blank=True, max_length=64)),
                    ('trace', models.JSONField(default=dict)),
                    ('amount_fen', models.BigIntegerField()),
                    ('paid', models.CharField(default='once', max_length=8)),
                    ('budget_head', models.CharField(blank=True, max_length=64)),
                    ('document', models.CharField(max_length=64)),
                    ('clause', models.CharField(max_length=64)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('statement', 'position'), name='one_line_per_position')],
                },
            ),
            migrations.CreateModel(
                name='StatementProblem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='problems', to='compensation.statement')),
                    ('line_no', models.CharField(blank=True, max_length=48)),
                    ('code', models.CharField(max_length=48)),
                    ('message', models.CharField(max_length=300)),
                ],
            ),
            migrations.CreateModel(
                name='Agreement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=40, unique=True)),
                    ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='registry.household')),
                    ('area_path', models.CharField(db_index=True, max_length=64)),
                    ('sequence', models.PositiveIntegerField()),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='compensation.statement')),
                    ('bureau', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                    ('attesting_organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                    ('content', yixian.kernel.fields.SealedTextField(purpose='agreement.content')),
                    ('drawn_up_on', models.DateField()),
                    ('drawn_up_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('drawn_up_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('household', 'sequence'), name='one_agreement_per_sequence'), models.CheckConstraint(condition=models.Q(('bureau', models.F('attesting_organisation')), _negated=True), name='attested_by_another_organisation')],
                },
            ),
            migrations.CreateModel(
                name='AgreementSignature',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='compensation.agreement')),
                    ('party', models.CharField(choices=[('household', 'Household'), ('bureau', 'The resettlement bureau'), ('attesting', 'The attesting body')], max_length=12)),
                    ('signer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.person')),
                    ('signer_name', models.CharField(max_length=60)),
                    ('post', models.CharField(blank=True, max_length=60)),
                    ('authority', models.CharField(blank=True, max_length=200)),
                    ('authority_paper', models.CharField(blank=True, max_length=120)),
                    ('signed_on', models.DateField()),
                    ('way', models.CharField(choices=[('paper', 'By hand on paper'), ('card', 'With the household card and its PIN, in presence')], max_length=8)),
                    ('kept_at', models.CharField(blank=True, max_length=120)),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('recorded_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('agreement', 'party'), name='one_signature_per_party'), models.UniqueConstraint(fields=('agreement', 'recorded_by'), name='one_party_per_recorder'), models.CheckConstraint(condition=models.Q(models.Q(('party', 'household'), ('post', ''), ('signer__isnull', False)), models.Q(models.Q(('party', 'household'), _negated=True), ('signer', None), models.Q(('post', ''), _negated=True)), _connector='OR'), name='signed_by_person_or_post'), models.CheckConstraint(condition=models.Q(models.Q(('party', 'household'), ('way', 'card')), models.Q(('way', 'paper'), models.Q(('kept_at', ''), _negated=True)), _connector='OR'), name='paper_is_kept_somewhere')],
                },
            ),
            migrations.CreateModel(
                name='VoidProposal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='void_proposals', to='compensation.agreement')),
                    ('reason', models.CharField(max_length=200)),
                    ('document', models.CharField(max_length=120)),
                    ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('proposed_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='AgreementEnd',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('agreement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='compensation.agreement')),
                    ('kind', models.CharField(choices=[('superseded', 'Superseded'), ('void', 'Void'), ('withdrawn', 'Withdrawn')], max_length=12)),
                    ('reason', models.CharField(max_length=200)),
                    ('document', models.CharField(blank=True, max_length=120)),
                    ('proposal', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='end', to='compensation.voidproposal')),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('decided_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'void'), ('proposal__isnull', False)), models.Q(models.Q(('kind', 'void'), _negated=True), ('proposal', None)), _connector='OR'), name='void_by_two_people')],
                },
            ),
            migrations.CreateModel(
                name='AccountCase',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='account_cases', to='registry.household')),
                    ('area_path', models.CharField(max_length=64)),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='compensation.statementrun')),
                    ('current', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases_against', to='compensation.statement')),
                    ('proposed', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='case', to='compensation.statement')),
                    ('loses', models.BooleanField()),
                    ('breaks_agreement', models.BooleanField()),
                    ('opened_at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['area_path'], name='case_area')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('loses', True), ('breaks_agreement', True), _connector='OR'), name='case_has_a_reason')],
                },
            ),
            migrations.CreateModel(
                name='CaseDecision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='compensation.accountcase')),
                    ('outcome', models.CharField(choices=[('apply', 'The new account is put in force'), ('keep', 'The account in force stays'), ('overtaken', 'Overtaken by a later calculation')], max_length=12)),
                    ('reason', models.CharField(blank=True, max_length=500)),
                    ('document', models.CharField(blank=True, max_length=120)),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('outcome', 'overtaken'), models.Q(('decided_by__isnull', False), models.Q(('reason', ''), _negated=True), models.Q(('document', ''), _negated=True)), _connector='OR'), name='decision_has_person_reason_document')],
                },
            ),
            migrations.CreateModel(
                name='StatementPaper',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('statement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='paper', to='compensation.statement')),
                    ('content', yixian.kernel.fields.SealedTextField(purpose='statement_paper.content')),
                ],
            ),
        ]),
        append_only(
            'compensation_statementrun',
            'compensation_statementline',
            'compensation_statementproblem',
            'compensation_runend',
            'compensation_accountcase',
            'compensation_casedecision',
            'compensation_agreement',
            'compensation_agreementsignature',
            'compensation_voidproposal',
            'compensation_agreementend',
            'compensation_statementpaper',
        ),
    ]
