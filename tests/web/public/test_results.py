import json
import re

import pytest
from django.test import Client

from paike.awards.actions import refills
from paike.awards.models import Award, Result
from paike.awards.queries import results as result_queries
from paike.awards.rules import computation
from paike.entries.actions import mergers
from paike.kernel import canonical_json, clock
from paike.review.models import RecommendationList
from tests.awards.actions.test_results import Race
from tests.factories import orgs, race


@pytest.fixture
def published(db: None) -> Race:
    made = Race()
    made.close()
    made.publish()
    return made


@pytest.fixture
def best(published: Race) -> Award:
    return result_queries.awards(Result.objects.get())[0]


def test_the_result_page_names_everything(published: Race, client: Client) -> None:
    answer = client.get(f"/c/{published.call.slug}/result/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert all(work.title in text for work in published.works)
    assert Result.objects.get().digest in text


def test_before_publication_nothing_is_told(db: None, client: Client) -> None:
    call = race.campaign()
    assert "结果还没有公布" in client.get(f"/c/{call.slug}/result/").content.decode()
    assert client.get(f"/c/{call.slug}/result/computation.json").status_code == 404


def test_the_download_is_what_the_digest_is_of(published: Race, client: Client) -> None:
    body = client.get(f"/c/{published.call.slug}/result/computation.json").content
    value = json.loads(body)
    assert canonical_json.dumps(value) == body
    assert canonical_json.digest(value) == Result.objects.get().digest
    assert computation.recompute(value) == value["steps"]


def test_the_table_opens_in_a_spreadsheet(published: Race, client: Client) -> None:
    body = client.get(f"/c/{published.call.slug}/result/result.csv").content
    assert body.startswith("\ufeffrank,".encode())
    assert len(body.splitlines()) == 9
    assert re.search(rb",\(\d+/\d+\),", body)  # bare, a spreadsheet would make it a date


def test_a_certificate_is_checked_and_opened(best: Award, client: Client) -> None:
    text = client.get(f"/check/{best.check_code}/").content.decode()
    assert "证书真实有效" in text
    assert best.number in text
    paper = client.get(f"/check/{best.check_code}/certificate.pdf")
    assert paper.content.startswith(b"%PDF")
    assert best.number in paper["Content-Disposition"]


def test_a_certificate_credits_the_unit_whose_work_was_merged(
    best: Award, published: Race, client: Client
) -> None:
    other = next(one for one in published.works if one.pk != best.entry_id)
    mergers.merge(
        entry=other, into=best.entry, by=orgs.organiser(), reason="同一部", now=clock.now()
    )
    best.refresh_from_db()
    text = client.get(f"/check/{best.check_code}/").content.decode()
    assert "同时报送：" in text
    assert client.get(f"/check/{best.check_code}/certificate.pdf").content.startswith(b"%PDF")


def test_codes_are_read_as_people_type_them(best: Award, client: Client) -> None:
    typed = best.check_code.lower().replace("0", "o")
    assert client.get("/check/", {"code": typed})["Location"] == f"/check/{best.check_code}/"


def test_an_unknown_code_is_told_clearly(db: None, client: Client) -> None:
    answer = client.get("/check/0000000000/")
    assert answer.status_code == 404
    assert "没有这个核验码" in answer.content.decode()


def test_revoked_and_replaced_papers_say_so(published: Race, best: Award, client: Client) -> None:
    second = result_queries.awards(Result.objects.get())[1]
    refills.follow(entry_id=best.entry_id, reason="抄袭他人作品", now=published.over)
    revoked = client.get(f"/check/{best.check_code}/").content.decode()
    assert "这张证书已失效" in revoked
    assert "抄袭他人作品" not in revoked  # the reason is the entrant's to read
    replaced = client.get(f"/check/{second.check_code}/").content.decode()
    second.refresh_from_db()
    assert second.number in replaced
    assert client.get(f"/check/{best.check_code}/certificate.pdf").status_code == 404


def test_a_recommendation_list_is_checked(published: Race, client: Client) -> None:
    listed = RecommendationList.objects.get()
    text = client.get(f"/check/{listed.check_code}/").content.decode()
    assert "推荐表真实有效" in text
    assert published.works[0].title in text
