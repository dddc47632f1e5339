from django.urls import URLPattern, URLResolver, path

from paike.web.organiser import result_drafts, result_publications

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:slug>/result/", result_drafts.draft, name="result-draft"),
    path("<slug:slug>/result/committee/", result_publications.committee, name="committee-ballots"),
    path("<slug:slug>/result/publication/", result_publications.publish, name="result-publication"),
]
