from django.urls import URLPattern, URLResolver, path

from paike.web.entrant import drafts, entries, inspections, submissions, units, withdrawals

urlpatterns: list[URLPattern | URLResolver] = [
    path("my/", entries.my_entries, name="my-entries"),
    path("my/units/", units.units, name="entry-units"),
    path("c/<slug:slug>/entries/new/", drafts.new, name="entry-new"),
    path("entries/<uuid:entry_id>/", entries.entry, name="entry"),
    path("entries/<uuid:entry_id>/draft/", drafts.save, name="entry-draft"),
    path("entries/<uuid:entry_id>/progress/", entries.progress, name="entry-progress"),
    path("entries/<uuid:entry_id>/inspections/", inspections.create, name="entry-inspection"),
    path("entries/<uuid:entry_id>/submissions/", submissions.create, name="entry-submission"),
    path("entries/<uuid:entry_id>/withdrawal/", withdrawals.withdrawal, name="entry-withdrawal"),
]
