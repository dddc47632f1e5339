"""A model field whose value is encrypted in the database and never readable by accident.

Assign a `str`; on saving it is encrypted with AES-256-GCM, bound to table, column and primary key.
What is read back is a `Sealed`: it has no plain text until somebody opens it on purpose.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models

from paike.vault import cipher


@dataclass(frozen=True)
class Sealed:
    """Ciphertext that knows where it belongs. `str()` and `repr()` never show the content."""

    box: bytes
    place: str

    def __str__(self) -> str:
        return "•••"

    __repr__ = __str__

    def __bool__(self) -> bool:
        return bool(self.box)

    def open(self) -> str:
        """The plain text. Raises cipher.Tampered when box and place do not belong together."""
        return cipher.open_box(self.box, place=self.place)


class SealedTextField(models.BinaryField):  # type: ignore[type-arg]  # stubs and runtime differ
    """A text encrypted at rest; null means “not given”. The model's primary key is a UUID that
    exists before the row is saved."""

    description = "text encrypted at rest"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def place_of(self, instance: models.Model) -> str:
        return f"{instance._meta.db_table}.{self.column}.{instance.pk}"

    def contribute_to_class(self, cls: type[models.Model], name: str, **kwargs: Any) -> None:
        super().contribute_to_class(cls, name, **kwargs)
        setattr(cls, name, _Descriptor(self))

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:  # noqa: FBT001
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, str):
            box = cipher.seal(value, place=self.place_of(model_instance)) if value else None
            model_instance.__dict__[self.attname] = box
            return box
        return value


class _Descriptor:
    def __init__(self, field: SealedTextField) -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> Any:
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:
            instance.refresh_from_db(fields=[self.field.attname])
        value = instance.__dict__[self.field.attname]
        if value is None or isinstance(value, str | Sealed):
            return value
        return Sealed(box=bytes(value), place=self.field.place_of(instance))

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value.box if isinstance(value, Sealed) else value
