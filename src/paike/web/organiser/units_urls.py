"""Units, their staff, links and posters."""

from django.urls import URLPattern, URLResolver, path

from paike.web.organiser import unit_links, unit_people, units, units_import

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:slug>/units/", units.index, name="units"),
    path("<slug:slug>/units/imports/", units_import.load, name="units-import"),
    path("<slug:slug>/units/template.csv", units_import.example, name="units-template"),
    path("<slug:slug>/units/<uuid:unit_id>/", units.show, name="unit"),
    path("<slug:slug>/units/<uuid:unit_id>/children/", units.plant, name="unit-children"),
    path("<slug:slug>/units/<uuid:unit_id>/link/", unit_links.issue, name="unit-link"),
    path(
        "<slug:slug>/units/<uuid:unit_id>/link/renewals/",
        unit_links.renew,
        name="unit-link-renewals",
    ),
    path("<slug:slug>/units/<uuid:unit_id>/poster.pdf", unit_links.poster, name="unit-poster"),
    path(
        "<slug:slug>/units/<uuid:unit_id>/invitations/", unit_people.invite, name="unit-invitations"
    ),
    path(
        "<slug:slug>/units/invitations/<uuid:invitation_id>/revocation/",
        unit_people.revoke,
        name="unit-invitation-revocation",
    ),
    path(
        "<slug:slug>/units/memberships/<uuid:membership_id>/end/",
        unit_people.end,
        name="membership-end",
    ),
    path(
        "<slug:slug>/staff/<uuid:account_id>/authenticator/resets/",
        unit_people.reset_totp,
        name="totp-reset",
    ),
    path("<slug:slug>/staff/", unit_people.staff, name="staff"),
]
