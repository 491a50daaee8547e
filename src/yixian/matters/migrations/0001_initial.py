"""Tables of what people raise; everything that happened to a matter is append-only, its read index is not."""

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
                name='ProcedureVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sha256', models.CharField(max_length=64, unique=True)),
                    ('files', models.JSONField()),
                    ('kept_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='Matter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=10, unique=True)),
                    ('code', yixian.kernel.fields.SealedTextField(purpose='matter.code')),
                    ('code_index', models.CharField(max_length=32, unique=True)),
                    ('key', models.UUIDField(unique=True)),
                    ('kind', models.CharField(choices=[('grievance', 'A grievance, a proposal or a request'), ('project', "A grievance under the project's own mechanism"), ('disclosure', 'A request for government information')], max_length=12)),
                    ('procedure_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matters.procedureversion')),
                    ('channel', models.CharField(choices=[('portal', 'On the portal'), ('card', "From the household's own pages"), ('counter', 'Spoken or handed in at the counter'), ('phone', 'By telephone'), ('letter', 'By letter'), ('email', 'By e-mail'), ('hotline', "From the hotline's list"), ('visit', 'Found at a visit')], max_length=12)),
                    ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.area')),
                    ('area_path', models.CharField(max_length=64)),
                    ('anonymous', models.BooleanField()),
                    ('shared', models.BooleanField()),
                    ('about_official', models.BooleanField()),
                    ('joint', models.PositiveIntegerField(default=1)),
                    ('received_at', models.DateTimeField()),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['area_path', '-received_at'], name='matter_area'), models.Index(fields=['-received_at'], name='matter_received')],
                },
            ),
            migrations.CreateModel(
                name='MatterSorting',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sortings', to='matters.matter')),
                    ('topic', models.CharField(choices=[('price', 'A compensation price or standard'), ('inventory', 'What was measured or counted'), ('people', 'Who counts as resettled; dividing a household'), ('account', 'How our account was calculated'), ('payment', 'Money that has not come'), ('house', 'The new house or building plot'), ('land', 'Land, production and income'), ('move', 'The move itself'), ('public_works', 'Water, roads, schools, doctors'), ('conduct', 'How somebody behaved towards us'), ('information', 'We want to know something'), ('other', 'Anything else'), ('unsorted', 'Not sorted yet')], max_length=16)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='MatterText',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='text', to='matters.matter')),
                    ('words', yixian.kernel.fields.SealedTextField(purpose='matter.words')),
                    ('wanted', yixian.kernel.fields.SealedTextField(blank=True, purpose='matter.wanted')),
                    ('item_line', yixian.kernel.fields.SealedTextField(blank=True, purpose='matter.item_line')),
                    ('payment', yixian.kernel.fields.SealedTextField(blank=True, purpose='matter.payment')),
                    ('subject_words', yixian.kernel.fields.SealedTextField(blank=True, purpose='matter.subject_words')),
                    ('source_no', yixian.kernel.fields.SealedTextField(blank=True, purpose='matter.source_no')),
                    ('read_back', models.BooleanField(default=False)),
                ],
            ),
            migrations.CreateModel(
                name='MatterPerson',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='matters.matter')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('name', yixian.kernel.fields.SealedTextField(blank=True, purpose='matter.person.name')),
                    ('phone', yixian.kernel.fields.SealedTextField(blank=True, purpose='matter.person.phone')),
                    ('email', yixian.kernel.fields.SealedTextField(blank=True, purpose='matter.person.email')),
                    ('household', yixian.kernel.fields.SealedTextField(blank=True, purpose='matter.person.household')),
                    ('household_index', models.CharField(blank=True, db_index=True, max_length=32)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('matter', 'position'), name='one_person_per_position'), models.CheckConstraint(condition=models.Q(('position__gte', 1), ('position__lte', 5)), name='at_most_five_representatives')],
                },
            ),
            migrations.CreateModel(
                name='MatterSubject',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subjects', to='matters.matter')),
                    ('helper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.helper')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                    ('named_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('named_at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['helper'], name='subject_helper'), models.Index(fields=['organisation'], name='subject_organisation')],
                },
            ),
            migrations.CreateModel(
                name='MatterClause',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clauses', to='matters.matter')),
                    ('pack_id', models.CharField(max_length=64)),
                    ('document', models.CharField(max_length=120)),
                    ('clause', models.CharField(max_length=120)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['document', 'clause', 'at'], name='matters_of_clause')],
                    'constraints': [models.UniqueConstraint(fields=('matter', 'pack_id', 'document', 'clause'), name='clause_once_per_matter')],
                },
            ),
            migrations.CreateModel(
                name='MatterFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='matters.matter')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('kind', models.CharField(choices=[('photo', 'Photograph'), ('sound', 'Voice note')], max_length=8)),
                    ('file', models.FileField(storage=yixian.kernel.sealed_files.SealedStorage('matter.file'), upload_to='matters/%Y/%m/')),
                    ('small', models.FileField(blank=True, storage=yixian.kernel.sealed_files.SealedStorage('matter.file'), upload_to='matters/%Y/%m/')),
                    ('width', models.PositiveIntegerField(default=0)),
                    ('height', models.PositiveIntegerField(default=0)),
                    ('seconds', models.PositiveIntegerField(default=0)),
                    ('sha256', models.CharField(max_length=64)),
                    ('by_person', models.BooleanField()),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('matter', 'position'), name='one_file_per_position')],
                },
            ),
            migrations.CreateModel(
                name='MatterLink',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='matters.matter')),
                    ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='linked_from', to='matters.matter')),
                    ('kind', models.CharField(choices=[('same', 'The same matter, raised again or by another door'), ('different', 'Looks alike, and is not the same'), ('retaliation', 'Retaliation for having raised it')], max_length=12)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('matter', models.F('other')), _negated=True), name='linked_to_another')],
                },
            ),
            migrations.CreateModel(
                name='MatterDecision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='matters.matter')),
                    ('stage', models.CharField(choices=[('first', 'First decision'), ('review', 'Review'), ('final', 'Final review')], max_length=8)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                    ('asked', yixian.kernel.fields.SealedTextField(purpose='matter.decision.asked')),
                    ('facts', yixian.kernel.fields.SealedTextField(purpose='matter.decision.facts')),
                    ('reasons', yixian.kernel.fields.SealedTextField(purpose='matter.decision.reasons')),
                    ('basis', models.JSONField(default=list)),
                    ('basis_words', models.CharField(blank=True, max_length=500)),
                    ('outcome', models.CharField(choices=[('supported', 'Supported'), ('explained', 'Cannot be done now; explained and helped as far as possible'), ('not_supported', 'Not supported')], max_length=16)),
                    ('remedy', models.CharField(blank=True, max_length=32)),
                    ('remedy_values', yixian.kernel.fields.SealedTextField(blank=True, purpose='matter.decision.remedy')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['matter', '-at'], name='decision_of_matter')],
                },
            ),
            migrations.CreateModel(
                name='RemedyDone',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='done', to='matters.matterdecision')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('result', models.JSONField(default=dict)),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='MatterExtension',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='matters.matter')),
                    ('reason', yixian.kernel.fields.SealedTextField(purpose='matter.extension')),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('asked_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='MatterMeeting',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='matters.matter')),
                    ('kind', models.CharField(choices=[('mediation', 'Mediation'), ('hearing', 'Hearing'), ('inquiry', 'Inquiry on the spot')], max_length=12)),
                    ('on', models.DateField()),
                    ('place', models.CharField(blank=True, max_length=120)),
                    ('present', yixian.kernel.fields.SealedTextField(purpose='matter.meeting.present')),
                    ('words', yixian.kernel.fields.SealedTextField(purpose='matter.meeting.words')),
                    ('agreed', yixian.kernel.fields.SealedTextField(blank=True, purpose='matter.meeting.agreed')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='MatterVerdict',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verdicts', to='matters.matter')),
                    ('verdict', models.CharField(choices=[('resolved', 'Resolved'), ('partly', 'Partly resolved'), ('not_resolved', 'Not resolved')], max_length=16)),
                    ('satisfied', models.PositiveSmallIntegerField()),
                    ('words', yixian.kernel.fields.SealedTextField(blank=True, purpose='matter.verdict')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['matter', '-id'], name='verdict_of_matter')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('satisfied__gte', 1), ('satisfied__lte', 5)), name='satisfaction_from_1_to_5')],
                },
            ),
            migrations.CreateModel(
                name='MatterEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='matters.matter')),
                    ('seq', models.PositiveIntegerField()),
                    ('at', models.DateTimeField()),
                    ('kind', models.CharField(max_length=32)),
                    ('actor_organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                    ('to_organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                    ('reason', yixian.kernel.fields.SealedTextField(blank=True, purpose='matter.event.reason')),
                    ('clause', models.CharField(blank=True, max_length=120)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('assignee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['actor_organisation', 'matter'], name='events_by_organisation'), models.Index(fields=['to_organisation', 'matter'], name='events_to_organisation'), models.Index(fields=['assignee', 'matter'], name='events_assigned'), models.Index(fields=['kind', 'at'], name='events_of_kind')],
                    'constraints': [models.UniqueConstraint(fields=('matter', 'seq'), name='one_event_per_seq')],
                },
            ),
            migrations.CreateModel(
                name='MatterProjection',
                fields=[
                    ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='projection', serialize=False, to='matters.matter')),
                    ('number', models.CharField(max_length=10)),
                    ('area_path', models.CharField(max_length=64)),
                    ('received_at', models.DateTimeField()),
                    ('guarded', models.BooleanField()),
                    ('topic', models.CharField(max_length=16)),
                    ('state', models.CharField(max_length=24)),
                    ('is_closed', models.BooleanField()),
                    ('holder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                    ('offered_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                    ('answer_due_at', models.DateTimeField(null=True)),
                    ('with_superior', models.BooleanField(default=False)),
                    ('assignee_id', models.BigIntegerField(null=True)),
                    ('next_due_at', models.DateTimeField(null=True)),
                    ('sort_at', models.DateTimeField()),
                    ('next_clock', models.CharField(blank=True, max_length=32)),
                    ('next_escalation_at', models.DateTimeField(null=True)),
                    ('last_seq', models.PositiveIntegerField()),
                    ('last_at', models.DateTimeField()),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('rules', models.CharField(max_length=64)),
                    ('unknown_year', models.PositiveSmallIntegerField(default=0)),
                ],
                options={
                    'indexes': [models.Index(fields=['is_closed', 'sort_at', 'area_path', 'guarded'], name='standing_due'), models.Index(fields=['is_closed', 'area_path', 'guarded'], name='standing_area'), models.Index(fields=['is_closed', 'topic', 'area_path', 'guarded'], name='standing_topic'), models.Index(fields=['is_closed', '-received_at'], name='standing_received'), models.Index(fields=['holder', 'is_closed', 'sort_at'], name='standing_holder'), models.Index(fields=['offered_to', 'is_closed'], name='standing_offered'), models.Index(fields=['assignee_id', 'is_closed'], name='standing_assignee'), models.Index(fields=['next_escalation_at'], name='standing_rung'), models.Index(fields=['rules'], name='standing_rules')],
                },
            ),
            migrations.CreateModel(
                name='MatterParty',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='matters.matter')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'matter'), name='party_once')],
                },
            ),
            migrations.CreateModel(
                name='MatterEscalation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='escalations', to='matters.matter')),
                    ('clock', models.CharField(max_length=32)),
                    ('started_at', models.DateTimeField()),
                    ('due_at', models.DateTimeField()),
                    ('after', models.PositiveSmallIntegerField()),
                    ('to', models.CharField(choices=[('head', 'The head of the body that holds it'), ('superior', 'The body above it'), ('county', "The county's leadership")], max_length=12)),
                    ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', '-at'], name='escalated_to')],
                    'constraints': [models.UniqueConstraint(fields=('matter', 'clock', 'started_at', 'after'), name='each_rung_once')],
                },
            ),
            migrations.CreateModel(
                name='MetricsSnapshot',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=32, unique=True)),
                    ('since', models.DateField()),
                    ('at', models.DateTimeField()),
                    ('rows', models.JSONField()),
                ],
            ),
            migrations.CreateModel(
                name='PublishedFigures',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('first', models.DateField(unique=True)),
                    ('until', models.DateField()),
                    ('formula', models.CharField(max_length=32)),
                    ('tables', models.JSONField()),
                    ('days', models.JSONField()),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='MatterMessage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='matters.matter')),
                    ('key', models.UUIDField(unique=True)),
                    ('at', models.DateTimeField()),
                    ('by_person', models.BooleanField()),
                    ('internal', models.BooleanField(default=False)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                    ('words', yixian.kernel.fields.SealedTextField(purpose='matter.message')),
                    ('notified_by', models.CharField(blank=True, choices=[('portal', 'To read with the receipt number'), ('sms', 'By text message'), ('email', 'By e-mail'), ('call', 'By telephone, in person'), ('visit', 'At their home, in person'), ('letter', 'By letter')], max_length=8)),
                ],
                options={
                    'indexes': [models.Index(fields=['matter', 'at'], name='message_of_matter')],
                },
            ),
            migrations.CreateModel(
                name='MatterReading',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='matters.matter')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('role', models.CharField(max_length=120)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['matter', '-at'], name='reading_of_matter')],
                },
            ),
            migrations.CreateModel(
                name='IdentityOpening',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='matters.matter')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('role', models.CharField(max_length=120)),
                    ('reason', yixian.kernel.fields.SealedTextField(purpose='matter.opening')),
                    ('at', models.DateTimeField()),
                ],
            ),
        ]),
        append_only(
            'matters_procedureversion',
            'matters_matter',
            'matters_mattersorting',
            'matters_mattertext',
            'matters_matterperson',
            'matters_mattersubject',
            'matters_matterclause',
            'matters_matterfile',
            'matters_matterlink',
            'matters_matterevent',
            'matters_matterescalation',
            'matters_mattermessage',
            'matters_matterreading',
            'matters_identityopening',
            'matters_matterdecision',
            'matters_remedydone',
            'matters_matterextension',
            'matters_mattermeeting',
            'matters_matterverdict',
            'matters_publishedfigures',
        ),
    ]
