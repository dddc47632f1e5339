import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.exhibition.rules.look import HALL, PAPER, Look, contrast

pytestmark = pytest.mark.rules
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(brand=colours, accent=colours)
def test_every_call_can_be_read(brand: str, accent: str) -> None:
    made = Look(brand=brand, accent=accent).variables
    assert contrast(made["--brand-text"], PAPER) >= 4.5
    assert contrast(made["--accent-text"], PAPER) >= 4.5
    assert contrast(made["--brand-dark-text"], HALL) >= 4.5
    assert contrast(made["--accent-dark-text"], HALL) >= 4.5
    assert contrast(made["--brand-content"], made["--brand"]) >= 4


def test_the_built_in_brand_stays_as_it_is() -> None:
    assert Look(brand="#b5261e").variables["--brand-text"] == "#b5261e"


def test_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
