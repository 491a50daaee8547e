"""Tables of the three tiers of responsibility; runs of the pairing and steps of a hand-over are append-only."""

import django.db.models.deletion
import yixian.kernel.fields
from django.conf import settings
from django.db import migrations, models

from yixian.kernel.append_only import append_only
from yixian.kernel.create_models import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("registry", "0001_initial"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Absence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "helper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="absences",
                                to="registry.helper",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("leave", "Leave"),
                                    ("sudden", "Suddenly away"),
                                    ("transfer", "Transfer to other work"),
                                    ("departure", "Permanent departure"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField(null=True)),
                        ("reason", models.CharField(max_length=200)),
                        ("document", models.CharField(blank=True, max_length=120)),
                        (
                            "to_organisation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registry.organisation",
                            ),
                        ),
                        ("noticed_at", models.DateTimeField(null=True)),
                        ("covered_at", models.DateTimeField(null=True)),
                        (
                            "announced_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("announced_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [models.Index(fields=["valid_from", "valid_until"], name="absence_days")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "leave"), _negated=True),
                                    ("valid_until__isnull", False),
                                    _connector="OR",
                                ),
                                name="leave_has_an_end",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "sudden"), ("noticed_at__isnull", False)),
                                    models.Q(
                                        models.Q(("kind", "sudden"), _negated=True), ("noticed_at", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="sudden_absence_is_noticed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PairingRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("on_date", models.DateField()),
                        ("area_path", models.CharField(max_length=64)),
                        ("seed", models.BigIntegerField()),
                        ("inputs_sha256", models.CharField(max_length=64)),
                        ("proof", models.JSONField()),
                        ("fairness", models.JSONField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Pairing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "household",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pairings",
                                to="registry.household",
                            ),
                        ),
                        (
                            "helper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pairings",
                                to="registry.helper",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[("cadre", "Cadre"), ("member", "Rural party member")], max_length=8
                            ),
                        ),
                        (
                            "part",
                            models.CharField(
                                choices=[
                                    ("first", "Responsible"),
                                    ("backup", "Backup"),
                                    ("stand_in", "Stand-in"),
                                ],
                                default="first",
                                max_length=8,
                            ),
                        ),
                        (
                            "stands_in_for",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stand_ins",
                                to="duty.pairing",
                            ),
                        ),
                        ("area_path", models.CharField(max_length=64)),
                        ("cost", models.BigIntegerField()),
                        (
                            "run",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pairings",
                                to="duty.pairingrun",
                            ),
                        ),
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField(null=True)),
                        ("began_because", models.CharField(max_length=200)),
                        ("ended_because", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["household", "role", "valid_until", "valid_from", "helper"],
                                name="pairing_household",
                            ),
                            models.Index(
                                fields=["helper", "valid_until", "valid_from", "household"],
                                name="pairing_helper",
                            ),
                            models.Index(fields=["area_path", "role"], name="pairing_area"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("valid_until", None)),
                                fields=("household", "helper"),
                                name="one_pairing_per_pair",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("part", "first"), ("valid_until", None)),
                                fields=("household", "role"),
                                name="one_responsible_per_role",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("part", "stand_in"), ("stands_in_for__isnull", False)),
                                    models.Q(
                                        models.Q(("part", "stand_in"), _negated=True), ("stands_in_for", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="stand_in_for_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until", None),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="pairing_ends_after_it_began",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PairingShortage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shortages",
                                to="duty.pairingrun",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[("cadre", "Cadre"), ("member", "Rural party member")], max_length=8
                            ),
                        ),
                        ("households", models.PositiveIntegerField()),
                        ("helpers", models.PositiveIntegerField()),
                        ("places", models.PositiveIntegerField()),
                        ("short", models.PositiveIntegerField()),
                        ("household_ids", models.JSONField()),
                        ("helper_ids", models.JSONField(default=list)),
                        ("sentences", models.JSONField(default=dict)),
                        ("remedies", models.JSONField(default=list)),
                        ("area_path", models.CharField(max_length=64)),
                    ],
                ),
                migrations.CreateModel(
                    name="Recusal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "household",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recusals",
                                to="registry.household",
                            ),
                        ),
                        (
                            "helper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recusals",
                                to="registry.helper",
                            ),
                        ),
                        (
                            "ground",
                            models.CharField(
                                choices=[
                                    ("kin", "Kin within three degrees"),
                                    ("interest", "Has an interest in the household's account"),
                                    ("approval", "Has a part in approving the household's account"),
                                    ("matter", "The household has a matter open about them"),
                                    ("asked", "The household asked for another helper"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("degree", models.PositiveSmallIntegerField(null=True)),
                        ("document", models.CharField(blank=True, max_length=120)),
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField(null=True)),
                        (
                            "declared_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("declared_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [models.Index(fields=["household", "helper"], name="recusal_pair")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("degree__in", (1, 2, 3)), ("ground", "kin")),
                                    models.Q(models.Q(("ground", "kin"), _negated=True), ("degree", None)),
                                    _connector="OR",
                                ),
                                name="kin_have_a_degree",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HelperRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "household",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="helper_requests",
                                to="registry.household",
                            ),
                        ),
                        (
                            "helper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests_about",
                                to="registry.helper",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[("cadre", "Cadre"), ("member", "Rural party member")], max_length=8
                            ),
                        ),
                        ("area_path", models.CharField(db_index=True, max_length=64)),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("portal", "Portal"),
                                    ("counter", "At the counter"),
                                    ("phone", "By telephone"),
                                    ("visit", "During a visit"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("by_right", models.BooleanField()),
                        (
                            "reason",
                            yixian.kernel.fields.SealedTextField(blank=True, purpose="helper_request.reason"),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("settled_at", models.DateTimeField(null=True)),
                        ("withdrawn_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("settled_at", None), ("withdrawn_at", None)),
                                fields=("household", "role"),
                                name="one_open_request_per_role",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Handover",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "household",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handovers",
                                to="registry.household",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[("cadre", "Cadre"), ("member", "Rural party member")], max_length=8
                            ),
                        ),
                        ("area_path", models.CharField(db_index=True, max_length=64)),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("leaving", "Their helper leaves"),
                                    ("leave", "Their helper is on leave"),
                                    ("sudden", "Their helper is suddenly away"),
                                    ("asked", "The household asked for another helper"),
                                    ("recusal", "Their helper must not stand beside them"),
                                    ("division", "The household was divided"),
                                    ("moved_along", "Moved so that another household has somebody"),
                                    ("lacking", "Nobody stood beside the household"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "from_helper",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handed_over",
                                to="registry.helper",
                            ),
                        ),
                        (
                            "pairing",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handover",
                                to="duty.pairing",
                            ),
                        ),
                        (
                            "absence",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handovers",
                                to="duty.absence",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handovers",
                                to="duty.helperrequest",
                            ),
                        ),
                        ("effective_on", models.DateField(db_index=True)),
                        ("announced_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="HandoverStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "handover",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="duty.handover",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("accepted", "The new helper has accepted"),
                                    ("told", "The household was told by telephone"),
                                    ("visited", "Both helpers visited the household"),
                                    ("acknowledged", "The household has acknowledged"),
                                    ("another", "Another successor was chosen"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("on", models.DateField()),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Stationing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stationings",
                                to="registry.organisation",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stationings",
                                to="registry.area",
                            ),
                        ),
                        ("area_path", models.CharField(db_index=True, max_length=64)),
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField(null=True)),
                        ("document", models.CharField(blank=True, max_length=120)),
                        ("ended_because", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("valid_until", None)),
                                fields=("organisation", "area"),
                                name="one_stationing_per_organisation_area",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Leadership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "helper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="leaderships",
                                to="registry.helper",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="leaderships",
                                to="registry.area",
                            ),
                        ),
                        ("area_path", models.CharField(db_index=True, max_length=64)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("county_leader", "County leader standing with the township"),
                                    ("township_lead", "Lead of the township"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField(null=True)),
                        ("document", models.CharField(blank=True, max_length=120)),
                        ("ended_because", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("valid_until", None)),
                                fields=("helper", "area", "kind"),
                                name="one_leadership_per_leader_area",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "township_lead"), ("valid_until", None)),
                                fields=("area",),
                                name="one_lead_per_township",
                            ),
                        ],
                    },
                ),
            ]
        ),
        append_only(
            "duty_pairingrun",
            "duty_pairingshortage",
            "duty_handoverstep",
        ),
    ]
