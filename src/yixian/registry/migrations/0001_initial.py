"""Tables of the register: places, organisations, people and households."""

import django.db.models.deletion
import yixian.kernel.fields
import yixian.registry.models.named
from django.db import migrations, models

from yixian.kernel.create_models import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Area",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("province", "Province"),
                                    ("county", "County"),
                                    ("township", "Township"),
                                    ("village", "Village"),
                                    ("group", "Group"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("name", models.CharField(max_length=60)),
                        ("name_en", models.CharField(blank=True, max_length=120)),
                        ("code", models.CharField(max_length=14, unique=True)),
                        (
                            "parent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="registry.area",
                            ),
                        ),
                        ("path", models.CharField(max_length=64, unique=True)),
                        ("lon", yixian.kernel.fields.ScaledDecimalField(null=True, scale=6)),
                        ("lat", yixian.kernel.fields.ScaledDecimalField(null=True, scale=6)),
                    ],
                    options={
                        "ordering": ["path"],
                    },
                    bases=(yixian.registry.models.named.NamedInTwoLanguages, models.Model),
                ),
                migrations.CreateModel(
                    name="AreaCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="codes",
                                to="registry.area",
                            ),
                        ),
                        ("code", models.CharField(max_length=14)),
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField(null=True)),
                        ("document", models.CharField(blank=True, max_length=120)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("valid_until", None)),
                                fields=("area",),
                                name="one_current_code_per_area",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("valid_until", None)),
                                fields=("code",),
                                name="one_area_per_current_code",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Organisation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20, unique=True)),
                        ("name", models.CharField(max_length=80)),
                        ("name_en", models.CharField(blank=True, max_length=160)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("county_leadership", "County leadership"),
                                    ("township_leadership", "Township leadership"),
                                    ("village_committee", "Village committee"),
                                    ("department", "County department"),
                                    ("resettlement_bureau", "Resettlement bureau"),
                                    ("petition_office", "Petition office"),
                                    ("finance_office", "Finance office"),
                                    ("audit_office", "Audit office"),
                                    ("monitor", "Independent monitor"),
                                ],
                                max_length=24,
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="organisations",
                                to="registry.area",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="registry.organisation",
                            ),
                        ),
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField(null=True)),
                    ],
                    options={
                        "ordering": ["code"],
                    },
                    bases=(yixian.registry.models.named.NamedInTwoLanguages, models.Model),
                ),
                migrations.CreateModel(
                    name="Person",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("person_no", models.CharField(max_length=32, null=True, unique=True)),
                        ("name", models.CharField(max_length=60)),
                        (
                            "gender",
                            models.CharField(choices=[("male", "Male"), ("female", "Female")], max_length=8),
                        ),
                        ("birth_date", models.DateField()),
                        ("ethnicity", models.CharField(blank=True, max_length=20)),
                        (
                            "id_number",
                            yixian.kernel.fields.SealedTextField(blank=True, purpose="person.id_number"),
                        ),
                        ("id_index", models.CharField(max_length=32, null=True, unique=True)),
                        ("phone", yixian.kernel.fields.SealedTextField(blank=True, purpose="person.phone")),
                    ],
                ),
                migrations.CreateModel(
                    name="Household",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("household_no", models.CharField(max_length=24, unique=True)),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="households",
                                to="registry.area",
                            ),
                        ),
                        ("area_path", models.CharField(max_length=64)),
                        (
                            "host_area",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="guests",
                                to="registry.area",
                            ),
                        ),
                        (
                            "head",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="headed_households",
                                to="registry.person",
                            ),
                        ),
                        (
                            "zone",
                            models.CharField(
                                choices=[("rural", "Rural"), ("town", "Town")], default="rural", max_length=8
                            ),
                        ),
                        ("address", models.CharField(blank=True, max_length=120)),
                        ("lon", yixian.kernel.fields.ScaledDecimalField(null=True, scale=6)),
                        ("lat", yixian.kernel.fields.ScaledDecimalField(null=True, scale=6)),
                        (
                            "language",
                            models.CharField(
                                choices=[("cmn", "Mandarin (local speech)"), ("iii", "Yi"), ("hmd", "Miao")],
                                default="cmn",
                                max_length=8,
                            ),
                        ),
                        (
                            "requested_gender",
                            models.CharField(
                                blank=True, choices=[("male", "Male"), ("female", "Female")], max_length=8
                            ),
                        ),
                        ("difficulty", models.PositiveSmallIntegerField(default=1)),
                        (
                            "phone",
                            yixian.kernel.fields.SealedTextField(blank=True, purpose="household.phone"),
                        ),
                        ("bank_name", models.CharField(blank=True, max_length=60)),
                        (
                            "bank_account",
                            yixian.kernel.fields.SealedTextField(
                                blank=True, purpose="household.bank_account"
                            ),
                        ),
                        ("bank_index", models.CharField(blank=True, db_index=True, max_length=32)),
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField(null=True)),
                        (
                            "ended_as",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("merged", "Merged into another household"),
                                    ("died_out", "No member is left"),
                                    ("entered_in_error", "Entered in error"),
                                ],
                                max_length=20,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["household_no"],
                        "indexes": [
                            models.Index(fields=["area_path", "household_no"], name="household_area"),
                            models.Index(
                                fields=["area_path", "valid_until", "valid_from", "household_no"],
                                name="household_days",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HouseholdMember",
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
                                related_name="members",
                                to="registry.household",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="registry.person",
                            ),
                        ),
                        (
                            "relation",
                            models.CharField(
                                choices=[
                                    ("head", "Head of household"),
                                    ("spouse", "Spouse"),
                                    ("child", "Child"),
                                    ("child_in_law", "Child-in-law"),
                                    ("grandchild", "Grandchild"),
                                    ("parent", "Parent"),
                                    ("grandparent", "Grandparent"),
                                    ("sibling", "Sibling"),
                                    ("other", "Other relative"),
                                    ("non_relative", "Not related"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "register_type",
                            models.CharField(
                                choices=[
                                    ("agricultural", "Agricultural register"),
                                    ("non_agricultural", "Non-agricultural register"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("present_at_cutoff", models.BooleanField()),
                        (
                            "eligibility",
                            models.CharField(
                                choices=[
                                    ("eligible", "Resettled person"),
                                    ("accompanying", "Accompanying person"),
                                    ("not_eligible", "Not eligible"),
                                    ("undetermined", "Not yet determined"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("eligibility_note", models.CharField(blank=True, max_length=120)),
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["household", "valid_until"], name="member_household")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("valid_until", None)),
                                fields=("person",),
                                name="one_household_per_person",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("relation", "head"), ("valid_until", None)),
                                fields=("household",),
                                name="one_head_per_household",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HouseholdCard",
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
                                related_name="cards",
                                to="registry.household",
                            ),
                        ),
                        ("code", yixian.kernel.fields.SealedTextField(purpose="card.code")),
                        ("code_index", models.CharField(max_length=32, unique=True)),
                        ("pin_digest", models.CharField(max_length=64)),
                        ("issued_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at", None)),
                                fields=("household",),
                                name="one_card_per_household",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Helper",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("helper_no", models.CharField(max_length=20, unique=True)),
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="helper",
                                to="registry.person",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("cadre", "Cadre"), ("member", "Rural party member")], max_length=8
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="helpers",
                                to="registry.organisation",
                            ),
                        ),
                        (
                            "home_area",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="helpers",
                                to="registry.area",
                            ),
                        ),
                        (
                            "work_phone",
                            yixian.kernel.fields.SealedTextField(blank=True, purpose="helper.work_phone"),
                        ),
                        ("languages", models.CharField(default="cmn", max_length=40)),
                        ("places", models.PositiveSmallIntegerField(default=0)),
                        ("lon", yixian.kernel.fields.ScaledDecimalField(null=True, scale=6)),
                        ("lat", yixian.kernel.fields.ScaledDecimalField(null=True, scale=6)),
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField(null=True)),
                    ],
                    options={
                        "ordering": ["helper_no"],
                        "indexes": [models.Index(fields=["valid_until", "valid_from"], name="helper_days")],
                    },
                ),
                migrations.CreateModel(
                    name="Post",
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
                                related_name="posts",
                                to="registry.helper",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="registry.organisation",
                            ),
                        ),
                        ("title", models.CharField(max_length=60)),
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField(null=True)),
                    ],
                ),
            ]
        ),
    ]
