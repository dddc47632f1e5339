from django.urls import URLPattern, URLResolver, path

from paike.web.public import (
    ballot_log,
    confirmations,
    papers,
    passes,
    receipts,
    results,
    vote_counts,
    votes,
    works,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("c/<slug:slug>/vote/", votes.vote, name="vote"),
    path("c/<slug:slug>/vote/en/", votes.vote_en, name="vote-en"),
    path("c/<slug:slug>/log/", ballot_log.ballot_log, name="ballot-log"),
    path("c/<slug:slug>/log/paike-verify.pyz", ballot_log.program, name="ballot-log-verifier"),
    path("c/<slug:slug>/ballots/pass/", passes.give, name="ballot-pass"),
    path("c/<slug:slug>/ballots/confirm/", confirmations.confirm, name="ballot-confirm"),
    path("c/<slug:slug>/ballots/mine/", receipts.my_ballots, name="my-ballots"),
    path("c/<slug:slug>/ballots/<str:code>/", receipts.receipt, name="receipt"),
    path("c/<slug:slug>/works/<uuid:entry_id>/", works.work, name="work"),
    path("c/<slug:slug>/count/", vote_counts.count, name="vote-count"),
    path("c/<slug:slug>/count/count.json", vote_counts.data, name="vote-count-data"),
    path("c/<slug:slug>/count/count.csv", vote_counts.table, name="vote-count-table"),
    path("c/<slug:slug>/result/", results.result, name="result"),
    path("c/<slug:slug>/result/computation.json", results.computation, name="result-computation"),
    path("c/<slug:slug>/result/result.csv", results.table, name="result-table"),
    path("check/", papers.check_form, name="paper-check-form"),
    path("check/<str:code>/", papers.check, name="paper-check"),
    path("check/<str:code>/certificate.pdf", papers.certificate, name="certificate"),
]
