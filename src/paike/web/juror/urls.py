from django.urls import URLPattern, URLResolver, path

from paike.web.juror import invitations, room, score_sheets, seals

urlpatterns: list[URLPattern | URLResolver] = [
    path("", room.rooms, name="jury-rooms"),
    path("invitations/<str:token>/", invitations.invitation, name="jury-invitation"),
    path("invitations/<str:token>/refusal/", invitations.refusal, name="jury-refusal"),
    path("<uuid:panel_id>/", room.room, name="jury-room"),
    path("<uuid:panel_id>/seal/", seals.seal, name="sheets-seal"),
    path("<uuid:panel_id>/works/<uuid:entry_id>/", score_sheets.sheet, name="score-sheet"),
    path(
        "<uuid:panel_id>/works/<uuid:entry_id>/marks/", score_sheets.marks, name="score-sheet-marks"
    ),
    path(
        "<uuid:panel_id>/works/<uuid:entry_id>/later/", score_sheets.later, name="score-sheet-later"
    ),
    path("<uuid:panel_id>/works/<uuid:entry_id>/recusal/", score_sheets.recusal, name="recusal"),
]
