from django.urls import URLPattern, URLResolver, path

from paike.web.editor import packages, publications

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:slug>/", publications.desk, name="editor-desk"),
    path("<slug:slug>/packages/", packages.build, name="package-build"),
    path("<slug:slug>/packages/state/", packages.state, name="package-state"),
    path("<slug:slug>/packages/archive.zip", packages.archive, name="package-archive"),
    path("<slug:slug>/works/<uuid:entry_id>/", publications.publication, name="publication"),
    path(
        "<slug:slug>/works/<uuid:entry_id>/hiding/", publications.hiding, name="publication-hiding"
    ),
    path(
        "<slug:slug>/works/<uuid:entry_id>/showing/",
        publications.showing,
        name="publication-showing",
    ),
]
