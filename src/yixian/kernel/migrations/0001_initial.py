"""Tables of the kernel, with the full-text index; the ledger, the record of readings and messages are append-only."""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import yixian.kernel.fields
from django.conf import settings
from django.db import migrations, models

from yixian.kernel.append_only import append_only
from yixian.kernel.create_models import CreateModels
from yixian.kernel.search.triggers import full_text_index


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Attempt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('subject', models.CharField(max_length=64, unique=True)),
                    ('failures', models.PositiveIntegerField(default=0)),
                    ('last_at', models.DateTimeField()),
                    ('locked_until', models.DateTimeField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name='Event',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(db_index=True)),
                    ('actor_label', models.CharField(max_length=150)),
                    ('actor_user_id', models.BigIntegerField(null=True)),
                    ('kind', models.CharField(db_index=True, max_length=64)),
                    ('subject_kind', models.CharField(max_length=32)),
                    ('subject_id', models.BigIntegerField()),
                    ('area_path', models.CharField(blank=True, max_length=64)),
                    ('data', models.JSONField(default=dict)),
                    ('corrects', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='kernel.event')),
                ],
                options={
                    'indexes': [models.Index(fields=['subject_kind', 'subject_id', 'id'], name='event_subject'), models.Index(fields=['area_path', 'id'], name='event_area')],
                },
            ),
            migrations.CreateModel(
                name='Heartbeat',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('held_by', models.UUIDField(null=True)),
                    ('held_until', models.DateTimeField(null=True)),
                    ('name', models.CharField(max_length=64, unique=True)),
                    ('last_started_at', models.DateTimeField(null=True)),
                    ('last_ended_at', models.DateTimeField(null=True)),
                    ('last_well_at', models.DateTimeField(null=True)),
                    ('took_ms', models.PositiveBigIntegerField(null=True)),
                    ('counts', models.JSONField(default=dict)),
                    ('failures', models.PositiveIntegerField(default=0)),
                    ('last_error', models.CharField(blank=True, max_length=100)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='OutgoingMessage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('channel', models.CharField(choices=[('sms', 'Text message'), ('email', 'E-mail')], max_length=8)),
                    ('recipient', yixian.kernel.fields.SealedTextField(purpose='outgoing_message.recipient')),
                    ('title', yixian.kernel.fields.SealedTextField(blank=True, purpose='outgoing_message.title')),
                    ('text', yixian.kernel.fields.SealedTextField(purpose='outgoing_message.text')),
                    ('subject_kind', models.CharField(max_length=32)),
                    ('subject_id', models.BigIntegerField()),
                    ('key', models.UUIDField(unique=True)),
                    ('asked_at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['subject_kind', 'subject_id'], name='message_subject')],
                },
            ),
            migrations.CreateModel(
                name='SendingAttempt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='kernel.outgoingmessage')),
                    ('at', models.DateTimeField()),
                    ('outcome', models.CharField(choices=[('sent', 'Sent'), ('failed', 'Failed'), ('given_up', 'Given up'), ('again', 'To be tried again')], max_length=10)),
                    ('error', models.CharField(blank=True, max_length=100)),
                    ('provider_ref', models.CharField(blank=True, max_length=64)),
                ],
                options={
                    'indexes': [models.Index(fields=['outcome', 'at'], name='attempt_outcome')],
                },
            ),
            migrations.CreateModel(
                name='WaitingMessage',
                fields=[
                    ('held_by', models.UUIDField(null=True)),
                    ('held_until', models.DateTimeField(null=True)),
                    ('message', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='waiting', serialize=False, to='kernel.outgoingmessage')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='RecordRead',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('household_id', models.BigIntegerField()),
                    ('actor_label', models.CharField(max_length=150)),
                    ('actor_user_id', models.BigIntegerField(null=True)),
                    ('role', models.CharField(max_length=32)),
                    ('what', models.CharField(max_length=64)),
                ],
                options={
                    'indexes': [models.Index(fields=['household_id', '-at'], name='read_household')],
                },
            ),
            migrations.CreateModel(
                name='SearchDocument',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=32)),
                    ('object_id', models.BigIntegerField()),
                    ('area_path', models.CharField(blank=True, max_length=64)),
                    ('body', models.TextField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('kind', 'object_id'), name='one_document_per_object')],
                },
            ),
            migrations.CreateModel(
                name='User',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                    ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                    ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                    ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                    ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                    ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                    ('display_name', models.CharField(blank=True, max_length=60)),
                    ('helper_id', models.BigIntegerField(blank=True, null=True, unique=True)),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ],
                options={
                    'verbose_name': 'user',
                    'verbose_name_plural': 'users',
                    'abstract': False,
                },
                managers=[
                    ('objects', django.contrib.auth.models.UserManager()),
                ],
            ),
            migrations.CreateModel(
                name='Job',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=64)),
                    ('arguments', models.JSONField(default=dict)),
                    ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='waiting', max_length=16)),
                    ('result', models.JSONField(default=dict)),
                    ('error', models.TextField(blank=True)),
                    ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                    ('created_at', models.DateTimeField()),
                    ('started_at', models.DateTimeField(null=True)),
                    ('ended_at', models.DateTimeField(null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['owner', '-created_at'], name='job_owner')],
                },
            ),
            migrations.CreateModel(
                name='RoleGrant',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_grants', to=settings.AUTH_USER_MODEL)),
                    ('role', models.CharField(choices=[('administrator', 'Administrator'), ('bureau_clerk', 'Bureau clerk'), ('bureau_lead', 'Bureau lead'), ('county_leader', 'County leader'), ('township_lead', 'Township lead'), ('department_lead', 'Department lead'), ('cadre', 'Cadre'), ('party_member', 'Party member'), ('surveyor', 'Surveyor'), ('finance', 'Finance'), ('petition_officer', 'Petition officer'), ('auditor', 'Auditor'), ('monitor', 'Independent monitor')], max_length=32)),
                    ('area_path', models.CharField(blank=True, max_length=64)),
                    ('organisation_id', models.BigIntegerField(blank=True, null=True)),
                    ('valid_from', models.DateField()),
                    ('valid_until', models.DateField(blank=True, null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['user', 'valid_from'], name='grant_user')],
                },
            ),
        ]),
        full_text_index(),
        append_only(
            'kernel_event',
            'kernel_recordread',
            'kernel_outgoingmessage',
            'kernel_sendingattempt',
        ),
    ]
