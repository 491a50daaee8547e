"""Tables of revisions of a policy; drafts, steps and comparisons are append-only."""

import django.db.models.deletion
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
                name='Revision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='registry.area')),
                    ('base', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='policies.packversion')),
                    ('title_zh', models.CharField(max_length=120)),
                    ('title_en', models.CharField(max_length=160)),
                    ('issuer', models.CharField(max_length=80)),
                    ('reason', models.TextField(max_length=1000)),
                    ('valid_from', models.DateField()),
                    ('begun_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('begun_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='RevisionDraft',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='revisions.revision')),
                    ('number', models.PositiveIntegerField()),
                    ('content', models.BinaryField()),
                    ('sha256', models.CharField(max_length=64)),
                    ('way', models.CharField(choices=[('begun', 'As the policy in force says'), ('prices', 'New prices in the form'), ('upload', 'A pack handed in as files'), ('back', 'Back to an earlier draft')], max_length=8)),
                    ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('saved_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('revision', 'number'), name='one_draft_per_number')],
                },
            ),
            migrations.CreateModel(
                name='RevisionStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='revisions.revision')),
                    ('kind', models.CharField(choices=[('submitted', 'Submitted for approval'), ('approved', 'Approved by the first of two'), ('decided', 'Decided by the second'), ('returned', 'Returned to the working group'), ('withdrawn', 'Withdrawn')], max_length=12)),
                    ('draft', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='revisions.revisiondraft')),
                    ('evidence', models.CharField(blank=True, max_length=140)),
                    ('note', models.CharField(blank=True, max_length=500)),
                    ('number', models.CharField(blank=True, max_length=80)),
                    ('decided_on', models.DateField(null=True)),
                    ('pack_version', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.packversion')),
                    ('adoption', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.packadoption')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'decided')), fields=('revision',), name='decided_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'decided'), _negated=True), models.Q(models.Q(('number', ''), _negated=True), ('adoption__isnull', False), ('decided_on__isnull', False), ('pack_version__isnull', False)), _connector='OR'), name='decision_names_its_document')],
                },
            ),
            migrations.CreateModel(
                name='RevisionComparison',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comparisons', to='revisions.revision')),
                    ('draft', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comparisons', to='revisions.revisiondraft')),
                    ('facts_sha256', models.CharField(max_length=64)),
                    ('manifest', models.JSONField()),
                    ('at', models.DateTimeField()),
                    ('requested_by', models.CharField(max_length=150)),
                ],
            ),
        ]),
        append_only(
            'revisions_revisiondraft',
            'revisions_revisionstep',
            'revisions_revisioncomparison',
        ),
    ]
