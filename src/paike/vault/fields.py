"""A model field whose value is encrypted in the database and never readable by accident.

Assign a `str`: it is encrypted at once with AES-256-GCM, bound to table, column and primary key.
What is read back is a `Sealed`: it has no plain text until somebody opens it on purpose. So there
is no moment at which `model_to_dict`, a serializer, a log line or a traceback could show it.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
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


if TYPE_CHECKING:
    _Binary = models.Field[str | Sealed | None, Sealed | None]
else:
    _Binary = models.BinaryField


class SealedTextField(_Binary):
    """A text encrypted at rest; null means “not given”, and so does an empty text. The model's
    primary key is a UUID that exists before the row is saved and stands before this field."""

    description = "text encrypted at rest"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def place_of(self, instance: models.Model) -> str:
        """Where a value of this field in `instance` belongs."""
        return f"{instance._meta.db_table}.{self.column}.{instance.pk}"

    def contribute_to_class(
        self,
        cls: type[models.Model],
        name: str,
        private_only: bool = False,
    ) -> None:
        super().contribute_to_class(cls, name, private_only=private_only)
        setattr(cls, name, _Descriptor(self))

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        box: bytes | None = model_instance.__dict__.get(self.attname)
        return box

    def get_prep_value(self, value: object) -> Any:  # noqa: ANN401 - as Django has it
        """Only boxes reach the database. A plain text comes here when somebody writes
        `.update(name="…")` or `.filter(name="…")`, which know no row to bind it to."""
        if isinstance(value, str):
            raise FieldError(
                f"{self.name}: plain text in a query. Assign it to an instance and save."
            )
        return super().get_prep_value(value.box if isinstance(value, Sealed) else value)

    def value_to_string(self, obj: models.Model) -> str:
        """Serializers get dots."""
        return str(getattr(obj, self.attname) or "")


class _Descriptor:
    def __init__(self, field: SealedTextField) -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> object:
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:  # deferred
            instance.refresh_from_db(fields=[self.field.attname])
        box = instance.__dict__[self.field.attname]
        if box is None or not isinstance(box, bytes):  # an expression, until it is saved
            return box
        return Sealed(box=box, place=self.field.place_of(instance))

    def __set__(self, instance: models.Model, value: object) -> None:
        instance.__dict__[self.field.attname] = self._box(instance, value)

    def _box(self, instance: models.Model, value: object) -> object:
        place = self.field.place_of(instance)
        if isinstance(value, str):
            if instance.pk is None:
                raise ValueError(f"{place}: a primary key comes before a sealed value")
            return cipher.seal(value, place=place) if value else None
        if isinstance(value, Sealed):
            if value.place != place:
                raise ValueError(
                    f"a value of {value.place} does not open at {place}: open it first"
                )
            return value.box
        return bytes(value) if isinstance(value, memoryview) else value
