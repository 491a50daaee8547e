"""自然人: a natural person, whether of a household, an office, or both."""

from django.db import models

from yixian.kernel.fields import SealedTextField
from yixian.registry.choices import Gender


class Person(models.Model):
    """One person. The ID number and the phone are sealed; ``id_index`` finds an equal ID number without reading it.

    ``person_no`` is the county's own number for a member of a household; people who only hold posts have none.
    """

    person_no = models.CharField(max_length=32, null=True, unique=True)  # noqa: DJ001 - NULLs do not collide
    name = models.CharField(max_length=60)
    gender = models.CharField(max_length=8, choices=Gender)
    birth_date = models.DateField()
    ethnicity = models.CharField(max_length=20, blank=True)
    id_number = SealedTextField(purpose="person.id_number", blank=True)
    id_index = models.CharField(max_length=32, null=True, unique=True)  # noqa: DJ001 - NULLs do not collide
    phone = SealedTextField(purpose="person.phone", blank=True)

    def __str__(self) -> str:
        return self.name
