"""The clerks' desk."""

from django.urls import URLPattern, URLResolver, path

from paike.web.clerk import desk, lists, papers, referrals, windows

urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.show, name="desk"),
    path("units/<uuid:unit_id>/queue/", desk.queue, name="unit-queue"),
    path("units/<uuid:unit_id>/windows/", windows.show, name="unit-windows"),
    path("referrals/<uuid:referral_id>/", referrals.show, name="review-desk"),
    path("referrals/<uuid:referral_id>/decisions/", referrals.decide, name="referral-decision"),
    path("referrals/<uuid:referral_id>/reveals/", referrals.reveal, name="referral-reveal"),
    path("decisions/<uuid:decision_id>/reversals/", referrals.take_back, name="decision-reversal"),
    path("lists/<uuid:list_id>/", lists.show, name="recommendation-list"),
    path("lists/<uuid:list_id>/places/", lists.place, name="list-places"),
    path("lists/<uuid:list_id>/submission/", lists.submit, name="list-submission"),
    path("lists/<uuid:list_id>/paper.pdf", papers.show, name="list-paper"),
]
