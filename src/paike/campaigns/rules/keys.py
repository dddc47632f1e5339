"""Every key a rulebook may have, walked from the schema itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from paike.campaigns.rules.faults import Place
from paike.campaigns.rules.rulebook import Rulebook


@dataclass(frozen=True)
class KeyOfSchema:
    """A key such as `stages[].end`; `choices` are its allowed words, if it has such."""

    name: str
    required: bool
    choices: tuple[str, ...]


def every_key() -> list[KeyOfSchema]:
    """All keys of the schema, in its order."""
    return list(_walk(Rulebook, ""))


def names_at(place: Place) -> tuple[str, ...]:
    """The keys allowed inside the part at `place`."""
    model: type[BaseModel] = Rulebook
    for step in place:
        if isinstance(step, int):
            continue
        inner = _part_of(model.model_fields[step]) if step in model.model_fields else None
        if inner is None:
            return ()
        model = inner
    return tuple(model.model_fields)


def _walk(model: type[BaseModel], prefix: str) -> Iterator[KeyOfSchema]:
    for name, field in model.model_fields.items():
        inner = _part_of(field)
        many = any(get_origin(kind) is tuple for kind in _unfold(field.annotation))
        key = f"{prefix}{name}"
        yield KeyOfSchema(key, field.is_required(), _choices(field.annotation))
        if inner is not None:
            yield from _walk(inner, f"{key}{'[]' if many else ''}.")


def _part_of(field: FieldInfo) -> type[BaseModel] | None:
    for kind in _leaves(field.annotation):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
    return None


def _choices(annotation: object) -> tuple[str, ...]:
    return tuple(leaf for leaf in _leaves(annotation) if isinstance(leaf, str))


def _unfold(annotation: object) -> Iterator[object]:
    """The kinds of an annotation, without Annotated and without None."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _unfold(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for part in get_args(annotation):
            if part is not NoneType:
                yield from _unfold(part)
    else:
        yield annotation


def _leaves(annotation: object) -> Iterator[object]:
    """The innermost kinds: through tuples too; the words of a Literal."""
    for kind in _unfold(annotation):
        arguments = get_args(kind)
        if not arguments:
            yield kind
        elif isinstance(arguments[0], str):
            yield from arguments
        else:
            for argument in arguments:
                if argument is not Ellipsis:
                    yield from _leaves(argument)
