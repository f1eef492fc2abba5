"""What every table has in common."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models

from linggong.foundation import personal
from linggong.lib import clock


class Record(models.Model):
    """A row with a random public identifier and the moment it was made."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True


if TYPE_CHECKING:
    SealedText = models.TextField[personal.Sealed | str, personal.Sealed]
else:
    SealedText = models.TextField


class SealedField(SealedText):
    """Text kept encrypted. Give it a plain `str`; read a `Sealed`, which opens only when asked to."""

    def __init__(self, purpose: str, **options: object) -> None:
        self.purpose = purpose
        super().__init__(**options)  # type: ignore[arg-type]

    def deconstruct(self):  # type: ignore[no-untyped-def]
        name, path, args, kwargs = super().deconstruct()
        return name, path, [self.purpose, *args], kwargs

    def from_db_value(self, value: str | None, expression: object, connection: object) -> personal.Sealed | None:
        return None if value is None else personal.Sealed(value, self.purpose)

    def to_python(self, value: object) -> personal.Sealed | None:
        return None if value is None else self._sealed(value)

    def get_prep_value(self, value: object) -> str | None:
        return None if value is None else self._sealed(value).text

    def pre_save(self, model_instance: models.Model, add: bool) -> personal.Sealed | None:
        value = getattr(model_instance, self.attname)
        sealed = None if value is None else self._sealed(value)
        setattr(model_instance, self.attname, sealed)
        return sealed

    def _sealed(self, value: object) -> personal.Sealed:
        return value if isinstance(value, personal.Sealed) else personal.seal(str(value), self.purpose)
