"""Formal papers of matters, their steps and numbers."""

import django.db.models.deletion
import yixian.kernel.fields
from django.conf import settings
from django.db import migrations, models

from yixian.kernel.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0005_supervision'),
        ('registry', '0006_divisions_are_proposed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FormalPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('acceptance', 'Notice of acceptance'), ('refusal', 'Notice of non-acceptance'), ('forwarding', 'Letter of forwarding'), ('assignment', 'Letter of assignment'), ('extension', 'Notice of extension'), ('decision', 'Written decision'), ('review', 'Written decision of the review (formal)'), ('final', 'Written decision of the final review (formal)')], max_length=12)),
                ('seq', models.PositiveIntegerField()),
                ('lang', models.CharField(max_length=2)),
                ('words', yixian.kernel.fields.SealedTextField(purpose='matter.formal_paper')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='formal_papers', to='matters.matter')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                ('receiver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='FormalStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('reviewed', 'Reviewed, waits to be issued'), ('returned', 'Returned to be drafted anew'), ('issued', 'Issued, to be delivered'), ('delivered', 'Delivered')], max_length=12)),
                ('words', yixian.kernel.fields.SealedTextField(blank=True, purpose='matter.formal_step')),
                ('on', models.DateField(null=True)),
                ('way', models.CharField(blank=True, choices=[('in_person', 'Handed over in person'), ('post', 'By post'), ('left', 'Left at the home, with witnesses'), ('portal', 'Electronically'), ('exchange', 'Between offices')], max_length=12)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='matters.formalpaper')),
            ],
        ),
        migrations.CreateModel(
            name='PaperNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('year', models.PositiveSmallIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('on', models.DateField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                ('paper', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='numbered', to='matters.formalpaper')),
            ],
        ),
        migrations.AddIndex(
            model_name='formalpaper',
            index=models.Index(fields=['organisation', '-at'], name='papers_of_organisation'),
        ),
        migrations.AddIndex(
            model_name='formalstep',
            index=models.Index(fields=['paper', '-id'], name='steps_of_paper'),
        ),
        migrations.AddConstraint(
            model_name='papernumber',
            constraint=models.UniqueConstraint(fields=('organisation', 'year', 'number'), name='paper_number_once'),
        ),
        append_only("matters_formalpaper", "matters_formalstep", "matters_papernumber"),
    ]
