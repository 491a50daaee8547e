"""Tables of visits and promises, all append-only."""

import django.db.models.deletion
import yixian.kernel.fields
import yixian.kernel.sealed_files
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
                name='Visit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='registry.household')),
                    ('area_path', models.CharField(max_length=64)),
                    ('helper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='registry.helper')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('recorded_at', models.DateTimeField()),
                    ('key', models.UUIDField(unique=True)),
                    ('on', models.DateField()),
                    ('begun', models.TimeField(null=True)),
                    ('kind', models.CharField(choices=[('visit', 'At their home'), ('call', 'By phone'), ('handover', 'Together, at a hand-over')], max_length=12)),
                    ('others', yixian.kernel.fields.SealedTextField(blank=True, purpose='visit.others')),
                    ('said', yixian.kernel.fields.SealedTextField(purpose='visit.said')),
                    ('corrects', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='visits.visit')),
                    ('original', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='visits.visit')),
                    ('correction', yixian.kernel.fields.SealedTextField(blank=True, purpose='visit.correction')),
                ],
                options={
                    'indexes': [models.Index(fields=['household', '-on'], name='visit_household'), models.Index(fields=['helper', '-on'], name='visit_helper'), models.Index(fields=['area_path', 'on'], name='visit_area')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('corrects', None), ('original', None)), models.Q(('corrects__isnull', False), ('original__isnull', False)), _connector='OR'), name='corrections_name_their_first')],
                },
            ),
            migrations.CreateModel(
                name='VisitPresence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='presences', to='visits.visit')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.person')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('visit', 'person'), name='present_once_per_visit')],
                },
            ),
            migrations.CreateModel(
                name='VisitAcknowledgement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acknowledgements', to='visits.visit')),
                    ('way', models.CharField(choices=[('pin', 'With the PIN of its card'), ('signature', 'By signature on the screen'), ('none', 'Not confirmed')], max_length=12)),
                    ('strokes', yixian.kernel.fields.SealedTextField(blank=True, purpose='visit.signature')),
                    ('why_not', yixian.kernel.fields.SealedTextField(blank=True, purpose='visit.why_not')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('way', 'none'), _negated=True), fields=('visit',), name='confirmed_once_per_version')],
                },
            ),
            migrations.CreateModel(
                name='VisitObjection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='visits.visit')),
                    ('words', yixian.kernel.fields.SealedTextField(purpose='visit.objection')),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='VisitPhoto',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='visits.visit')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('file', models.FileField(storage=yixian.kernel.sealed_files.SealedStorage('visit.photo'), upload_to='visits/%Y/%m/')),
                    ('small', models.FileField(storage=yixian.kernel.sealed_files.SealedStorage('visit.photo'), upload_to='visits/%Y/%m/')),
                    ('width', models.PositiveIntegerField()),
                    ('height', models.PositiveIntegerField()),
                    ('sha256', models.CharField(max_length=64)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('visit', 'position'), name='one_photo_per_position')],
                },
            ),
            migrations.CreateModel(
                name='Promise',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='visits.visit')),
                    ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='registry.household')),
                    ('area_path', models.CharField(max_length=64)),
                    ('helper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='registry.helper')),
                    ('text', yixian.kernel.fields.SealedTextField(purpose='promise.text')),
                    ('kind', models.CharField(choices=[('help', 'Something I or my office will do'), ('policy', 'Something that the policy gives')], max_length=12)),
                    ('made_on', models.DateField()),
                    ('due_on', models.DateField()),
                    ('pack_id', models.CharField(blank=True, max_length=64)),
                    ('pack_version', models.CharField(blank=True, max_length=32)),
                    ('document', models.CharField(blank=True, max_length=120)),
                    ('clause', models.CharField(blank=True, max_length=120)),
                ],
                options={
                    'indexes': [models.Index(fields=['household', 'due_on'], name='promise_household'), models.Index(fields=['helper', 'due_on'], name='promise_helper'), models.Index(fields=['area_path', 'due_on'], name='promise_area')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('made_on'))), name='promise_due_after_it_is_made'), models.CheckConstraint(condition=models.Q(models.Q(('clause', ''), ('document', ''), ('kind', 'help')), models.Q(('kind', 'policy'), models.Q(('document', ''), _negated=True), models.Q(('clause', ''), _negated=True)), _connector='OR'), name='policy_promises_cite_a_clause')],
                },
            ),
            migrations.CreateModel(
                name='PromiseOutcome',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('promise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='visits.promise')),
                    ('outcome', models.CharField(choices=[('kept', 'Kept'), ('broken', 'Not kept'), ('withdrawn', 'Taken back, and the household agreed'), ('overtaken', 'No longer needed: things have changed')], max_length=12)),
                    ('said_by', models.CharField(choices=[('helper', 'Those who promised'), ('household', 'The household itself')], max_length=12)),
                    ('on', models.DateField()),
                    ('note', yixian.kernel.fields.SealedTextField(blank=True, purpose='promise.note')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['promise', 'said_by', '-id'], name='outcome_of_promise')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', False), ('said_by', 'helper')), models.Q(('by', None), ('outcome__in', ('kept', 'broken')), ('said_by', 'household')), _connector='OR'), name='each_side_says_its_own')],
                },
            ),
        ]),
        append_only(
            'visits_visit',
            'visits_visitpresence',
            'visits_visitphoto',
            'visits_visitacknowledgement',
            'visits_visitobjection',
            'visits_promise',
            'visits_promiseoutcome',
        ),
    ]
