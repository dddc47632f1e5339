import re
from datetime import datetime, timedelta

import pytest
from django.db import connection

from paike.accounts.actions import attempts, one_time_codes
from paike.accounts.models import Account, Attempt, Consent, OneTimeCode
from paike.accounts.rules import contacts, privacy
from paike.notify.adapters.mail.memory import MemoryMail
from paike.notify.adapters.sms.memory import MemorySms
from tests.factories import accounts, jobs
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db

PHONE = "138 0013 8000"


def send(
    value: str = PHONE,
    *,
    kind: str = "phone",
    now: datetime = NOW,
    network: str = "203.0.113.7",
    session: str = "s1",
    purpose: str = "sign-in",
) -> OneTimeCode:
    return one_time_codes.send(
        kind=kind, value=value, session_key=session, purpose=purpose, network=network, now=now
    )


def confirm(
    code: str,
    value: str = PHONE,
    *,
    kind: str = "phone",
    now: datetime = NOW,
    session: str = "s1",
    purpose: str = "sign-in",
) -> Account:
    return one_time_codes.confirm(
        kind=kind, value=value, code=code, session_key=session, purpose=purpose, now=now
    )


def read(row: OneTimeCode) -> str:
    row.refresh_from_db()
    assert row.letter is not None
    return row.letter.open()


def value_of(account: Account) -> str:
    value = account.contacts.get().value
    assert value is not None
    return value.open()


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_a_number_a_code_an_account() -> None:
    account = confirm(read(send()))
    assert value_of(account) == "+8613800138000"
    consent = Consent.objects.get(account=account)
    assert (consent.version, consent.text_hash) == (privacy.VERSION, privacy.text_hash())
    later = NOW + timedelta(hours=2)
    assert confirm(read(send("+86１３８００１３８０００", now=later)), now=later) == account


def test_by_mail() -> None:
    account = confirm(
        read(send(" Wang@Example.COM ", kind="email")), "wang@example.com", kind="email"
    )
    assert value_of(account) == "wang@example.com"


def test_the_letter_arrives_and_leaves_nothing_readable(sms: MemorySms) -> None:
    row = send()
    code = read(row)
    assert jobs.run("accounts.deliver_code", now=NOW) == 1
    assert sms.texts[0][0] == "+8613800138000"
    assert re.findall(r"\d{6}", sms.texts[0][1]) == [code]
    row.refresh_from_db()
    assert row.letter is None
    assert row.address is None
    assert confirm(code)


def test_neither_number_nor_code_in_the_database_or_in_jobs(mail: MemoryMail) -> None:
    code = read(send("wang@example.com", kind="email"))
    with connection.cursor() as cursor:
        for table in ("accounts_onetimecode", "accounts_attempt", "procrastinate_jobs"):
            cursor.execute(f"select coalesce(string_agg(t::text, ' '), '') from {table} t")  # noqa: S608
            text = cursor.fetchone()[0]
            assert "wang@example.com" not in text
            assert f'"{code}"' not in text
    jobs.run("accounts.deliver_code", now=NOW)
    assert code not in mail.letters[0].subject


def test_a_code_works_once() -> None:
    code = read(send())
    confirm(code)
    with pytest.raises(one_time_codes.WrongCode):
        confirm(code)


def test_a_code_works_five_minutes() -> None:
    code = read(send())
    with pytest.raises(one_time_codes.WrongCode):
        confirm(code, now=NOW + timedelta(minutes=5))
    assert confirm(code, now=NOW + timedelta(minutes=4, seconds=59))


def test_five_tries() -> None:
    code = read(send())
    for _ in range(5):
        with pytest.raises(one_time_codes.WrongCode):
            confirm(wrong(code))
    with pytest.raises(one_time_codes.WrongCode):
        confirm(code)


@pytest.mark.parametrize(
    "other", [{"session": "s2"}, {"purpose": "contact"}, {"value": "139 0013 8000"}]
)
def test_a_code_is_bound_to_session_purpose_and_number(other: dict[str, str]) -> None:
    code = read(send())
    with pytest.raises(one_time_codes.WrongCode):
        confirm(code, **other)  # type: ignore[arg-type]  # one keyword at a time


def test_a_new_code_replaces_the_old_one() -> None:
    first = read(send())
    later = NOW + timedelta(seconds=61)
    second = read(send(now=later))
    if first != second:
        with pytest.raises(one_time_codes.WrongCode):
            confirm(first, now=later)
    assert confirm(second, now=later)


def test_resend_after_a_minute() -> None:
    send()
    with pytest.raises(attempts.TooMany) as caught:
        send(now=NOW + timedelta(seconds=20))
    assert caught.value.wait == timedelta(seconds=40)
    assert "40" in caught.value.text.zh
    send(now=NOW + timedelta(seconds=60))


def test_five_an_hour_and_ten_a_day_per_phone() -> None:
    times = [NOW + timedelta(minutes=2 * i) for i in range(5)]
    for at in times:
        send(now=at)
    with pytest.raises(attempts.TooMany):
        send(now=NOW + timedelta(minutes=30))
    for i in range(5):
        send(now=NOW + timedelta(hours=2, minutes=2 * i))
    with pytest.raises(attempts.TooMany):
        send(now=NOW + timedelta(hours=5))
    send(now=NOW + timedelta(hours=24))


def test_a_hundred_an_hour_that_nobody_typed_per_network() -> None:
    for i in range(100):
        send(f"+861390000{i:04d}")
    with pytest.raises(attempts.TooMany):
        send("+8613900009999")
    send("+8613900009999", network="198.51.100.1")


def test_a_factory_signs_in_from_one_address() -> None:
    for i in range(130):
        number = f"+861390000{i:04d}"
        confirm(read(send(number)), number)


def test_the_same_answer_for_known_and_unknown_numbers() -> None:
    accounts.account(phone="+8613911110000")
    known, unknown = send("13911110000"), send("13911110001")
    for row, number in ((known, "13911110000"), (unknown, "13911110001")):
        with pytest.raises(one_time_codes.WrongCode) as caught:
            confirm(wrong(read(row)), number)
        assert caught.value.text is one_time_codes.WrongCode.text


def test_not_a_number() -> None:
    with pytest.raises(contacts.NotAContact):
        send("12345")


def test_what_is_old_is_forgotten() -> None:
    send()
    assert one_time_codes.delete_old(now=NOW + timedelta(minutes=9)) == 0
    assert one_time_codes.delete_old(now=NOW + timedelta(minutes=11)) == 1
    assert attempts.delete_old(now=NOW + timedelta(days=179)) == 0
    assert attempts.delete_old(now=NOW + timedelta(days=181)) == 2
    assert not Attempt.objects.exists()


def test_a_mailbox_is_one_account_under_all_its_addresses() -> None:
    """Or whoever has one could vote with a thousand names."""
    first = confirm(read(send("wang@example.com", kind="email")), "wang@example.com", kind="email")
    later = NOW + timedelta(minutes=2)
    row = send("wang+2@example.com", kind="email", now=later)
    assert confirm(read(row), "wang+2@example.com", kind="email", now=later) == first
    with pytest.raises(attempts.TooMany):
        send("wang+3@example.com", kind="email", now=later)
