"""Tables of quizzes on policy; answers are append-only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from yixian.kernel.append_only import append_only
from yixian.kernel.create_models import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('policies', '0001_initial'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='QuizAttempt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quizzes', to=settings.AUTH_USER_MODEL)),
                    ('pack_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.packversion')),
                    ('on_date', models.DateField()),
                    ('seed', models.BigIntegerField()),
                    ('questions', models.JSONField()),
                    ('organisation_id', models.BigIntegerField(null=True)),
                    ('started_at', models.DateTimeField()),
                    ('finished_at', models.DateTimeField(null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['user', '-started_at'], name='quiz_of_user'), models.Index(fields=['finished_at', 'organisation_id'], name='quiz_of_organisation')],
                },
            ),
            migrations.CreateModel(
                name='QuizAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('attempt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='quizzes.quizattempt')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('topic', models.CharField(choices=[('line', "Calculating a line"), ('promise', 'What may be promised'), ('clause', 'Which clause says it'), ('force', 'What is in force')], max_length=12)),
                    ('chosen', models.SmallIntegerField(null=True)),
                    ('minor', models.BigIntegerField(null=True)),
                    ('is_right', models.BooleanField()),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('attempt', 'position'), name='one_answer_per_question')],
                },
            ),
        ]),
        append_only(
            'quizzes_quizanswer',
        ),
    ]
