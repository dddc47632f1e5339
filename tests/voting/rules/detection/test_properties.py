"""What holds for every detector, whatever is in the contest."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from bench.stuffing import attacks
from hypothesis import given, settings
from hypothesis import strategies as st

from paike.voting.rules.detection import registry, suspicion
from paike.voting.rules.detection.finding import Family
from tests.voting.rules.detection import made

pytestmark = pytest.mark.rules
PAGES = Path(__file__).parents[4] / "docs" / "detection"

kinds = st.lists(
    st.tuples(st.sampled_from(sorted(attacks.ATTACKS)), st.integers(30, 400)), max_size=2
)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 3), stuffed=kinds)
def test_findings_tag_ballots_of_their_work_once_and_in_order(
    seed: int, stuffed: list[tuple[str, int]]
) -> None:
    world = made.world(seed)
    parts = [attacks.ATTACKS[name](world, made.TARGET, number) for name, number in stuffed]
    contest, _ = made.contest(*parts, seed=seed)
    found = registry.find(contest)
    for one in found:
        assert (np.diff(one.rows) > 0).all()
        if one.family == Family.LOOK:
            assert len(one.rows) == 0
        else:
            assert one.work is not None
            assert np.isin(one.rows, contest.rows_of(one.work)).all()
    for each in suspicion.of(contest, found):
        mine = [one for one in found if one.work == each.work and one.detector in each.detectors]
        families = {one.family for one in mine}
        assert len(families) >= contest.rule.families


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 3), shift=st.integers(1, 999))
def test_names_of_voters_networks_and_links_mean_nothing(seed: int, shift: int) -> None:
    """Renaming accounts, addresses and links changes no finding."""
    attack = attacks.script(made.world(seed), made.TARGET, 150)
    contest, _ = made.contest(attack, seed=seed)
    columns = contest.columns
    order = np.random.default_rng(shift)

    def renamed(
        codes: np.ndarray[tuple[int], np.dtype[np.int32]],
    ) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        names = order.permutation(int(codes.max()) + 1).astype(np.int32)
        zero = int(np.nonzero(names == 0)[0][0])
        names[zero], names[0] = names[0], 0  # 0 stays what is not known
        return names[codes]

    other = replace(
        contest,
        columns=replace(
            columns, network=renamed(columns.network), referral=renamed(columns.referral)
        ),
    )
    ours, theirs = registry.find(contest), registry.find(other)
    assert [(f.detector, f.work, f.rows.tolist()) for f in ours] == [
        (f.detector, f.work, f.rows.tolist()) for f in theirs
    ]


@pytest.mark.parametrize("seed", range(4))
def test_nobody_honest_is_set_aside(seed: int) -> None:
    contest, _ = made.contest(seed=seed)
    assert suspicion.of(contest, registry.find(contest)) == []


def test_every_detector_has_its_page() -> None:
    pages = {path.stem for path in PAGES.glob("*.md")} - {"README"}
    assert pages == {detector.KEY for detector in registry.DETECTORS}
    listed = (PAGES / "README.md").read_text(encoding="utf-8")
    assert all(f"({page}.md)" in listed for page in pages)
