"""Tables of signals and working groups; everything that was found, sent and answered is append-only."""

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
        ('policies', '0001_initial'),
        ('registry', '0001_initial'),
        ('revisions', '0001_initial'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Signal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.area')),
                    ('area_path', models.CharField(max_length=64)),
                    ('county_path', models.CharField(max_length=64)),
                    ('townships', models.JSONField(default=list)),
                    ('topic', models.CharField(choices=[('price', 'A compensation price or standard'), ('inventory', 'What was measured or counted'), ('people', 'Who counts as resettled; dividing a household'), ('account', 'How our account was calculated'), ('payment', 'Money that has not come'), ('house', 'The new house or building plot'), ('land', 'Land, production and income'), ('move', 'The move itself'), ('public_works', 'Water, roads, schools, doctors'), ('conduct', 'How somebody behaved towards us'), ('information', 'We want to know something'), ('other', 'Anything else'), ('unsorted', 'Not sorted yet')], max_length=16)),
                    ('pack_id', models.CharField(max_length=64)),
                    ('document', models.CharField(max_length=120)),
                    ('clause', models.CharField(max_length=120)),
                    ('since_week', models.PositiveIntegerField()),
                    ('week', models.PositiveIntegerField()),
                    ('households', models.PositiveIntegerField()),
                    ('villages', models.PositiveIntegerField()),
                    ('others', models.PositiveIntegerField(default=0)),
                    ('expected_tenths', models.PositiveIntegerField()),
                    ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                    ('detected_at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['area_path', '-detected_at'], name='signal_area')],
                    'constraints': [models.UniqueConstraint(fields=('county_path', 'topic', 'pack_id', 'document', 'clause', 'week'), name='one_signal_a_week'), models.CheckConstraint(condition=models.Q(('households__gte', 10)), name='no_signal_of_a_few'), models.CheckConstraint(condition=models.Q(('since_week__lte', models.F('week'))), name='a_rise_begins_before_it_ends')],
                },
            ),
            migrations.CreateModel(
                name='WorkingGroup',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.UUIDField(unique=True)),
                    ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='working_groups', to='registry.area')),
                    ('area_path', models.CharField(max_length=64)),
                    ('title_zh', models.CharField(max_length=120)),
                    ('title_en', models.CharField(blank=True, max_length=160)),
                    ('question_zh', models.TextField(max_length=2000)),
                    ('question_en', models.TextField(blank=True, max_length=2000)),
                    ('pack_id', models.CharField(max_length=64)),
                    ('document', models.CharField(max_length=120)),
                    ('clause', models.CharField(max_length=120)),
                    ('base', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.packversion')),
                    ('prices', models.JSONField(default=list)),
                    ('since', models.DateField()),
                    ('signal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='working_groups.signal')),
                    ('basis', models.CharField(blank=True, max_length=500)),
                    ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('opened_at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['area_path', '-opened_at'], name='group_area')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('signal__isnull', False), models.Q(('basis', ''), _negated=True), _connector='OR'), name='opened_by_a_signal_or_a_decision')],
                },
            ),
            migrations.CreateModel(
                name='SignalAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('signal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='working_groups.signal')),
                    ('group', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered_signals', to='working_groups.workinggroup')),
                    ('words_zh', models.TextField(max_length=2000)),
                    ('words_en', models.TextField(blank=True, max_length=2000)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='GroupMember',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='working_groups.workinggroup')),
                    ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('helper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.helper')),
                    ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                    ('task', models.CharField(blank=True, max_length=120)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('helper', None), ('organisation', None), ('user__isnull', False)), models.Q(('helper__isnull', False), ('organisation', None), ('user', None)), models.Q(('helper', None), ('organisation__isnull', False), ('user', None)), _connector='OR'), name='a_member_is_one_of_three')],
                },
            ),
            migrations.CreateModel(
                name='GroupStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='working_groups.workinggroup')),
                    ('kind', models.CharField(choices=[('opened', 'Opened'), ('sampled', 'Sample drawn'), ('checked', 'Checks ended'), ('drafted', 'A revision was linked'), ('seen', 'The effects were looked at'), ('sent', 'The report was sent'), ('replied', 'No more replies are waited for'), ('keep_proposed', 'Keeping the standard was proposed'), ('keep_taken_back', 'That proposal was taken back'), ('kept', 'The standard is kept'), ('answered', 'Everybody was answered'), ('closed', 'Closed')], max_length=16)),
                    ('revision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='revisions.revision')),
                    ('comparison', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='revisions.revisioncomparison')),
                    ('note', models.TextField(blank=True, max_length=2000)),
                    ('number', models.CharField(blank=True, max_length=80)),
                    ('count', models.PositiveIntegerField(null=True)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('kind__in', ('opened', 'sampled', 'checked', 'kept', 'answered', 'closed'))), fields=('group', 'kind'), name='a_group_step_once')],
                },
            ),
            migrations.CreateModel(
                name='GroupReport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='working_groups.workinggroup')),
                    ('number', models.PositiveIntegerField()),
                    ('language', models.CharField(max_length=8)),
                    ('facts', models.JSONField()),
                    ('facts_sha256', models.CharField(max_length=64)),
                    ('pdf', models.FileField(storage=yixian.kernel.sealed_files.SealedStorage('group.report'), upload_to='reports/%Y/')),
                    ('pdf_sha256', models.CharField(max_length=64)),
                    ('workbook', models.FileField(storage=yixian.kernel.sealed_files.SealedStorage('group.report'), upload_to='reports/%Y/')),
                    ('workbook_sha256', models.CharField(max_length=64)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('group', 'number'), name='one_report_per_number')],
                },
            ),
            migrations.CreateModel(
                name='ReportDispatch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dispatches', to='working_groups.groupreport')),
                    ('kind', models.CharField(choices=[('owner', 'Project owner'), ('design', 'Design institute'), ('higher', 'Higher department'), ('other', 'Somebody else')], max_length=8)),
                    ('name', models.CharField(max_length=80)),
                    ('sent_on', models.DateField()),
                    ('reply_days', models.PositiveSmallIntegerField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='ReportReply',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('dispatch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='working_groups.reportdispatch')),
                    ('received_on', models.DateField()),
                    ('number', models.CharField(blank=True, max_length=80)),
                    ('verdict', models.CharField(choices=[('agree', 'Agrees'), ('conditional', 'Agrees under conditions'), ('disagree', 'Does not agree')], max_length=12)),
                    ('words', models.TextField(max_length=2000)),
                    ('scan', models.FileField(blank=True, storage=yixian.kernel.sealed_files.SealedStorage('group.report'), upload_to='replies/%Y/')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='Sample',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('group', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sample', to='working_groups.workinggroup')),
                    ('basis', models.CharField(choices=[('items', 'Households that have what the clause prices'), ('households', 'All households (nothing is surveyed here)')], max_length=12)),
                    ('frame', models.JSONField()),
                    ('size', models.PositiveIntegerField()),
                    ('salt', models.CharField(max_length=32)),
                    ('frame_sha256', models.CharField(max_length=64)),
                    ('margin', yixian.kernel.fields.ScaledDecimalField(scale=4)),
                    ('wanted', models.PositiveIntegerField()),
                    ('seed_source', models.CharField(max_length=200)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='SampleDraw',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sample', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='draw', to='working_groups.sample')),
                    ('seed', models.CharField(max_length=200)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='SampledHousehold',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('draw', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='households', to='working_groups.sampledraw')),
                    ('order', models.PositiveIntegerField()),
                    ('number', models.PositiveIntegerField()),
                    ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.household')),
                    ('area_path', models.CharField(max_length=64)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('draw', 'number'), name='drawn_once'), models.UniqueConstraint(fields=('draw', 'order'), name='one_drawn_per_place')],
                },
            ),
            migrations.CreateModel(
                name='CheckAssignment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sampled', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='working_groups.sampledhousehold')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['user', 'sampled'], name='check_of_user')],
                },
            ),
            migrations.CreateModel(
                name='CheckResult',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sampled', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='result', to='working_groups.sampledhousehold')),
                    ('key', models.UUIDField(unique=True)),
                    ('outcome', models.CharField(choices=[('done', 'Measured and asked'), ('refused', 'They did not want it'), ('nobody', "Nobody at home on three visits"), ('gone', 'What was to be checked is not there any more')], max_length=8)),
                    ('checked_on', models.DateField()),
                    ('timber_yuan', yixian.kernel.fields.ScaledDecimalField(null=True, scale=2)),
                    ('wage_yuan', yixian.kernel.fields.ScaledDecimalField(null=True, scale=2)),
                    ('rebuild_yuan', yixian.kernel.fields.ScaledDecimalField(null=True, scale=2)),
                    ('words', yixian.kernel.fields.SealedTextField(blank=True, purpose='check.words')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='CheckMeasure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('result', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='working_groups.checkresult')),
                    ('line_no', models.CharField(max_length=32)),
                    ('item_code', models.CharField(max_length=64)),
                    ('quantity', yixian.kernel.fields.ScaledDecimalField(scale=4)),
                    ('recorded', yixian.kernel.fields.ScaledDecimalField(scale=4)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('result', 'line_no'), name='one_measure_per_line')],
                },
            ),
            migrations.CreateModel(
                name='CheckPhoto',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('result', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='working_groups.checkresult')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('file', models.FileField(storage=yixian.kernel.sealed_files.SealedStorage('check.photo'), upload_to='checks/%Y/%m/')),
                    ('small', models.FileField(storage=yixian.kernel.sealed_files.SealedStorage('check.photo'), upload_to='checks/%Y/%m/')),
                    ('width', models.PositiveIntegerField()),
                    ('height', models.PositiveIntegerField()),
                    ('sha256', models.CharField(max_length=64)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('result', 'position'), name='one_check_photo_per_position')],
                },
            ),
        ]),
        append_only(
            'working_groups_signal',
            'working_groups_signalanswer',
            'working_groups_workinggroup',
            'working_groups_groupmember',
            'working_groups_groupstep',
            'working_groups_sample',
            'working_groups_sampledraw',
            'working_groups_sampledhousehold',
            'working_groups_checkassignment',
            'working_groups_checkresult',
            'working_groups_checkmeasure',
            'working_groups_checkphoto',
            'working_groups_groupreport',
            'working_groups_reportdispatch',
            'working_groups_reportreply',
        ),
    ]
