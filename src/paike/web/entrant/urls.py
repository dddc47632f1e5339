from django.urls import URLPattern, URLResolver, path

from paike.web.entrant import (
    captions,
    conversions,
    drafts,
    entries,
    inspections,
    likenesses,
    posters,
    submissions,
    units,
    votes,
    withdrawals,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("my/", entries.my_entries, name="my-entries"),
    path("c/<slug:slug>/units/", units.units, name="entry-units"),
    path("c/<slug:slug>/entries/new/", drafts.new, name="entry-new"),
    path("entries/<uuid:entry_id>/", entries.entry, name="entry"),
    path("entries/<uuid:entry_id>/draft/", drafts.save, name="entry-draft"),
    path("entries/<uuid:entry_id>/progress/", entries.progress, name="entry-progress"),
    path("entries/<uuid:entry_id>/inspections/", inspections.create, name="entry-inspection"),
    path("entries/<uuid:entry_id>/conversions/", conversions.create, name="entry-conversion"),
    path(
        "entries/<uuid:entry_id>/conversions/<uuid:conversion_id>/",
        conversions.show,
        name="entry-comparison",
    ),
    path(
        "entries/<uuid:entry_id>/conversions/<uuid:conversion_id>/approval/",
        conversions.approve,
        name="entry-conversion-approval",
    ),
    path(
        "entries/<uuid:entry_id>/conversions/<uuid:conversion_id>/refusal/",
        conversions.refuse,
        name="entry-conversion-refusal",
    ),
    path("entries/<uuid:entry_id>/posters/", posters.choose, name="entry-poster"),
    path("entries/<uuid:entry_id>/captions/", captions.create, name="entry-captions"),
    path(
        "entries/<uuid:entry_id>/captions/removal/", captions.remove, name="entry-captions-removal"
    ),
    path("entries/<uuid:entry_id>/submissions/", submissions.create, name="entry-submission"),
    path("entries/<uuid:entry_id>/votes/", votes.show, name="entry-votes"),
    path("entries/<uuid:entry_id>/likenesses/<uuid:case_id>/", likenesses.show, name="likeness"),
    path("entries/<uuid:entry_id>/withdrawal/", withdrawals.withdrawal, name="entry-withdrawal"),
]
