"""Tables of outreach, all append-only."""

import django.db.models.deletion
import yixian.kernel.fields
from django.conf import settings
from django.db import migrations, models

from yixian.kernel.append_only import append_only
from yixian.kernel.change_stamps import stamped
from yixian.kernel.create_models import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('kernel', '0002_change_stamps'),
        ('compensation', '0001_initial'),
        ('matters', '0001_initial'),
        ('policies', '0001_initial'),
        ('registry', '0001_initial'),
        ('visits', '0001_initial'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Explanation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='explanations', to='registry.household')),
                    ('area_path', models.CharField(max_length=64)),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='explanations', to='compensation.statement')),
                    ('helper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='explanations', to='registry.helper')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('recorded_at', models.DateTimeField()),
                    ('key', models.UUIDField(unique=True)),
                    ('on', models.DateField()),
                    ('language', models.CharField(choices=[('cmn', 'Mandarin (local speech)'), ('iii', 'Yi'), ('hmd', 'Miao')], max_length=3)),
                ],
                options={
                    'indexes': [models.Index(fields=['household', '-on'], name='explanation_household'), models.Index(fields=['area_path', 'on'], name='explanation_area')],
                },
            ),
            migrations.CreateModel(
                name='ExplanationQuestion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('explanation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='outreach.explanation')),
                    ('position', models.PositiveIntegerField()),
                    ('title', models.CharField(blank=True, max_length=200)),
                    ('words', yixian.kernel.fields.SealedTextField(purpose='explanation.question')),
                    ('route', models.CharField(choices=[('helpdesk', 'A question about the policy: to the policy desk'), ('matter', 'Something in it is not right: as a matter')], max_length=12)),
                    ('policy_question', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='asked_at_explanation', to='policies.policyquestion')),
                    ('matter', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='asked_at_explanation', to='matters.matter')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('matter__isnull', True), ('policy_question__isnull', False), ('route', 'helpdesk')), models.Q(('matter__isnull', False), ('policy_question__isnull', True), ('route', 'matter')), _connector='OR'), name='question_went_one_way')],
                },
            ),
            migrations.CreateModel(
                name='ExplanationConfirmation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('explanation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='outreach.explanation')),
                    ('way', models.CharField(choices=[('pin', 'With the PIN of its card'), ('signature', 'By signature on the screen'), ('attested', 'Before somebody who attests it, because nobody there can write'), ('portal', 'By the household itself, on its own pages'), ('none', 'Not confirmed')], max_length=12)),
                    ('strokes', yixian.kernel.fields.SealedTextField(blank=True, purpose='explanation.signature')),
                    ('attested_by', yixian.kernel.fields.SealedTextField(blank=True, purpose='explanation.attested_by')),
                    ('why_not', yixian.kernel.fields.SealedTextField(blank=True, purpose='explanation.why_not')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('by', None), ('way', 'portal')), models.Q(models.Q(('way', 'portal'), _negated=True), ('by__isnull', False)), _connector='OR'), name='only_the_household_confirms_alone')],
                },
            ),
            migrations.CreateModel(
                name='ExplanationObjection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('explanation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='outreach.explanation')),
                    ('never_held', models.BooleanField()),
                    ('words', yixian.kernel.fields.SealedTextField(blank=True, purpose='explanation.objection')),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='OnSiteSession',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.area')),
                    ('area_path', models.CharField(max_length=64)),
                    ('on', models.DateField()),
                    ('place', models.CharField(max_length=120)),
                    ('households', models.PositiveIntegerField()),
                    ('villagers', models.PositiveIntegerField()),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('recorded_at', models.DateTimeField()),
                    ('key', models.UUIDField(unique=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['area_path', '-on'], name='on_site_area')],
                },
            ),
            migrations.CreateModel(
                name='SessionLeader',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leaders', to='outreach.onsitesession')),
                    ('helper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='on_site_sessions', to='registry.helper')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('session', 'helper'), name='leads_once_per_session')],
                },
            ),
            migrations.CreateModel(
                name='SessionParticipant',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participants', to='outreach.onsitesession')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                    ('people', models.PositiveSmallIntegerField()),
                ],
            ),
            migrations.CreateModel(
                name='SessionSpeaker',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='speakers', to='outreach.onsitesession')),
                    ('name', yixian.kernel.fields.SealedTextField(purpose='on_site.speaker')),
                    ('agreed', models.BooleanField()),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('agreed', True)), name='only_who_agreed_is_named')],
                },
            ),
            migrations.CreateModel(
                name='RaisedPoint',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='raised', to='outreach.onsitesession')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('words', yixian.kernel.fields.SealedTextField(purpose='on_site.raised')),
                    ('settled', models.BooleanField()),
                    ('matter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='raised_on_site', to='matters.matter')),
                ],
            ),
            migrations.CreateModel(
                name='OnSiteDecision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='outreach.onsitesession')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('area_path', models.CharField(max_length=64)),
                    ('words', models.CharField(max_length=300)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                    ('due_on', models.DateField()),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', 'due_on'], name='on_site_decision_of'), models.Index(fields=['area_path', 'due_on'], name='on_site_decision_area')],
                },
            ),
            migrations.CreateModel(
                name='OnSiteDecisionStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='outreach.onsitedecision')),
                    ('kind', models.CharField(choices=[('done', 'Carried out'), ('not_done', 'Not carried out'), ('closed', 'Closed by a leader'), ('sent_back', 'Sent back with a new day')], max_length=12)),
                    ('words', yixian.kernel.fields.SealedTextField(blank=True, purpose='on_site.step')),
                    ('due_on', models.DateField(null=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['decision', '-id'], name='on_site_steps_of')],
                },
            ),
            migrations.CreateModel(
                name='OnSiteObjection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='outreach.onsitesession')),
                    ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.household')),
                    ('never_held', models.BooleanField()),
                    ('words', yixian.kernel.fields.SealedTextField(blank=True, purpose='on_site.objection')),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='PolicyMeeting',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.area')),
                    ('area_path', models.CharField(max_length=64)),
                    ('on', models.DateField()),
                    ('place', models.CharField(max_length=120)),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('recorded_at', models.DateTimeField()),
                    ('key', models.UUIDField(unique=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['area_path', '-on'], name='policy_meeting_area')],
                },
            ),
            migrations.CreateModel(
                name='MeetingTopic',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='topics', to='outreach.policymeeting')),
                    ('pack_id', models.CharField(max_length=64)),
                    ('document', models.CharField(max_length=120)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('meeting', 'pack_id', 'document'), name='explained_once_per_meeting')],
                },
            ),
            migrations.CreateModel(
                name='MeetingLanguage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='languages', to='outreach.policymeeting')),
                    ('language', models.CharField(choices=[('cmn', 'Mandarin (local speech)'), ('iii', 'Yi'), ('hmd', 'Miao')], max_length=3)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('meeting', 'language'), name='spoken_once_per_meeting')],
                },
            ),
            migrations.CreateModel(
                name='MeetingQuestion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='outreach.policymeeting')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('words', yixian.kernel.fields.SealedTextField(purpose='meeting.question')),
                    ('answer', models.CharField(blank=True, max_length=500)),
                    ('policy_question', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='asked_at_meeting', to='policies.policyquestion')),
                    ('understood', models.PositiveIntegerField()),
                    ('not_understood', models.PositiveIntegerField()),
                ],
            ),
            migrations.CreateModel(
                name='MeetingInvitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='outreach.policymeeting')),
                    ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meeting_invitations', to='registry.household')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('meeting', 'household'), name='invited_once_per_meeting')],
                },
            ),
            migrations.CreateModel(
                name='MeetingAttendance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='outreach.policymeeting')),
                    ('why', models.CharField(blank=True, max_length=200)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='MeetingAbsence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('attendance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to='outreach.meetingattendance')),
                    ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.household')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('attendance', 'household'), name='absent_once_per_sheet')],
                },
            ),
            migrations.CreateModel(
                name='ReachedAfterwards',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reached', to='outreach.policymeeting')),
                    ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reached_afterwards', to='registry.household')),
                    ('on', models.DateField()),
                    ('helper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.helper')),
                    ('visit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='visits.visit')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('meeting', 'household'), name='reached_once_per_meeting')],
                },
            ),
            migrations.CreateModel(
                name='MeetingObjection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='outreach.policymeeting')),
                    ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.household')),
                    ('never_reached', models.BooleanField()),
                    ('words', yixian.kernel.fields.SealedTextField(blank=True, purpose='meeting.objection')),
                    ('at', models.DateTimeField()),
                ],
            ),
        ]),
        append_only(
            'outreach_explanation',
            'outreach_explanationquestion',
            'outreach_explanationconfirmation',
            'outreach_explanationobjection',
            'outreach_onsitesession',
            'outreach_sessionleader',
            'outreach_sessionparticipant',
            'outreach_sessionspeaker',
            'outreach_raisedpoint',
            'outreach_onsitedecision',
            'outreach_onsitedecisionstep',
            'outreach_onsiteobjection',
            'outreach_policymeeting',
            'outreach_meetingtopic',
            'outreach_meetinglanguage',
            'outreach_meetingquestion',
            'outreach_meetinginvitation',
            'outreach_meetingattendance',
            'outreach_meetingabsence',
            'outreach_reachedafterwards',
            'outreach_meetingobjection',
        ),
        stamped('outreach_onsitedecision'),
    ]
