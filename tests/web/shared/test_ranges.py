import pytest

from paike.web.shared import ranges
from paike.web.shared.ranges import Span


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("", None),
        ("bytes=0-", Span(0, 100)),
        ("bytes=0-0", Span(0, 1)),
        ("bytes=10-19", Span(10, 20)),
        ("bytes=90-1000", Span(90, 100)),
        ("bytes=-10", Span(90, 100)),
        ("bytes=-1000", Span(0, 100)),
        ("bytes=5-4", None),
        ("bytes=0-1,5-6", None),
        ("bytes=-", None),
        ("items=0-1", None),
        ("bytes=a-b", None),
    ],
)
def test_ranges(header: str, span: Span | None) -> None:
    assert ranges.read(header, 100) == span


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_behind_the_end(header: str) -> None:
    with pytest.raises(ranges.NotSatisfiable):
        ranges.read(header, 100)


def test_the_rest_of_a_file_only_if_it_is_the_same() -> None:
    asked = {"range": "bytes=40-", "if-range": '"a"'}
    part = ranges.asked_for(asked, size=100, etag='"a"')
    assert (part.status, part.span) == (206, Span(40, 100))
    assert part.headers == {"Content-Range": "bytes 40-99/100", "Content-Length": "60"}
    whole = ranges.asked_for(asked, size=100, etag='"b"')
    assert (whole.status, whole.span) == (200, Span(0, 100))
    assert whole.headers == {"Content-Length": "100"}
