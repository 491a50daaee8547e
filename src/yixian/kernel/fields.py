"""字段: columns that keep a promise — sealed text, and exact decimals that no database turns into a float."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from yixian.kernel.crypto import keyring


class SealedTextField(models.TextField[str, str]):
    """密文: text that is readable in Python and AES-256-GCM in the database. Empty stays empty."""

    def __init__(self, *args: Any, purpose: str, **kwargs: Any) -> None:
        self.purpose = purpose
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "purpose": self.purpose}

    def get_prep_value(self, value: Any) -> Any:
        return keyring().encrypt(str(value), purpose=self.purpose) if value else ""

    def from_db_value(self, value: str | None, _expression: Any, _connection: BaseDatabaseWrapper) -> str:
        return keyring().decrypt(value, purpose=self.purpose) if value else ""


class ScaledDecimalField(models.BigIntegerField[Any, Any]):
    """定点数: a `Decimal` with a fixed number of decimals, stored as a scaled 64-bit integer.

    SQLite has no decimal type: Django's own DecimalField is kept there as a binary float. Values with more
    decimals than ``scale`` are refused, never rounded.
    """

    # What the type checker's plugin reads: the base class is one of whole numbers.
    _pyi_private_set_type: Decimal | int | str | Combinable  # type: ignore[assignment]
    _pyi_private_get_type: Decimal  # type: ignore[assignment]

    def __init__(self, *args: Any, scale: int, **kwargs: Any) -> None:
        self.scale = scale
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "scale": self.scale}

    def from_db_value(
        self, value: int | None, _expression: Any, _connection: BaseDatabaseWrapper
    ) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-self.scale)

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        if isinstance(value, float):
            raise ValidationError(_("A binary float is not exact; give text or a decimal."), code="float")
        try:
            return Decimal(str(value))
        except InvalidOperation as error:
            raise ValidationError(
                _("“%(value)s” is not a number."), code="invalid", params={"value": value}
            ) from error

    def get_prep_value(self, value: Any) -> int | None:
        number = self.to_python(value)
        if number is None:
            return None
        scaled = number.scaleb(self.scale)
        if scaled != scaled.to_integral_value(ROUND_HALF_UP):
            raise ValidationError(
                _("%(value)s has more than %(scale)s decimals."),
                code="decimals",
                params={"value": number, "scale": self.scale},
            )
        return int(scaled)
