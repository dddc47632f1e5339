"""Units come into the tree, one by one or as a rulebook names them."""

from datetime import datetime

from django.db import transaction

from paike.kernel.text import Text
from paike.orgs.models import Level, Organisation
from paike.orgs.rules import levels, planting


class CodeTaken(Exception):
    """Another unit has this code."""

    def __init__(self, code: str) -> None:
        self.text = Text(
            zh=f"代码“{code}”已被另一个单位使用。请换一个。",
            en=f"The code “{code}” belongs to another unit. Choose another.",
        )
        super().__init__(self.text.en)


class NameTaken(Exception):
    """Another unit under the same parent has this name."""

    def __init__(self, name: str) -> None:
        self.text = Text(
            zh=f"同一上级下已有名为“{name}”的单位。请检查是否重复。",
            en=f"There is already a unit “{name}” under this parent. Check for a duplicate.",
        )
        super().__init__(self.text.en)


class WrongLevel(Exception):
    """A unit can't stand under that parent."""

    def __init__(self, level: str, parent: str | None) -> None:
        one = levels.NAMES[level]
        other = levels.NAMES[parent] if parent else Text("（无上级）", "no parent")
        self.text = Text(
            zh=f"“{one.zh}”单位不能设在“{other.zh}”之下。请选择更高一级的上级单位。",
            en=f"A {one.en} unit can't stand under: {other.en}. Choose a higher unit as parent.",
        )
        super().__init__(self.text.en)


@transaction.atomic
def create(
    *,
    parent: Organisation | None,
    code: str,
    name: str,
    short_name: str,
    level: str,
    now: datetime,
    name_en: str = "",
) -> Organisation:
    """A new unit, last among its siblings. Raises CodeTaken, NameTaken, WrongLevel."""
    if not levels.may_stand_under(level, parent.level if parent else None):
        raise WrongLevel(level, parent.level if parent else None)
    if Organisation.objects.filter(code=code).exists():
        raise CodeTaken(code)
    siblings = Organisation.objects.filter(parent=parent)
    if siblings.filter(name=name).exists():
        raise NameTaken(name)
    unit: Organisation = Organisation.objects.create(
        parent=parent,
        code=code,
        name=name,
        short_name=short_name or name[:60],
        name_en=name_en,
        level=level,
        position=siblings.count() + 1,
        created_at=now,
    )
    return unit


@transaction.atomic
def plant(*, rulebook: planting.Call, now: datetime) -> Organisation:
    """The organiser's own unit (the root), the undertaker's unit and the rulebook's bodies; returns the
    root. Doing it again adds what is missing and changes nothing else. Raises NameTaken."""
    organiser, undertaker = rulebook.organiser.name, rulebook.undertaker.name
    root = Organisation.objects.filter(code=planting.ROOT).first() or create(
        parent=None,
        code=planting.ROOT,
        name=organiser.zh,
        short_name=organiser.zh[:60],
        name_en=organiser.en,
        level=Level.NATIONAL,
        now=now,
    )
    wanted = [
        Organisation(
            code=planting.UNDERTAKER,
            name=undertaker.zh,
            short_name=undertaker.zh[:60],
            name_en=undertaker.en,
            level=Level.NATIONAL,
        ),
        *(
            Organisation(
                code=body.code,
                name=body.name,
                short_name=body.short_name,
                name_en=body.name_en,
                level=Level.BODY,
            )
            for body in rulebook.bodies
        ),
    ]
    _add_below(root, wanted, now=now)
    return root


def _add_below(root: Organisation, wanted: list[Organisation], *, now: datetime) -> None:
    """Those of the wanted units whose codes are not in the tree, last below the root."""
    codes = [unit.code for unit in wanted]
    known = set(Organisation.objects.filter(code__in=codes).values_list("code", flat=True))
    names = list(Organisation.objects.filter(parent=root).values_list("name", flat=True))
    new = [unit for unit in wanted if unit.code not in known]
    for unit in new:
        if unit.name in names:
            raise NameTaken(unit.name)
        names.append(unit.name)
        unit.parent, unit.position, unit.created_at = root, len(names), now
    Organisation.objects.bulk_create(new)
