from django.urls import URLPattern, URLResolver, path

from paike.web.organiser import ballot_rulings, forensic_exports, forensics

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:slug>/forensics/", forensics.show, name="forensics"),
    path("<slug:slug>/forensics/<int:number>/", forensics.work, name="forensics-work"),
    path("<slug:slug>/forensics/findings.csv", forensic_exports.findings, name="forensics-table"),
    path("<slug:slug>/forensics/ranking.csv", forensic_exports.ranking, name="forensics-ranking"),
    path("<slug:slug>/forensics/forensics.json", forensic_exports.data, name="forensics-data"),
    path(
        "<slug:slug>/quarantines/<uuid:quarantine_id>/rulings/",
        ballot_rulings.propose,
        name="ballot-rulings",
    ),
    path(
        "<slug:slug>/rulings/<uuid:ruling_id>/confirmation/",
        ballot_rulings.confirm,
        name="ballot-ruling-confirmation",
    ),
    path(
        "<slug:slug>/rulings/<uuid:ruling_id>/refusal/",
        ballot_rulings.refuse,
        name="ballot-ruling-refusal",
    ),
]
