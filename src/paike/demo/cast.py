"""Who plays in the demo: invented people, units and works. Nobody here exists; the numbers are from
a range that no operator assigns."""

import csv
import random
from dataclasses import dataclass
from importlib import resources

from paike.campaigns.rules.rulebook import Body, Rulebook

FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = [
    "建国",
    "秀英",
    "志强",
    "桂兰",
    "海燕",
    "卫东",
    "玉梅",
    "晓峰",
    "春华",
    "国庆",
    "丽娟",
    "永康",
    "红霞",
    "振华",
    "雪莲",
    "德明",
    "巧云",
    "立新",
    "文静",
    "少波",
    "金凤",
    "大勇",
    "婷婷",
    "思远",
    "广平",
    "月华",
    "铁军",
    "明珠",
    "长江",
    "小雨",
    "浩然",
    "子涵",
    "天佑",
    "雅琴",
]
CITIES = ("滨江市", "长宁市", "东湖市", "石桥市", "安平市", "云岭市", "临港市")
WORKS = (
    "机械厂",
    "电力公司",
    "建筑公司",
    "铁路工务段",
    "港务集团",
    "纺织厂",
    "矿业公司",
    "医院",
    "物流公司",
    "农场",
)


@dataclass(frozen=True)
class Work:
    """A line of works.csv."""

    title: str
    job: str
    scene: str
    theme: int
    synopsis: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Entrant:
    """An entrant and the work. `fate` says what becomes of it on the way: `up` (recommended),
    `declined`, `returned`, `withdrawn`, `refused` (by the gate, then fixed), `individual`."""

    number: int
    name: str
    phone: str
    body: Body | None
    unit_code: str
    unit_name: str
    colleague: str
    work: Work
    fate: str


def phone_of(number: int) -> str:
    """A phone number that looks like one and belongs to nobody."""
    return f"1990000{number:04d}"


def name_of(number: int) -> str:
    """A common name, the same for the same number."""
    chance = random.Random(number * 7919)
    return chance.choice(FAMILY) + chance.choice(GIVEN)


def works() -> list[Work]:
    """The works of works.csv, in its order."""
    text = (resources.files("paike.demo") / "works.csv").read_text(encoding="utf-8")
    return [
        Work(
            row["title"],
            row["job"],
            row["scene"],
            int(row["theme"]),
            row["synopsis"],
            (row["line1"], row["line2"]),
        )
        for row in csv.DictReader(text.splitlines())
    ]


def units(rulebook: Rulebook) -> list[tuple[str, str, str, str, str]]:
    """The tree below the bodies: (parent code, code, name, short name, level); one city and one
    grass-roots union for each body."""
    rows = []
    for number, body in enumerate(rulebook.bodies):
        city, work = CITIES[number % len(CITIES)], WORKS[number % len(WORKS)]
        rows.append((body.code, f"{body.code}-01", f"{city}总工会", f"{city}总工会", "city"))
        short = f"{city[:-1]}{work}"
        rows.append(
            (f"{body.code}-01", f"{body.code}-01-001", f"{short}工会", f"{short}工会", "grassroots")
        )
    return rows


def entrants(rulebook: Rulebook, count: int) -> list[Entrant]:
    """`count` entrants: three works for each body that go up, the rest with other fates."""
    stock = works()
    random.Random(2021).shuffle(stock)
    fates = _fates(rulebook, count)
    names = {row[1]: row[2] for row in units(rulebook)}
    people = []
    for number, ((body, fate), work) in enumerate(zip(fates, stock, strict=False)):
        code = f"{body.code}-01-001" if body else ""
        unit = names[code] if body else f"{CITIES[number % 7][:-1]}{WORKS[number % 10]}"
        people.append(
            Entrant(number, name_of(number), phone_of(number), body, code, unit, name_of(number + 5000), work, fate)
        )  # fmt: skip
    return people


def _fates(rulebook: Rulebook, count: int) -> list[tuple[Body | None, str]]:
    least = rulebook.funnel.recommend_min
    up: list[tuple[Body | None, str]] = [
        (body, "up") for _ in range(least) for body in rulebook.bodies
    ]
    others = ["declined", "returned", "withdrawn", "refused"]
    extra: list[tuple[Body | None, str]] = [
        (rulebook.bodies[number % len(rulebook.bodies)], fate) for number, fate in enumerate(others)
    ]
    fates = up + extra
    while len(fates) < count:
        fates.append((None, "individual"))
    fates = fates[:count]
    random.Random(1921).shuffle(fates)
    return fates
