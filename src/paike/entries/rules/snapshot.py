"""What a version keeps of the form: its public fields and never personal data."""

from typing import Any, Final

FIELDS: Final = (
    "route",
    "unit",
    "workplace",
    "theme",
    "title",
    "synopsis",
    "credit_kind",
    "credit",
)


def of(values: dict[str, str], *, named: str) -> dict[str, Any]:
    """The public fields in `values`, and the unit named in the title. Raises KeyError when one of
    FIELDS is missing; leaves out anything else."""
    return {field: values[field] for field in FIELDS} | {"named": named}
