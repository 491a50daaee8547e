"""Tables of postings: a list as it hung, what happened to it, objections, answers and locks are append-only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import yixian.kernel.fields
import yixian.kernel.sealed_files
from yixian.kernel.append_only import append_only
from yixian.kernel.change_stamps import stamped
from yixian.kernel.create_models import CreateModels

_APPEND_ONLY = (
    "posting_posting",
    "posting_postedline",
    "posting_postingevent",
    "posting_objection",
    "posting_objectionanswer",
    "posting_listlock",
    "posting_listlockagreement",
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
                name='Posting',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='registry.area')),
                    ('area_path', models.CharField(max_length=64)),
                    ('list', models.CharField(choices=[('property', 'Property'), ('land', 'Land'), ('population', 'Population')], max_length=12)),
                    ('round', models.PositiveSmallIntegerField()),
                    ('rounds', models.PositiveSmallIntegerField()),
                    ('as_of', models.DateField()),
                    ('pack_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.packversion')),
                    ('days', models.PositiveSmallIntegerField()),
                    ('unit', models.CharField(max_length=16)),
                    ('objection_days', models.PositiveSmallIntegerField()),
                    ('answer_days', models.PositiveSmallIntegerField()),
                    ('proofs_needed', models.PositiveSmallIntegerField()),
                    ('document', models.CharField(max_length=80)),
                    ('clause', models.CharField(max_length=80)),
                    ('sha256', models.CharField(max_length=64)),
                    ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('prepared_at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['area_path', 'list', 'round'], name='posting_area')],
                    'constraints': [models.UniqueConstraint(fields=('area', 'list', 'round'), name='one_posting_of_a_round'), models.CheckConstraint(condition=models.Q(('round__gte', 1), ('round__lte', models.F('rounds'))), name='posting_within_its_rounds')],
                },
            ),
            migrations.CreateModel(
                name='PostedLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('posting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='posting.posting')),
                    ('position', models.PositiveIntegerField()),
                    ('household_no', models.CharField(max_length=24)),
                    ('head_name', models.CharField(blank=True, max_length=60)),
                    ('line_no', models.CharField(blank=True, max_length=32)),
                    ('item_code', models.CharField(blank=True, max_length=64)),
                    ('quantity', yixian.kernel.fields.ScaledDecimalField(scale=4)),
                    ('detail', models.CharField(blank=True, max_length=400)),
                    ('is_gone', models.BooleanField(default=False)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('posting', 'position'), name='one_posted_line_at_a_place'), models.UniqueConstraint(fields=('posting', 'household_no', 'line_no'), name='one_posted_line_of_a_number')],
                },
            ),
            migrations.CreateModel(
                name='PostingEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('posting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='posting.posting')),
                    ('seq', models.PositiveIntegerField()),
                    ('kind', models.CharField(choices=[('posted', 'posted'), ('proven', 'proven'), ('taken_down', 'taken_down'), ('objected', 'objected'), ('rechecked', 'rechecked'), ('answered', 'answered'), ('closed', 'closed'), ('confirmed', 'confirmed')], max_length=12)),
                    ('at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=120)),
                    ('reason', models.CharField(blank=True, max_length=500)),
                    ('photograph', models.FileField(blank=True, storage=yixian.kernel.sealed_files.SealedStorage('posting.proof'), upload_to='posting/%Y/%m/')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('posting', 'seq'), name='one_posting_event_of_a_number')],
                },
            ),
            migrations.CreateModel(
                name='Objection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('posting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='posting.posting')),
                    ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='objection', to='posting.postingevent')),
                    ('household_no', models.CharField(max_length=24)),
                    ('line_no', models.CharField(blank=True, max_length=32)),
                    ('channel', models.CharField(choices=[('visit', 'At a visit'), ('counter', 'At the counter'), ('telephone', 'By telephone'), ('paper', 'In writing'), ('portal', "On the county's site")], max_length=12)),
                    ('raised_by', yixian.kernel.fields.SealedTextField(blank=True, purpose='posting.objector')),
                    ('text', yixian.kernel.fields.SealedTextField(purpose='posting.objection')),
                    ('matter_number', models.CharField(blank=True, max_length=32)),
                ],
            ),
            migrations.CreateModel(
                name='ObjectionAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('objection', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='posting.objection')),
                    ('outcome', models.CharField(choices=[('kept', 'Measured again: it stays as it was'), ('changed', 'Measured again: it is changed'), ('explained', 'Explained')], max_length=12)),
                    ('before', yixian.kernel.fields.ScaledDecimalField(null=True, scale=4)),
                    ('after', yixian.kernel.fields.ScaledDecimalField(null=True, scale=4)),
                    ('measured_by', models.CharField(blank=True, max_length=60)),
                    ('second', models.CharField(blank=True, max_length=60)),
                    ('measured_on', models.DateField(null=True)),
                    ('reason', models.CharField(max_length=500)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('outcome', 'explained'), models.Q(('after__isnull', False), ('measured_on__isnull', False), models.Q(('measured_by', ''), _negated=True), models.Q(('second', ''), _negated=True), models.Q(('measured_by', models.F('second')), _negated=True)), _connector='OR'), name='measured_again_by_two')],
                },
            ),
            migrations.CreateModel(
                name='ListLock',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('posting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='locks', to='posting.posting')),
                    ('document', models.CharField(max_length=120)),
                    ('sha256', models.CharField(max_length=64)),
                    ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('proposed_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='ListLockAgreement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('lock', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='agreement', to='posting.listlock')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
            ),
        ]),
        append_only(*_APPEND_ONLY),
        stamped(
            "posting_posting",
            "posting_postingevent",
            "posting_objection",
            "posting_objectionanswer",
            "posting_listlock",
            "posting_listlockagreement",
        ),
    ]
