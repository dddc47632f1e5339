"""The organiser's pages."""

from django.urls import URLPattern, URLResolver, include, path

from paike.web.organiser import entries, exports, jobs, likeness_cases, overview, shortlists, stages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("paike.web.organiser.units_urls")),
    path("", include("paike.web.organiser.jury_urls")),
    path("", include("paike.web.organiser.result_urls")),
    path("", include("paike.web.organiser.forensics_urls")),
    path("<slug:slug>/", overview.show, name="organise"),
    path("<slug:slug>/entries/", entries.index, name="organise-entries"),
    path("<slug:slug>/entries/<uuid:entry_id>/", entries.show, name="organise-entry"),
    path("<slug:slug>/entries/<uuid:entry_id>/reveals/", entries.reveal, name="organise-reveal"),
    path(
        "<slug:slug>/entries/<uuid:entry_id>/disqualification/",
        entries.disqualify,
        name="disqualification",
    ),
    path("<slug:slug>/export/", exports.show, name="organise-export"),
    path("<slug:slug>/shortlist/", shortlists.show, name="organise-shortlist"),
    path("<slug:slug>/shortlist/works/", shortlists.choose, name="shortlist-works"),
    path("<slug:slug>/shortlist/seal/", shortlists.seal, name="shortlist-seal"),
    path("<slug:slug>/shortlist/refills/", shortlists.refill, name="shortlist-refill"),
    path("<slug:slug>/likenesses/", likeness_cases.index, name="likeness-cases"),
    path("<slug:slug>/likenesses/<uuid:case_id>/", likeness_cases.show, name="likeness-case"),
    path(
        "<slug:slug>/likenesses/<uuid:case_id>/decision/",
        likeness_cases.decide,
        name="likeness-decision",
    ),
    path("<slug:slug>/jobs/", jobs.index, name="jobs"),
    path("<slug:slug>/jobs/<slug:kind>/<uuid:job_id>/", jobs.run_again, name="job-rerun"),
    path("<slug:slug>/extension/", stages.extend, name="stage-extension"),
    path("<slug:slug>/amendments/", stages.index, name="amendments"),
]
