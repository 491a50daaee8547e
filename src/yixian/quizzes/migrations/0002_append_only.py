"""Answers are never edited and never removed."""

from django.db import migrations

from yixian.kernel.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0001_initial")]
    operations = [append_only("quizzes_quizanswer")]
