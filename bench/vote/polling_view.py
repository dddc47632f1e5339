"""The vote as a normal Django view."""

import json
import os
from typing import Any
from uuid import UUID

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paike.config.settings")

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

django.setup()

from paike.campaigns.models import Campaign  # noqa: E402
from paike.kernel import clock  # noqa: E402
from paike.voting.models import Ballot  # noqa: E402
from paike.voting.queries import contests  # noqa: E402
from paike.voting.queries.contests import Contest  # noqa: E402
from paike.voting.rules import grammar, receipts, secrets, tokens  # noqa: E402

_known: dict[str, Contest] = {}


def _contest() -> Contest:
    """Read once: a site that lives with bursts has a cache for what stands still."""
    if "it" not in _known:
        found = contests.of_campaign(Campaign.objects.get().pk, now=clock.now())
        assert found is not None
        _known["it"] = found
    return _known["it"]


@csrf_exempt
def ballot(request: HttpRequest) -> HttpResponse:
    """Take a ballot."""
    contest, now = _contest(), clock.now()
    assert contest.keys is not None
    sent = json.loads(request.body)
    given = tokens.read_token(sent["token"], slug=contest.slug.encode(), key=contest.keys.tokens)
    works = sorted(sent["works"])
    faults = grammar.faults(works, rule=contest.rule, candidates=contest.candidates)
    if faults or not contest.is_open(now):
        return JsonResponse({"faults": [fault.key for fault in faults]}, status=422)
    # A voter of its own for every ballot, beside those that our intake gets.
    voter = secrets.voter(contest.keys.secret, provider="django", subject=given.key.hex())
    try:
        with transaction.atomic():
            made, is_new = Ballot.objects.get_or_create(
                campaign_id=contest.campaign_id,
                voter=voter,
                key=UUID(bytes=given.key),
                defaults={
                    "period": given.period,
                    "works": works,
                    "entry": b"",
                    "cast_at": now,
                    "network": given.network,
                    "provider": given.provider,
                },
            )
    except IntegrityError:
        return JsonResponse({"code": "already-voted"}, status=409)
    code = receipts.code(made.pk, key=contest.keys.receipts)
    return JsonResponse({"code": code, "promise": "x" * 1100}, status=201 if is_new else 200)


urlpatterns = [path("ballots", ballot)]


def application() -> Any:  # noqa: ANN401 - a WSGI application
    settings.ROOT_URLCONF = __name__
    return get_wsgi_application()
