"""选项名称: what a value of a choice is called, in the language of the page.

Rows that are shown by the dozen ask here: Django's ``get_…_display`` makes a dictionary of all choices each time.
"""

from __future__ import annotations

from django.db.models import TextChoices


def choice_label(choices: type[TextChoices], value: str) -> str:
    """The label of a value; the value itself where it is none of the choices."""
    try:
        return str(choices(value).label)
    except ValueError:
        return value
