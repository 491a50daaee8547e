"""Supervision orders of leaders, and what followed."""

import django.db.models.deletion
import yixian.kernel.fields
from django.conf import settings
from django.db import migrations, models

from yixian.kernel.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0004_stamped_decisions'),
        ('registry', '0006_divisions_are_proposed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SupervisionOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(max_length=120)),
                ('link', models.CharField(blank=True, max_length=200)),
                ('words', yixian.kernel.fields.SealedTextField(purpose='matter.supervision')),
                ('due_on', models.DateField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by_organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                ('matter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supervision_orders', to='matters.matter')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='SupervisionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('replied', 'Replied'), ('sent_back', 'Sent back with a new day'), ('closed', 'Closed by whoever ordered it')], max_length=12)),
                ('words', yixian.kernel.fields.SealedTextField(blank=True, purpose='matter.supervision.step')),
                ('due_on', models.DateField(null=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='matters.supervisionorder')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
            ],
        ),
        migrations.AddIndex(
            model_name='supervisionorder',
            index=models.Index(fields=['organisation', 'due_on'], name='supervision_of'),
        ),
        migrations.AddIndex(
            model_name='supervisionorder',
            index=models.Index(fields=['by_organisation', 'due_on'], name='supervision_by'),
        ),
        migrations.AddIndex(
            model_name='supervisionstep',
            index=models.Index(fields=['order', '-id'], name='supervision_steps_of'),
        ),
        append_only("matters_supervisionorder", "matters_supervisionstep"),
    ]
