"""What pydantic says about a rulebook, in the words of the people who write one."""

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from paike.campaigns.rules import keys
from paike.campaigns.rules.faults import Complaint, Place
from paike.kernel.text import Text

# kind -> (what is wrong, what is allowed); {…} are filled from pydantic's context.
_WORDS: dict[str, tuple[Text, Text]] = {
    "missing": (
        Text("缺少这一项。", "This key is missing."),
        Text("请补上。", "Add it."),
    ),
    "literal_error": (
        Text("不认识“{input}”。", "“{input}” is not known here."),
        Text("可以写：{expected}。", "Allowed: {expected}."),
    ),
    "string_pattern_mismatch": (
        Text("“{input}”的写法不对。", "“{input}” is not written as it must be."),
        Text("要符合 {pattern}。", "It must match {pattern}."),
    ),
    "string_too_short": (
        Text("不能为空。", "This must not be empty."),
        Text("请写明内容。", "Write a text."),
    ),
    "string_too_long": (
        Text("太长了。", "This is too long."),
        Text("最多 {max_length} 个字符。", "At most {max_length} characters."),
    ),
    "greater_than_equal": (
        Text("{input} 太小。", "{input} is too small."),
        Text("不能小于 {ge}。", "At least {ge}."),
    ),
    "greater_than": (
        Text("{input} 太小。", "{input} is too small."),
        Text("要大于 {gt}。", "It must be above {gt}."),
    ),
    "less_than_equal": (
        Text("{input} 太大。", "{input} is too large."),
        Text("不能大于 {le}。", "At most {le}."),
    ),
    "too_short": (
        Text("条目太少。", "There are too few items."),
        Text("至少 {min_length} 条。", "At least {min_length}."),
    ),
    "value_error": (
        Text("“{input}”的写法不对。", "“{input}” is not written as it must be."),
        Text('例如 "50 MB"。', 'For example "50 MB".'),
    ),
}
_KINDS: dict[str, tuple[Text, Text]] = {
    "string": (
        Text("“{input}”不是文字。", "“{input}” is not a text."),
        Text("请写成带引号的文字。", "Write a text in quotes."),
    ),
    "int": (
        Text("“{input}”不是整数。", "“{input}” is not a whole number."),
        Text("请写一个不带引号的整数。", "Write a whole number without quotes."),
    ),
    "decimal": (
        Text("“{input}”不是数字。", "“{input}” is not a number."),
        Text("请写一个数字，例如 0.3。", "Write a number, for example 0.3."),
    ),
    "bool": (
        Text("“{input}”不是 true 或 false。", "“{input}” is neither true nor false."),
        Text("可以写：true、false。", "Allowed: true, false."),
    ),
    "datetime": (
        Text("“{input}”不是完整的日期时间。", "“{input}” is not a date with a time."),
        Text("请写成 2021-07-01T00:00:00。", "Write 2021-07-01T00:00:00."),
    ),
    "timezone": (
        Text("“{input}”没有时间或时区。", "“{input}” has no time or no time zone."),
        Text(
            "请写成 2021-07-01T00:00:00（时区取 timezone）。",
            "Write 2021-07-01T00:00:00 (in the zone of `timezone`).",
        ),
    ),
    "tuple": (
        Text("“{input}”不是列表。", "“{input}” is not a list."),
        Text("请写成 [ … ]。", "Write [ … ]."),
    ),
    "model": (
        Text("“{input}”不是一组键值。", "“{input}” is not a table."),
        Text("请写成 {{ … }} 或 [表]。", "Write {{ … }} or a [table]."),
    ),
}
_UNKNOWN = (
    Text("这个值不对：{message}。", "This value is wrong: {message}."),
    Text("请改正。", "Correct it."),
)


def of(refused: ValidationError) -> list[Complaint]:
    """Every error of a failed validation, as complaints."""
    return [_one(error) for error in refused.errors(include_url=False)]


def _one(error: ErrorDetails) -> Complaint:
    place: Place = tuple(error["loc"])
    kind = error["type"]
    if kind == "extra_forbidden":
        known = ", ".join(keys.names_at(place[:-1]))
        return (
            place,
            Text("没有这个键。", "There is no such key."),
            Text(f"这里可以写：{known}。", f"Allowed here: {known}."),
        )
    values = {**error.get("ctx", {}), "input": _short(error["input"]), "message": error["msg"]}
    if "expected" in values:
        values["expected"] = str(values["expected"]).replace(" or ", ", ").replace("'", "")
    wrong, allowed = _WORDS.get(kind) or _KINDS.get(kind.split("_")[0], _UNKNOWN)
    return place, wrong.fill(**values), allowed.fill(**values)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
