from django.db import migrations

from yixian.kernel.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0001_initial'),
    ]

    operations = [
        append_only(
            'matters_procedureedition',
            'matters_matter',
            'matters_mattersorting',
            'matters_mattertext',
            'matters_matterperson',
            'matters_mattersubject',
            'matters_matterclause',
            'matters_matterfile',
            'matters_matterlink',
            'matters_matterevent',
            'matters_matterescalation',
            'matters_mattermessage',
            'matters_matterreading',
            'matters_identityopening',
            'matters_matterdecision',
            'matters_remedydone',
            'matters_matterextension',
            'matters_mattermeeting',
            'matters_matterverdict',
            'matters_publishedfigures',
        ),
    ]
