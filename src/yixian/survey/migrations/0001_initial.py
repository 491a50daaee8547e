"""Tables of the survey; what came from the yard, how it was read and what was decided about it is append-only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import yixian.kernel.fields
import yixian.kernel.sealed_files
from yixian.kernel.append_only import append_only
from yixian.kernel.change_stamps import stamped
from yixian.kernel.create_models import CreateModels

_APPEND_ONLY = (
    "survey_campaignclosing",
    "survey_devicerevocation",
    "survey_sheetsubmission",
    "survey_sheetattachment",
    "survey_submissionreading",
    "survey_sheetchoice",
)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('kernel', '0002_change_stamps'),
        ('policies', '0001_initial'),
        ('registry', '0001_initial'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Campaign',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='registry.area')),
                    ('title', models.CharField(max_length=80)),
                    ('pack_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='policies.packversion')),
                    ('freeze_document', models.CharField(max_length=120)),
                    ('freeze_issuer', models.CharField(max_length=80)),
                    ('freeze_issued_on', models.DateField()),
                    ('cutoff_on', models.DateField()),
                    ('first_day', models.DateField()),
                    ('last_day', models.DateField()),
                    ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('opened_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='campaign_days_in_order'), models.CheckConstraint(condition=models.Q(('first_day__gte', models.F('freeze_issued_on'))), name='survey_after_freeze_notice')],
                },
            ),
            migrations.CreateModel(
                name='CampaignClosing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('campaign', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='closing', to='survey.campaign')),
                    ('reason', models.CharField(max_length=500)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='SurveyTeam',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='survey.campaign')),
                    ('name', models.CharField(max_length=40)),
                    ('measurer', models.CharField(max_length=40)),
                    ('measurer_organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                    ('second', models.CharField(max_length=40)),
                    ('second_organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                    ('languages', models.CharField(default='cmn', max_length=40)),
                    ('has_woman', models.BooleanField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('campaign', 'name'), name='one_team_of_a_name'), models.CheckConstraint(condition=models.Q(('measurer_organisation', models.F('second_organisation')), _negated=True), name='team_of_two_organisations')],
                },
            ),
            migrations.CreateModel(
                name='TeamDay',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='days', to='survey.surveyteam')),
                    ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='survey_days', to='registry.area')),
                    ('on', models.DateField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('team', 'on', 'village'), name='one_team_day_per_village')],
                },
            ),
            migrations.CreateModel(
                name='FieldDevice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='devices', to='survey.surveyteam')),
                    ('label', models.CharField(max_length=40)),
                    ('secret_sha256', models.CharField(max_length=64, unique=True)),
                    ('expires_at', models.DateTimeField()),
                    ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('issued_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='DeviceRevocation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('device', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='revocation', to='survey.fielddevice')),
                    ('reason', models.CharField(max_length=500)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='SheetSubmission',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='survey.campaign')),
                    ('device', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='survey.fielddevice')),
                    ('area_path', models.CharField(max_length=64)),
                    ('instance_id', models.CharField(max_length=120, unique=True)),
                    ('replaces', models.CharField(blank=True, max_length=120)),
                    ('sha256', models.CharField(max_length=64)),
                    ('form_id', models.CharField(max_length=120)),
                    ('form_version', models.CharField(blank=True, max_length=60)),
                    ('household_no', models.CharField(blank=True, max_length=64)),
                    ('received_at', models.DateTimeField()),
                    ('content', yixian.kernel.fields.SealedTextField(purpose='survey.submission')),
                ],
                options={
                    'indexes': [models.Index(fields=['campaign', 'household_no', 'form_id'], name='submission_household'), models.Index(fields=['campaign', 'replaces'], name='submission_replaces')],
                },
            ),
            migrations.CreateModel(
                name='SheetAttachment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='survey.sheetsubmission')),
                    ('name', models.CharField(max_length=120)),
                    ('sha256', models.CharField(max_length=64)),
                    ('is_picture', models.BooleanField()),
                    ('file', models.FileField(storage=yixian.kernel.sealed_files.SealedStorage('survey.attachment'), upload_to='survey/%Y/%m/')),
                    ('received_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('submission', 'name'), name='one_attachment_of_a_name')],
                },
            ),
            migrations.CreateModel(
                name='SubmissionReading',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='survey.sheetsubmission')),
                    ('problems', models.JSONField(blank=True, default=list)),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='SheetChoice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='survey.sheetsubmission')),
                    ('chosen_over', models.JSONField()),
                    ('reason', models.CharField(max_length=500)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
            ),
        ]),
        append_only(*_APPEND_ONLY),
        stamped("survey_campaign", "survey_sheetsubmission", "survey_submissionreading", "survey_sheetchoice"),
    ]
