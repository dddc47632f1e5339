"""Every fault names the key, the line, what is wrong and what is allowed, in both languages."""

import pytest

from paike.campaigns.rules import checking, faults, reading
from tests.factories import campaigns

pytestmark = pytest.mark.rules


def refused(old: str, new: str) -> tuple[faults.Fault, str]:
    """The first fault after replacing a piece of the built-in rulebook, and the line it names."""
    source = campaigns.source()
    assert old in source
    changed = source.replace(old, new, 1)
    with pytest.raises(faults.Faulty) as caught:
        reading.read(changed)
    fault = caught.value.faults[0]
    assert fault.wrong.zh
    assert fault.wrong.en
    assert fault.allowed.zh
    assert fault.allowed.en
    return fault, changed.splitlines()[(fault.line or 1) - 1]


@pytest.mark.parametrize(
    ("old", "new", "key", "line"),
    [
        ('shortlist = 100', 'shortlst = 100', "funnel.shortlist", "[funnel]"),
        ('quorum = 3', 'quorum = 3\nquorom = 3', "jury.quorom", "quorom = 3"),
        ('period = "day"', 'period = "week"', "ballot.period", 'period = "week"'),
        ('size_max = "50 MB"', 'size_max = "fifty"', "film.size_max", 'size_max = "fifty"'),
        ('works_min = 5', 'works_min = "5"', "ballot.works_min", 'works_min = "5"'),
        ('individuals = true', 'individuals = 1', "funnel.individuals", "individuals = 1"),
        ('brand = "#B5261E"', 'brand = "red"', "look.brand", 'brand = "red"'),
        ('"Asia/Shanghai"', '"Asia/Peking"', "timezone", 'timezone = "Asia/Peking"'),
        ('end = 2021-07-01T00:00:00', 'end = 2021-02-01T00:00:00', "stages[1].end",
         "end = 2021-02-01T00:00:00"),
        ('start = 2021-07-01T00:00:00', 'start = 2021-02-01T00:00:00', "stages[2].start",
         "start = 2021-02-01T00:00:00"),
        ('end = 2021-07-01T00:00:00', 'end = 2021-07-05T00:00:00', "stages[1].end",
         "end = 2021-07-05T00:00:00"),
        ('closes = 2021-07-09T10:00:00', 'closes = 2021-07-01T10:00:00', "ballot.closes",
         "closes = 2021-07-01T10:00:00"),
        ('closes = 2021-07-09T10:00:00', 'closes = 2021-08-01T10:00:00', "ballot.opens",
         "opens = 2021-07-02T10:00:00"),
        ('works_max = 5', 'works_max = 4', "ballot.works_max", "works_max = 4"),
        ('recommend_max = 5', 'recommend_max = 2', "funnel.recommend_max", "recommend_max = 2"),
        ('votes = 0.3', 'votes = 0.4', "blend.votes", "votes = 0.4"),
        ('formula = "percentile-rank"', 'formula = "jury-only"', "blend.formula",
         'formula = "jury-only"'),
        ('count = 37', 'count = 36', "ladder", "[[ladder]]"),
        ('key = "vlog"', 'key = "good-deeds"', "themes[3]", "[[themes]]"),
        ('  "ballot",', '  "ballots",', "ours[9]", '  "finished",'),
        ('trim = [[5, 1], [11, 2]]', 'trim = [[2, 1]]', "jury.trim[1]", "trim = [[2, 1]]"),
        ('period = "day"', 'period = "minutes"', "ballot.period_minutes", "[ballot]"),
        ('effect = { kind = "share" }', 'effect = { kind = "filter" }', "ballot.effect.top",
         'effect = { kind = "filter" }'),
        ('duration_min = 5', 'duration_min = 95', "film.duration_max", "duration_max = 90"),
        ('start = 2021-03-01T00:00:00', 'start = 2021-03-01', "stages[1].start",
         "start = 2021-03-01"),
    ],
)  # fmt: skip
def test_each_fault_stands_at_its_key(old: str, new: str, key: str, line: str) -> None:
    fault, shown = refused(old, new)
    if key.startswith("ours"):
        assert fault.key.startswith("ours[")
        assert '"ballots",' in shown
        return
    assert (fault.key, shown) == (key, line)


def test_an_unknown_key_is_answered_with_the_known_ones() -> None:
    fault, _ = refused("quorum = 3", "quorum = 3\nquorom = 3")
    assert "quorum" in fault.allowed.zh
    assert "没有这个键" in fault.wrong.zh


def test_broken_toml_names_its_line() -> None:
    with pytest.raises(faults.Faulty) as caught:
        reading.read('slug = "x"\nname = [')
    assert caught.value.faults[0].line == 2


def test_several_faults_are_told_at_once_in_the_order_of_lines() -> None:
    source = campaigns.source().replace('period = "day"', 'period = "week"')
    source = source.replace("#B5261E", "red")
    with pytest.raises(faults.Faulty) as caught:
        reading.read(source)
    assert [fault.key for fault in caught.value.faults] == ["look.brand", "ballot.period"]
    assert "第 " in caught.value.text.zh


def test_a_byte_order_mark_and_another_offset_do_not_change_the_hash() -> None:
    source = campaigns.source()
    same = "\ufeff" + source.replace("2021-03-01T00:00:00", "2021-02-28T16:00:00Z")
    assert checking.show(same).splitlines()[-1] == checking.show(source).splitlines()[-1]


def test_a_pale_brand_is_a_warning_not_a_fault() -> None:
    found = checking.check(campaigns.source().replace("#B5261E", "#F2B8B5"))
    assert found.may_open
    assert [fault.key for fault in found.warnings] == ["look.brand"]
    assert "对比度" in found.in_language("zh")


def test_stages_that_overlap_are_a_warning_with_the_moment_to_start_at() -> None:
    source = campaigns.source()
    found = checking.check(source.replace("start = 2021-07-01T00", "start = 2021-06-20T00"))
    assert found.may_open
    assert [fault.key for fault in found.warnings] == ["stages[2].start"]
    assert "2021-07-01T00:00:00+08:00" in found.in_language("en")
    assert not checking.check(source).warnings


def test_check_says_what_it_found_in_both_languages() -> None:
    bad = checking.check(campaigns.source().replace("votes = 0.3", "votes = 0.4"))
    assert not bad.may_open
    assert "错误：第 " in bad.in_language("zh")
    assert "Error: line " in bad.in_language("en")
    later = checking.check(campaigns.source("workers-video-2024"))
    assert later.rulebook is not None
    assert not later.may_open
    assert "暂不支持" in later.in_language("zh")
    assert "not supported yet" in later.in_language("en")


@pytest.mark.parametrize(
    "slug", ["party-stories-2021", "workers-video-2024", "workers-video-2025", "wuhan-gala-2022"]
)
def test_every_shipped_rulebook_is_valid(slug: str) -> None:
    found = checking.check(campaigns.source(slug))
    assert found.faults == ()
    assert found.warnings == ()
    assert found.may_open == (slug == "party-stories-2021")


def test_diff_tells_the_changed_keys_only() -> None:
    source = campaigns.source()
    shown = checking.diff(source, source.replace("quorum = 3", "quorum = 4"))
    assert shown == "jury.quorum\n  - 3\n  + 4"
    assert checking.diff(source, source) == ""
