"""Tables of policy packs; versions, clauses, answers and what they cite are append-only."""

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
        ('registry', '0001_initial'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='PackVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('pack_id', models.CharField(max_length=64)),
                    ('version', models.CharField(max_length=32)),
                    ('title_zh', models.CharField(max_length=120)),
                    ('title_en', models.CharField(max_length=160)),
                    ('sha256', models.CharField(max_length=64, unique=True)),
                    ('content', models.BinaryField()),
                    ('registered_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('pack_id', 'version'), name='one_content_per_version')],
                },
            ),
            migrations.CreateModel(
                name='PackAdoption',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('pack_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='policies.packversion')),
                    ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pack_adoptions', to='registry.area')),
                    ('valid_from', models.DateField()),
                    ('valid_until', models.DateField(null=True)),
                    ('document', models.CharField(max_length=120)),
                    ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('proposed_at', models.DateTimeField()),
                    ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('approved_at', models.DateTimeField(null=True)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='adoption_needs_two_people'), models.UniqueConstraint(condition=models.Q(('approved_by__isnull', False), ('valid_until', None)), fields=('area',), name='one_open_adoption_per_area')],
                },
            ),
            migrations.CreateModel(
                name='PackClause',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('pack_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clauses', to='policies.packversion')),
                    ('document', models.CharField(max_length=120)),
                    ('clause', models.CharField(max_length=120)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('pack_version', 'document', 'clause'), name='one_row_per_clause')],
                },
            ),
            migrations.CreateModel(
                name='PolicyQuestion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', yixian.kernel.fields.SealedTextField(purpose='policy_question.text')),
                    ('asked_at', models.DateTimeField()),
                    ('asked_on', models.DateField()),
                    ('channel', models.CharField(choices=[('portal', 'On the portal'), ('card', "From a household's own pages"), ('staff', 'Written down by staff')], max_length=16)),
                    ('code_digest', models.CharField(max_length=64, unique=True)),
                    ('due_on', models.DateField(db_index=True)),
                    ('days', models.PositiveSmallIntegerField()),
                    ('name', yixian.kernel.fields.SealedTextField(blank=True, purpose='policy_question.name')),
                    ('phone', yixian.kernel.fields.SealedTextField(blank=True, purpose='policy_question.phone')),
                ],
            ),
            migrations.CreateModel(
                name='PolicyAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='policies.policyquestion')),
                    ('version', models.PositiveSmallIntegerField()),
                    ('corrects', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='policies.policyanswer')),
                    ('correction', models.TextField(blank=True)),
                    ('outcome', models.CharField(choices=[('cited', 'Decided: see the clauses'), ('not_decided', 'Not decided yet')], max_length=16)),
                    ('words_zh', models.TextField()),
                    ('words_en', models.TextField(blank=True)),
                    ('draft_pack', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.packversion')),
                    ('draft_document', models.CharField(blank=True, max_length=120)),
                    ('is_public', models.BooleanField()),
                    ('names_nobody', models.BooleanField()),
                    ('public_zh', models.TextField(blank=True)),
                    ('public_en', models.TextField(blank=True)),
                    ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('answered_at', models.DateTimeField()),
                    ('on_date', models.DateField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('question', 'version'), name='one_answer_per_version'), models.CheckConstraint(condition=models.Q(('is_public', False), models.Q(('names_nobody', True), models.Q(('public_zh', ''), _negated=True)), _connector='OR'), name='public_answers_name_nobody')],
                },
            ),
            migrations.CreateModel(
                name='PolicyCitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('answer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='policies.policyanswer')),
                    ('clause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.packclause')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('answer', 'clause'), name='cited_once_per_answer')],
                },
            ),
        ]),
        append_only(
            'policies_packversion',
            'policies_packclause',
            'policies_policyanswer',
            'policies_policycitation',
        ),
    ]
