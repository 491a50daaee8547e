
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('policies', '0004_library_append_only'),
        ('registry', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title_zh', models.CharField(max_length=120)),
                ('title_en', models.CharField(max_length=160)),
                ('issuer', models.CharField(max_length=80)),
                ('reason', models.TextField(max_length=1000)),
                ('valid_from', models.DateField()),
                ('begun_at', models.DateTimeField()),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='registry.area')),
                ('base', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='policies.packversion')),
                ('begun_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='RevisionDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('way', models.CharField(choices=[('begun', 'As the policy in force says'), ('prices', 'New prices in the form'), ('upload', 'A pack handed in as files'), ('back', 'Back to an earlier draft')], max_length=8)),
                ('saved_at', models.DateTimeField()),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='revisions.revision')),
                ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='RevisionComparison',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('facts_sha256', models.CharField(max_length=64)),
                ('manifest', models.JSONField()),
                ('at', models.DateTimeField()),
                ('requested_by', models.CharField(max_length=150)),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comparisons', to='revisions.revision')),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comparisons', to='revisions.revisiondraft')),
            ],
        ),
        migrations.CreateModel(
            name='RevisionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('submitted', 'Submitted for approval'), ('approved', 'Approved by the first of two'), ('decided', 'Decided by the second'), ('returned', 'Returned to the working group'), ('withdrawn', 'Withdrawn')], max_length=12)),
                ('evidence', models.CharField(blank=True, max_length=140)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('number', models.CharField(blank=True, max_length=80)),
                ('decided_on', models.DateField(null=True)),
                ('at', models.DateTimeField()),
                ('adoption', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.packadoption')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='revisions.revisiondraft')),
                ('pack_version', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.packversion')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='revisions.revision')),
            ],
        ),
        migrations.AddConstraint(
            model_name='revisiondraft',
            constraint=models.UniqueConstraint(fields=('revision', 'number'), name='one_draft_per_number'),
        ),
        migrations.AddConstraint(
            model_name='revisionstep',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'decided')), fields=('revision',), name='decided_once'),
        ),
        migrations.AddConstraint(
            model_name='revisionstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'decided'), _negated=True), models.Q(models.Q(('number', ''), _negated=True), ('adoption__isnull', False), ('decided_on__isnull', False), ('pack_version__isnull', False)), _connector='OR'), name='decision_names_its_document'),
        ),
    ]
