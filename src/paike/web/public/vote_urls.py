from django.urls import URLPattern, URLResolver, path

from paike.web.public import papers, results, votes, works

urlpatterns: list[URLPattern | URLResolver] = [
    path("c/<slug:slug>/vote/", votes.vote, name="vote"),
    path("c/<slug:slug>/ballots/", votes.ballot_cast, name="ballot-cast"),
    path("c/<slug:slug>/ballots/mine/", votes.my_ballots, name="my-ballots"),
    path("c/<slug:slug>/ballots/<str:code>/", votes.receipt, name="receipt"),
    path("c/<slug:slug>/works/<uuid:entry_id>/", works.work, name="work"),
    path("c/<slug:slug>/result/", results.result, name="result"),
    path("c/<slug:slug>/result/computation.json", results.computation, name="result-computation"),
    path("c/<slug:slug>/result/result.csv", results.table, name="result-table"),
    path("check/", papers.check_form, name="paper-check-form"),
    path("check/<str:code>/", papers.check, name="paper-check"),
    path("check/<str:code>/certificate.pdf", papers.certificate, name="certificate"),
]
