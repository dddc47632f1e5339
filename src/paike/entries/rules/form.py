"""The entrant's form: its fields and every fault in it, each at its field, in both languages."""

import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from paike.campaigns.rules.rulebook import Rulebook
from paike.kernel.text import Text

# The longest text a field takes, in characters.
LIMITS: Final = {
    "workplace": 60,
    "title": 40,
    "synopsis": 600,
    "credit": 200,
    "subject_name": 40,
    "subject_unit": 100,
    "real_name": 40,
    "phone": 20,
    "email": 100,
    "reporting_unit": 100,
}
CHOICES: Final = ("route", "unit", "theme", "credit_kind")
FIELDS: Final = (*CHOICES, *LIMITS)
SYNOPSIS_MIN = 20
LINES: Final = ("synopsis",)  # fields of several lines
# Marks that turn the reading direction, and blanks without width: a title with them reads as another.
UNSEEN: Final = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

NAMES: Final = {
    "route": Text("报送途径", "route"),
    "unit": Text("报送单位", "recommending unit"),
    "workplace": Text("所在单位", "workplace"),
    "theme": Text("主题", "theme"),
    "title": Text("作品名称", "title"),
    "synopsis": Text("内容简介", "synopsis"),
    "credit_kind": Text("署名方式", "kind of credit"),
    "credit": Text("署名", "credit"),
    "subject_name": Text("片中人物姓名", "name of the person in the film"),
    "subject_unit": Text("片中人物单位", "workplace of the person in the film"),
    "real_name": Text("真实姓名", "your real name"),
    "phone": Text("联系电话", "phone"),
    "email": Text("电子邮箱", "e-mail"),
    "reporting_unit": Text("您的单位", "your workplace"),
    "film": Text("影片", "film"),
    "declarations": Text("声明", "declarations"),
}

MISSING: Final = {
    "route": Text("请选择报送途径。", "Choose how the work is sent in."),
    "unit": Text("请选择报送单位。", "Choose the unit that sends the work in."),
    "workplace": Text(
        "请填写所在单位，它会写进作品标题。", "Give your workplace: it stands in the public title."
    ),
    "theme": Text("请选择一个主题。", "Choose a theme."),
    "title": Text(
        "请填写作品名称，与片头字幕一致。", "Give the title as it stands in the opening titles."
    ),
    "credit_kind": Text("请选择署名方式。", "Choose authors or crew."),
    "credit": Text(
        "请填写作者姓名或主创单位，与片头字幕一致。",
        "Give the authors or the crew's unit as in the opening titles.",
    ),
    "subject_name": Text("请填写片中人物的姓名。", "Give the name of the person in the film."),
    "subject_unit": Text("请填写片中人物的单位。", "Give the workplace of the person in the film."),
    "real_name": Text(
        "请填写真实姓名，便于联系。", "Give your real name, so that we can reach you."
    ),
    "phone": Text("请填写联系电话。", "Give a phone number."),
    "reporting_unit": Text("请填写您的单位。", "Give your workplace."),
    "film": Text("请上传影片。", "Upload the film."),
}

TOO_LONG = Text(
    "{name}有 {length} 个字，最多 {limit} 个。请缩短后再保存。",
    "The {name} has {length} characters; {limit} are allowed. Shorten it and save again.",
)
TOO_SHORT = Text(
    "内容简介有 {length} 个字，至少 {limit} 个。请再写几句：人物是谁，做了什么。",
    "The synopsis has {length} characters; at least {limit} are needed. Say who it is about and what they do.",
)
NOT_OFFERED = Text(
    "这个选项不在本次征集的范围内，请重新选择。", "This call does not offer that. Choose again."
)
NO_BODY = Text(
    "这个单位不在推荐单位之下，请重新选择。",
    "This unit is not below a recommending body. Choose another.",
)
BAD_PHONE = Text(
    "电话号码应为 7 到 15 位数字，请检查。", "A phone number has 7 to 15 digits. Check it."
)
BAD_EMAIL = Text(
    "邮箱地址不完整，请检查，或留空。",
    "The e-mail address is incomplete. Check it or leave it empty.",
)
FILM_REFUSED = Text(
    "这个影片文件未通过检测。请按检测结果修改后重新上传。",
    "The check refused this film file. Fix what the verdicts say and upload it again.",
)
UNSIGNED = Text("请阅读并勾选“{title}”。", "Read and accept “{title}”.")


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field and what to do."""

    field: str
    text: Text


@dataclass(frozen=True)
class Form:
    """The form's texts by field (see FIELDS); what is not given is an empty text. `has_body`: the
    chosen unit stands below a recommending body; `film_refused`: this very file was refused."""

    values: dict[str, str]
    has_body: bool = False
    has_film: bool = False
    film_refused: bool = False
    signed: frozenset[str] = frozenset()

    def __getitem__(self, field: str) -> str:
        return self.values.get(field, "").strip()


def tidy(field: str, typed: str) -> str:
    """What was typed, without characters that nobody sees. Only the synopsis keeps its lines."""
    text = UNSEEN.sub("", typed.replace("\r\n", "\n").replace("\r", "\n"))
    kept = "\n" if field in LINES else ""
    plain = (
        sign if sign == kept or unicodedata.category(sign) not in ("Cc", "Cs", "Zl", "Zp") else " "
        for sign in text
    )
    return "".join(plain).strip()


def too_long(field: str, value: str) -> Fault | None:
    """The fault of a text that does not fit its field; drafts are checked for this alone."""
    limit = LIMITS.get(field)
    if limit is None or len(value) <= limit:
        return None
    name = NAMES[field]
    return Fault(
        field,
        Text(
            TOO_LONG.zh.format(name=name.zh, length=len(value), limit=limit),
            TOO_LONG.en.format(name=name.en, length=len(value), limit=limit),
        ),
    )


def faults(form: Form, *, rulebook: Rulebook) -> tuple[Fault, ...]:
    """Every fault that keeps the form from being submitted, in the form's order."""
    found = [
        *_choice_faults(form, rulebook),
        *(Fault(field, MISSING[field]) for field in _required(form) if not form[field]),
        *(fault for field in LIMITS if (fault := too_long(field, form[field])) is not None),
        *_shape_faults(form),
        *_film_faults(form),
        *_declaration_faults(form.signed, rulebook),
    ]
    order = {field: place for place, field in enumerate(NAMES)}
    return tuple(sorted(found, key=lambda fault: order[fault.field.partition(":")[0]]))


def _required(form: Form) -> tuple[str, ...]:
    """The fields that must not be empty. The unit counts on one route, the workplace on the other."""
    skipped = {"synopsis", "email", "declarations", "film"}
    skipped |= {"recommended": {"workplace"}, "individual": {"unit"}}.get(
        form["route"], {"workplace", "unit"}
    )
    return tuple(field for field in NAMES if field not in skipped)


def _choice_faults(form: Form, rulebook: Rulebook) -> list[Fault]:
    routes = {"recommended", "individual"} if rulebook.funnel.individuals else {"recommended"}
    offered: dict[str, Collection[str]] = {
        "route": routes,
        "theme": {theme.key for theme in rulebook.themes},
        "credit_kind": {"authors", "crew"},
    }
    found = [
        Fault(field, NOT_OFFERED)
        for field, keys in offered.items()
        if form[field] and form[field] not in keys
    ]
    if form["route"] == "recommended" and form["unit"] and not form.has_body:
        found.append(Fault("unit", NO_BODY))
    return found


def _shape_faults(form: Form) -> list[Fault]:
    found = []
    length = len(form["synopsis"])
    if length < SYNOPSIS_MIN:
        found.append(Fault("synopsis", TOO_SHORT.fill(length=length, limit=SYNOPSIS_MIN)))
    shapes: tuple[tuple[str, Callable[[str], bool], Text], ...] = (
        ("phone", _is_phone, BAD_PHONE),
        ("email", _is_email, BAD_EMAIL),
    )
    found += [
        Fault(field, text) for field, fits, text in shapes if form[field] and not fits(form[field])
    ]
    return found


def _is_phone(text: str) -> bool:
    digits = re.sub(r"[ \-()]", "", text)
    return re.fullmatch(r"\+?[0-9]{7,15}", digits) is not None


def _is_email(text: str) -> bool:
    return re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", text) is not None


def _film_faults(form: Form) -> list[Fault]:
    if not form.has_film:
        return [Fault("film", MISSING["film"])]
    return [Fault("film", FILM_REFUSED)] if form.film_refused else []


def _declaration_faults(signed: Collection[str], rulebook: Rulebook) -> list[Fault]:
    return [
        Fault(
            f"declarations:{text.key}",
            Text(UNSIGNED.zh.format(title=text.title.zh), UNSIGNED.en.format(title=text.title.en)),
        )
        for text in rulebook.declarations
        if text.key not in signed
    ]
