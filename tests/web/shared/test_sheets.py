import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.web.shared import sheets


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "　=1", "\r=1", "\n=1", "＝1+1", "＠SUM(A1)"],
)
def test_what_a_spreadsheet_would_run_is_made_harmless(text: str) -> None:
    assert str(sheets.harmless(text)).startswith("'")


@given(st.one_of(st.integers(), st.none(), st.text(alphabet="张三abc 0123", min_size=1)))
def test_everything_else_stays_as_it_is(cell: int | str | None) -> None:
    assert sheets.harmless(cell) == cell


def test_csv_begins_with_the_mark_that_excel_needs() -> None:
    assert sheets.as_csv(["编号"], [[1]]) == b"\xef\xbb\xbf\xe7\xbc\x96\xe5\x8f\xb7\r\n1\r\n"
