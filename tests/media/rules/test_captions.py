"""Captions: what is read, what is left out, what is refused, and that nothing but words survives."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.media.rules import captions
from paike.media.rules.captions import Cue, Unreadable

pytestmark = pytest.mark.rules

VTT = """WEBVTT - 师傅的灯
Kind: captions

STYLE
::cue { background: url(http://example.com/x) }

NOTE 校对：王建国 13800138000

1
00:01.000 --> 00:03.500 line:0 position:20%
<v 李师傅>炉前守了<b>三十年</b></v>
<c.yellow>他说：&lt;稳&gt; &amp; 准</c>

intro
00:00:04.000 --> 00:00:06.000
{\\an8}徒弟们叫他灯
"""
SRT = "1\r\n00:00:01,000 --> 00:00:03,500\r\n<i>炉前</i>\r\n\r\n2\r\n00:00:04,0 --> 00:00:06,000\r\n灯\r\n"


def test_webvtt_is_read_as_plain_lines() -> None:
    assert captions.read(VTT.encode()) == (
        Cue(1000, 3500, ("炉前守了三十年", "他说：<稳> & 准")),
        Cue(4000, 6000, ("徒弟们叫他灯",)),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_srt_is_read_in_the_encodings_people_have(encoding: str) -> None:
    assert captions.read(SRT.encode(encoding)) == (
        Cue(1000, 3500, ("炉前",)),
        Cue(4000, 6000, ("灯",)),
    )


def test_cues_without_empty_lines_between_them() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\n一\n2\n00:00:02,000 --> 00:00:03,000\n二\n"
    assert [cue.lines for cue in captions.read(text.encode())] == [("一",), ("二",)]


def test_what_is_written_holds_no_markup_comment_or_style() -> None:
    written = captions.write(captions.read(VTT.encode()))
    assert written.startswith("WEBVTT\n\n00:00:01.000 --> 00:00:03.500\n炉前守了三十年\n")
    assert "他说：&lt;稳&gt; &amp; 准" in written
    for gone in ("<", "NOTE", "STYLE", "url", "13800138000", "position", "李师傅", "an8"):
        assert gone not in written


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"\x00\x00\x00\x18ftypmp42", "不是字幕文件"),
        (b"\xff\xfe\x00", "不是字幕文件"),
        (b"x" * (captions.MOST_BYTES + 1), "200 KB"),
        (b"", "没有找到字幕"),
        ("WEBVTT\n\n没有时间".encode(), "没有找到字幕"),
        (b"WEBVTT\n\n00:01 --> 00:02\nx", "第 3 行：看不懂时间"),
        (b"WEBVTT\n\n00:02.000 --> 00:02.000\nx", "第 3 行：结束时间不晚于"),
        (b"WEBVTT\n\n00:01.000 --> 01:02.001\nx", "第 3 行：字幕到 62.0 秒，影片只有 61.0 秒"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"x" * 201, "有 201 个字，最多 200 个"),
        (b"WEBVTT" + b"\n\n00:01.000 --> 00:02.000\nx" * 1001, "超过 1000 条"),
    ],
)
def test_a_refusal_says_what_where_and_what_to_do(source: bytes, words: str) -> None:
    with pytest.raises(Unreadable) as refused:
        captions.read(source, film_ms=61_000)
    assert words in refused.value.text.zh
    assert refused.value.text.en


def test_the_first_faults_are_told_together() -> None:
    bad = "\n\n".join(f"00:0{n} --> x\n词" for n in range(5))
    with pytest.raises(Unreadable) as refused:
        captions.read(f"WEBVTT\n\n{bad}".encode())
    assert refused.value.text.zh.count("看不懂时间") == captions.TELL


def test_a_last_caption_may_outlast_the_film_by_a_second() -> None:
    assert captions.read(b"WEBVTT\n\n00:01.000 --> 01:02.000\nx", film_ms=61_000)


line = st.text(min_size=1, max_size=40).map(captions._plain).filter(bool)
cue = st.builds(
    lambda start, length, lines: Cue(start, start + length, tuple(lines)),
    st.integers(0, 90_000),
    st.integers(1, 9_000),
    st.lists(line, min_size=1, max_size=3),
)


@given(st.lists(cue, min_size=1, max_size=20))
def test_what_was_written_is_read_as_the_same(cues: list[Cue]) -> None:
    ordered = tuple(sorted(cues, key=lambda one: (one.start, one.end)))
    assert captions.read(captions.write(ordered).encode()) == ordered


@given(st.binary(max_size=400) | st.text(max_size=300).map(str.encode))
def test_whatever_is_sent_is_refused_or_becomes_plain(source: bytes) -> None:
    framed = b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + source
    try:
        written = captions.write(captions.read(framed))
    except Unreadable:
        return
    assert re.fullmatch(
        r"WEBVTT\n(\n[\d:.]+ --> [\d:.]+\n([^<>\n]+\n)+)+", written.replace("\r", "")
    )
