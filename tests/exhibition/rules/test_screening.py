from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.exhibition.rules import screening

pytestmark = pytest.mark.rules


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("有事打13800138000找我", "phone"),
        ("电话：138 0013 8000", "phone"),
        ("１３８００１３８０００", "phone"),
        ("+86 13800138000", "phone"),
        ("座机010-84111234", "phone"),
        ("身份证110105199003078519", "identity"),
        ("身份证11010519900307851X。", "identity"),
        ("wang.shifu@example.com.cn", "email"),
        ("加微信：wangshifu_88", "wechat"),
        ("VX wangshifu88", "wechat"),
        ("QQ号：12345678", "qq"),
    ],
)
def test_personal_data_is_found(text: str, kind: str) -> None:
    assert [one.kind for one in screening.findings(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "他在高炉前守了三十年，把每一班都当作第一班。",
        "2021年6月30日，第1380号机车安全行驶 1000000 公里。",
        "全长 13800 米的隧道",
        "我们通过微信群组织了 300 次义诊",
        "",
    ],
)
def test_ordinary_texts_pass(text: str) -> None:
    assert screening.findings(text) == []


def test_what_is_found_is_quoted_as_it_stands() -> None:
    (found,) = screening.findings("请打１３８-００１３-８０００。")
    assert found.words == "１３８-００１３-８０００"


@given(st.text(max_size=200))
def test_findings_never_overlap_and_lie_inside(text: str) -> None:
    found = screening.findings(text)
    assert all(text[one.start : one.end] == one.words for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
