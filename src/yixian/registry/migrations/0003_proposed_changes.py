"""Changes of what money hangs on, as one person proposed them and a second one decides."""

import django.db.models.deletion
import yixian.kernel.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0002_change_stamps'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ProposedChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('workbook', 'A workbook'), ('facts', 'What the policy asks'), ('item', 'A line of the survey')], max_length=16)),
                ('title', models.CharField(max_length=200)),
                ('subject_id', models.BigIntegerField(null=True)),
                ('area_path', models.CharField(blank=True, max_length=64)),
                ('document_no', models.CharField(max_length=120)),
                ('document_date', models.DateField()),
                ('reason', models.CharField(max_length=500)),
                ('content', yixian.kernel.fields.SealedTextField(blank=True, purpose='change.content')),
                ('words', yixian.kernel.fields.SealedTextField(blank=True, purpose='change.words')),
                ('word_count', models.PositiveIntegerField(default=0)),
                ('proposed_at', models.DateTimeField()),
                ('outcome', models.CharField(choices=[('waiting', 'Waits for a second person'), ('agreed', 'Agreed, in force'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn'), ('outdated', 'No longer held when it was agreed')], default='waiting', max_length=12)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('households', models.ManyToManyField(related_name='proposed_changes', to='registry.household')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['outcome', 'area_path'], name='change_outcome_area')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'agreed'), _negated=True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='agreed_by_a_second_person'), models.CheckConstraint(condition=models.Q(models.Q(('decided_by', None), ('outcome', 'waiting')), models.Q(models.Q(('outcome', 'waiting'), _negated=True), ('decided_by__isnull', False)), _connector='OR'), name='change_decided_by_somebody'), models.CheckConstraint(condition=models.Q(('document_no', ''), _negated=True), name='change_has_a_document'), models.UniqueConstraint(condition=models.Q(('outcome', 'waiting')), fields=('kind', 'subject_id'), name='one_waiting_change_of_subject')],
            },
        ),
    ]
