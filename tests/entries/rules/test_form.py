import pytest

from paike.entries.rules import form
from tests.factories import campaigns
from tests.factories import entries as factory

pytestmark = pytest.mark.rules
RULEBOOK = campaigns.rules()
ALL_SIGNED = frozenset(text.key for text in RULEBOOK.declarations)


def filled(**changes: str) -> form.Form:
    values = factory.form(unit="u", **changes)
    return form.Form(values=values, has_body=True, has_film=True, signed=ALL_SIGNED)


def fields(found: tuple[form.Fault, ...]) -> list[str]:
    return [fault.field for fault in found]


def test_a_complete_form_has_no_fault() -> None:
    assert form.faults(filled(), rulebook=RULEBOOK) == ()


def test_an_empty_form_names_every_fault_at_once_in_the_forms_order() -> None:
    found = fields(form.faults(form.Form(values={}), rulebook=RULEBOOK))
    declared = [f"declarations:{text.key}" for text in RULEBOOK.declarations]
    expected = ["route", "theme", "title", "synopsis", "credit_kind", "credit", "subject_name"]
    assert found == [
        *expected,
        "subject_unit",
        "real_name",
        "phone",
        "reporting_unit",
        "film",
        *declared,
    ]


def test_every_fault_speaks_both_languages() -> None:
    for fault in form.faults(form.Form(values={}), rulebook=RULEBOOK):
        assert fault.text.zh
        assert fault.text.en
        assert "{" not in fault.text.zh + fault.text.en


def test_the_route_decides_between_unit_and_workplace() -> None:
    individual = filled(route="individual", workplace="")
    assert fields(form.faults(individual, rulebook=RULEBOOK)) == ["workplace"]
    recommended = form.Form(values=factory.form(unit=""), has_film=True, signed=ALL_SIGNED)
    assert fields(form.faults(recommended, rulebook=RULEBOOK)) == ["unit"]


def test_a_unit_under_no_body_is_refused() -> None:
    lost = form.Form(values=factory.form(unit="u"), has_film=True, signed=ALL_SIGNED)
    assert [fault.text for fault in form.faults(lost, rulebook=RULEBOOK)] == [form.NO_BODY]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "长" * 41),
        ("synopsis", "太短"),
        ("phone", "打电话"),
        ("email", "wang@"),
        ("theme", "no-such-theme"),
        ("credit_kind", "nobody"),
        ("route", "by-train"),
    ],
)
def test_a_wrong_value_is_told_at_its_field(field: str, value: str) -> None:
    assert field in fields(form.faults(filled(**{field: value}), rulebook=RULEBOOK))


def test_a_film_that_was_refused_is_not_taken_again() -> None:
    same = form.Form(
        values=factory.form(unit="u"),
        has_body=True,
        has_film=True,
        film_refused=True,
        signed=ALL_SIGNED,
    )
    assert [fault.text for fault in form.faults(same, rulebook=RULEBOOK)] == [form.FILM_REFUSED]


def test_each_declaration_is_asked_for() -> None:
    key = RULEBOOK.declarations[0].key
    unsigned = form.Form(
        values=factory.form(unit="u"), has_body=True, has_film=True, signed=ALL_SIGNED - {key}
    )
    assert fields(form.faults(unsigned, rulebook=RULEBOOK)) == [f"declarations:{key}"]


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("title", "  炉前\u202e的灯\x00 ", "炉前的灯"),
        ("title", "炉前\n的灯", "炉前 的灯"),
        ("title", "家👨‍👩‍👧", "家👨‍👩‍👧"),
        ("credit", "\ufeff王\u200b小明\x1b[31m", "王小明 [31m"),
        ("synopsis", "一\r\n二\r三\x0b四", "一\n二\n三 四"),
    ],
)
def test_what_nobody_sees_is_not_kept(field: str, typed: str, kept: str) -> None:
    assert form.tidy(field, typed) == kept
