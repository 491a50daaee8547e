from django.db import migrations

from yixian.kernel.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('visits', '0001_initial'),
    ]

    operations = [
        append_only(
            'visits_visit',
            'visits_visitpresence',
            'visits_visitphoto',
            'visits_visitacknowledgement',
            'visits_visitobjection',
            'visits_promise',
            'visits_promiseoutcome',
        ),
    ]
