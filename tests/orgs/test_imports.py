"""A list of units from a spreadsheet: every encoding, every bad row, all or nothing."""

import codecs

import pytest
from pytest_django import DjangoAssertNumQueries

from paike.orgs.actions import imports
from paike.orgs.models import Organisation
from paike.orgs.queries import organisations
from tests.factories import orgs as make

pytestmark = pytest.mark.django_db

HEADER = "上级代码,代码,名称,简称,级别"
GOOD = f"""{HEADER}
GD,GD-SZ,深圳市总工会,深圳市总工会,市级
GD-SZ-NS,GD-SZ-NS-1,深圳电子厂工会,电子厂工会,基层
GD-SZ,GD-SZ-NS,南山区总工会,南山区总工会,县区级
"""


def load(text: str, encoding: str = "utf-8") -> imports.ImportReport:
    make.body("GD")
    return imports.load(data=text.encode(encoding), by=None, now=make.NOW)


def wrong(report: imports.ImportReport) -> list[tuple[int, str]]:
    return [(fault.line, fault.column.en) for fault in report.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_every_encoding_of_a_chinese_office_is_read(encoding: str) -> None:
    report = load(GOOD, encoding)
    assert (report.created, report.faults) == (3, ())
    unit = organisations.by_code("GD-SZ-NS-1")
    assert unit is not None
    assert [one.code for one in organisations.road_of(unit)] == [
        "GD-SZ-NS-1",
        "GD-SZ-NS",
        "GD-SZ",
        "GD",
    ]
    assert unit.name == "深圳电子厂工会"


@pytest.mark.parametrize("sign", [";", "\t"])
def test_semicolons_and_tabs_are_excels_too(sign: str) -> None:
    assert load(GOOD.replace(",", sign), "gbk").created == 3
    assert load("sep=;\r\n" + GOOD.replace(",", ";").replace("\n", "\r\n")).unchanged == 3


def test_english_headers_in_any_order_and_full_width_codes() -> None:
    report = load("Level,Name,Code,Parent\ncity,深圳市总工会,ｇｄ－sz,gd\n".replace("－", "-"))
    assert report.created == 1
    assert organisations.by_code("GD-SZ") is not None


def test_importing_again_changes_nothing_and_updates_names() -> None:
    load(GOOD)
    again = load(GOOD)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 3)
    renamed = load(GOOD.replace("深圳电子厂工会", "深圳电子厂工会委员会"))
    assert (renamed.updated, renamed.unchanged) == (1, 2)


def test_two_siblings_may_exchange_their_names() -> None:
    load(f"{HEADER}\nGD,GD-A,甲市总工会,甲,市级\nGD,GD-B,乙市总工会,乙,市级\n")
    report = load(f"{HEADER}\nGD,GD-A,乙市总工会,乙,市级\nGD,GD-B,甲市总工会,甲,市级\n")
    assert report.updated == 2
    assert Organisation.objects.get(code="GD-A").name == "乙市总工会"


def test_every_bad_row_is_reported_with_its_line_and_nothing_is_imported() -> None:
    make.body("GD")
    before = Organisation.objects.count()
    report = load(f"""{HEADER}
GD,GD-SZ,深圳市总工会,,市级
GD,G D!,坏代码,,市级
GD,GD-GZ,,,市级

GD,GD-FS,佛山市总工会,,很高
,GD-ZH,珠海市总工会,,市级
GD,GD-ST,=HYPERLINK("x"),,市级
""")
    assert wrong(report) == [
        (3, "code"),
        (4, "name"),
        (6, "level"),
        (7, "parent"),
        (8, "name"),
    ]
    assert Organisation.objects.count() == before
    assert all(fault.wrong.zh and fault.wrong.en and fault.todo.zh for fault in report.faults)


def test_what_does_not_fit_the_tree_is_reported() -> None:
    load(f"{HEADER}\nGD,GD-SZ,深圳市总工会,,市级\n")
    report = load(f"""{HEADER}
NOWHERE,GD-1,无上级工会,,基层
GD-SZ,GD-2,倒挂的市,,市级
GD,GD-3,一厂工会,,基层
GD,GD-3,二厂工会,,基层
GD-5,GD-4,甲厂工会,,基层
GD-4,GD-5,乙厂工会,,基层
GD,GD-6,深圳市总工会,,市级
BJ,GD-SZ,深圳市总工会,,市级
,X,另一个全国,,全国
""")
    assert wrong(report) == [
        (2, "parent"),
        (3, "level"),
        (5, "code"),
        (6, "parent"),
        (7, "parent"),
        (9, "parent"),
        (10, "level"),
    ]


def test_a_name_stands_once_under_a_parent() -> None:
    load(f"{HEADER}\nGD,GD-SZ,深圳市总工会,,市级\n")
    report = load(f"{HEADER}\nGD,GD-X,深圳市总工会,,市级\n")
    assert wrong(report) == [(2, "name")]
    assert "GD-SZ" in report.faults[0].wrong.zh


@pytest.mark.parametrize("data", [b"", b"\n\n", b"a,b\n1,2\n", b"\x00\x01\x02", b"\xff\xfe\x00"])
def test_a_file_that_is_no_list_is_refused_in_words(data: bytes) -> None:
    make.body("GD")
    report = imports.load(data=data, by=None, now=make.NOW)
    assert len(report.faults) == 1


def test_a_clerk_imports_below_his_own_unit_only() -> None:
    clerk = make.clerk(make.body("GD"))
    good = imports.load(data=GOOD.encode(), by=clerk, now=make.NOW)
    assert good.created == 3
    bad = imports.load(
        data=f"{HEADER}\nBJ,BJ-HD,海淀区总工会,,县区级\n".encode(), by=clerk, now=make.NOW
    )
    assert wrong(bad) == [(2, "parent")]
    assert imports.load(
        data=f"{HEADER}\nBJ,BJ-HD,海淀区总工会,,县区级\n".encode(),
        by=make.organiser(),
        now=make.NOW,
    ).done


def test_a_long_list_takes_queries_by_the_batch_not_by_the_row(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    rows = [f"GD,GD-{city:03},第{city}市总工会,,市级" for city in range(100)]
    rows += [f"GD-{n % 100:03},GD-{n % 100:03}-{n:05},第{n}工会,,基层" for n in range(3_900)]
    make.body("GD")
    data = codecs.BOM_UTF8 + "\n".join([HEADER, *rows]).encode()
    with django_assert_max_num_queries(40):
        assert imports.load(data=data, by=None, now=make.NOW).created == 4_000
    with django_assert_max_num_queries(20):
        assert imports.load(data=data, by=None, now=make.NOW).unchanged == 4_000


def test_a_clerk_lists_the_own_unit_but_does_not_rename_it() -> None:
    body = make.body("GD")
    clerk, below = make.clerk(body), "GD,GD-SZ,深圳市总工会,,市级"
    own = f"{body.parent.code},GD,{body.name},{body.short_name},推荐单位"
    kept = imports.load(data=f"{HEADER}\n{own}\n{below}\n".encode(), by=clerk, now=make.NOW)
    assert (kept.created, kept.unchanged) == (1, 1), kept.faults
    renamed = f"{body.parent.code},GD,{body.name},最好的总工会,推荐单位"
    bad = imports.load(data=f"{HEADER}\n{renamed}\n".encode(), by=clerk, now=make.NOW)
    assert wrong(bad) == [(2, "parent")]


def test_rows_that_cannot_be_read_and_rows_that_do_not_fit_are_told_at_once() -> None:
    report = load(
        f"{HEADER}\n"
        "GD,GD-95,好的市,好的,市级\n"
        "XX,GD-96,没有上级,无,市级\n"  # 3: no such parent
        "GD,GD-95,重复代码,重,市级\n"  # 4: the code stands in line 2
        "GD,GD-97,,无,市级\n"  # 5: no name
        "GD-97,GD-97-1,某区,某区,县区级\n"  # its parent is line 5: nothing is wrong with it
        "GD-95,GD-99,越级,越,推荐单位\n"  # 7: a body under a city
    )
    assert wrong(report) == [(3, "parent"), (4, "code"), (5, "name"), (7, "level")]
    assert organisations.by_code("GD-95") is None


def test_a_mistyped_code_does_not_make_orphans_of_the_rows_below_it() -> None:
    report = load(
        f"{HEADER}\nGD,深圳,深圳市总工会,深圳,市级\nGD-SZ,GD-SZ-1,某区总工会,某区,县区级\n"
    )
    assert wrong(report) == [(2, "code")]
