"""Races for the tests of the award rules."""

from fractions import Fraction

from hypothesis import strategies as st

from paike.awards.rules.race import Blend, Rules, Rung, Work
from paike.jury.rules import scoring

CHAIN = ("total", "jury", "jury-median", "first-criterion", "head-to-head", "votes", "committee")
LADDER = (Rung("special", 1), Rung("first", 2), Rung("second", 3))


def rules(**changes: object) -> Rules:
    values: dict[str, object] = {
        "blend": Blend("percentile-rank", Fraction(3, 10), Fraction(7, 10)),
        "scheme": scoring.Scheme("trimmed-mean", ((5, 1), (11, 2))),
        "full_marks": 100,
        "quorum": 1,
        "ties": CHAIN,
        "ladder": LADDER,
    }
    return Rules(**(values | changes))  # type: ignore[arg-type]  # changes are given by name


def work(name: str, votes: int = 0, *totals: int) -> Work:
    return Work(name, votes, {f"j{index}": (10 * total,) for index, total in enumerate(totals)})


@st.composite
def races(draw: st.DrawFn, *, least: int = 1, most: int = 12) -> list[Work]:
    """Works with few different figures, so that ties are common; sheets may be missing."""
    names = draw(
        st.lists(st.sampled_from("abcdefghijklmnop"), min_size=least, max_size=most, unique=True)
    )
    sheet = st.tuples(st.integers(0, 3), st.integers(0, 3))
    jurors = st.dictionaries(st.sampled_from(["j1", "j2", "j3", "j4", "j5"]), sheet, min_size=1)
    return [Work(name, draw(st.integers(0, 3)), draw(jurors)) for name in names]
