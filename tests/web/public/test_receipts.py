from datetime import datetime

import pytest
from django.test import Client

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.kernel import clock
from paike.voting.models import Ballot, BallotLog
from paike.voting.queries import ballots as queries
from tests.factories import accounts, ballots, race


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def call(db: None, now: datetime) -> Campaign:
    return race.campaign(now=now)


@pytest.fixture
def works(call: Campaign, now: datetime) -> list[Entry]:
    made = race.shortlist(call, works=8, now=now)
    ballots.open_vote(call, now=now)
    return made


def cast(call: Campaign, works: list[Entry], person: Account, now: datetime) -> Ballot:
    """A ballot of this account, as its pass would have led to."""
    contact = person.contacts.get()
    return ballots.taken(call, works, by=contact.index, now=now)


def address(call: Campaign, ballot: Ballot) -> str:
    return f"/c/{call.slug}/ballots/{queries.code(ballot)}/"


def test_a_receipt_tells_strangers_the_state_and_its_voter_the_choice(
    call: Campaign, works: list[Entry], now: datetime
) -> None:
    person = accounts.account()
    ballot = cast(call, works[:5], person, now)
    # The titles of all works are on the page, for the phone that keeps the receipt; which of them
    # were chosen is not.
    shown = accounts.client(person).get(address(call, ballot)).content.decode()
    assert "data-account-works" in shown
    for other in (Client(), accounts.client(accounts.account())):
        strangers = other.get(address(call, ballot))
        assert strangers.status_code == 200
        assert "已收下" in strangers.content.decode()
        assert "data-account-works" not in strangers.content.decode()


def test_a_receipt_follows_its_ballot_into_the_log(
    call: Campaign, works: list[Entry], now: datetime
) -> None:
    ballot = ballots.taken(call, works[:5], now=now)
    assert "马上写入" in Client().get(address(call, ballot)).content.decode()
    ballots.sequence(call)
    html = Client().get(address(call, ballot)).content.decode()
    index = Ballot.objects.get(pk=ballot.pk).log_entry.index
    assert "已计入" in html
    assert f"第 {index} 条" in html


@pytest.mark.parametrize("code", ["0" * 16, "X", "0" * 300])
def test_a_made_up_code_is_no_receipt(call: Campaign, works: list[Entry], code: str) -> None:
    assert Client().get(f"/c/{call.slug}/ballots/{code}/").status_code == 404


def test_my_ballots_are_the_accounts_own(call: Campaign, works: list[Entry], now: datetime) -> None:
    person = accounts.account()
    mine = cast(call, works[:5], person, now)
    other = ballots.taken(call, works[3:8], now=now)
    html = accounts.client(person).get(f"/c/{call.slug}/ballots/mine/").content.decode()
    assert queries.code(mine) in html
    assert queries.code(other) not in html
    nobody = Client().get(f"/c/{call.slug}/ballots/mine/")
    assert nobody.status_code == 200
    assert queries.code(mine) not in nobody.content.decode()
    assert "登录后查看" in nobody.content.decode()


def test_without_the_secret_an_account_leads_to_no_ballot(
    call: Campaign, works: list[Entry], now: datetime
) -> None:
    person = accounts.account()
    mine = cast(call, works[:5], person, now)
    log = BallotLog.objects.get(campaign=call)
    log.secret = None
    log.save(update_fields=["secret"])
    browser = accounts.client(person)
    html = browser.get(f"/c/{call.slug}/ballots/mine/").content.decode()
    assert queries.code(mine) not in html
    assert "按期销毁" in html
    receipt = browser.get(address(call, mine))  # the code still leads to the state
    assert receipt.status_code == 200
    assert "data-account-works" not in receipt.content.decode()


def test_a_title_cannot_end_the_scripts_data(
    call: Campaign, works: list[Entry], now: datetime
) -> None:
    version = works[0].versions.get()
    type(version).objects.filter(pk=version.pk).update(composed_title="</script><b>《甲》")
    ballot = ballots.taken(call, works[:5], now=now)
    html = Client().get(address(call, ballot)).content.decode()
    assert html.count("</script><b>") == 0


def test_the_log_page_shows_size_root_and_key(
    call: Campaign, works: list[Entry], now: datetime
) -> None:
    ballots.taken(call, works[:5], now=now)
    ballots.sequence(call)
    html = Client().get(f"/c/{call.slug}/log/").content.decode()
    assert "data-size>3<" in html  # rules, open, the ballot
    assert f"/c/{call.slug}/ballot-log+" in html
    assert "paike-verify" in html


def test_the_log_page_of_a_call_without_a_log(now: datetime, db: None) -> None:
    call = race.campaign(now=now)
    assert "日志还没有建立" in Client().get(f"/c/{call.slug}/log/").content.decode()
