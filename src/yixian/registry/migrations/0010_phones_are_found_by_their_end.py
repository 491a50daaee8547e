"""Households that stand already are found by telephone numbers, too: the search documents of these are written."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def _index_phones(apps: Any, _editor: Any) -> None:
    """Write the documents with the models of today: a search document can be written anew at any time."""
    from yixian.registry.actions.reindex import index_phones  # noqa: PLC0415 - not needed by a new register

    ids = list(apps.get_model("registry", "Household").objects.values_list("pk", flat=True))
    if ids:
        index_phones(ids)


class Migration(migrations.Migration):
    dependencies = [("registry", "0009_area_shapes")]

    operations = [migrations.RunPython(_index_phones, migrations.RunPython.noop)]
