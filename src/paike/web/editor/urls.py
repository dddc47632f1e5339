from django.urls import URLPattern, URLResolver, path

from paike.web.editor import captions, packages, publications, transcripts

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:slug>/", publications.desk, name="editor-desk"),
    path("<slug:slug>/packages/", packages.build, name="package-build"),
    path("<slug:slug>/packages/state/", packages.state, name="package-state"),
    path("<slug:slug>/packages/<uuid:package_id>.zip", packages.archive, name="package-archive"),
    path("<slug:slug>/works/<uuid:entry_id>/", publications.publication, name="publication"),
    path(
        "<slug:slug>/works/<uuid:entry_id>/captions/", captions.create, name="publication-captions"
    ),
    path(
        "<slug:slug>/works/<uuid:entry_id>/captions/removal/",
        captions.remove,
        name="publication-captions-removal",
    ),
    path("<slug:slug>/works/<uuid:entry_id>/transcript/", transcripts.show, name="transcript"),
    path(
        "<slug:slug>/works/<uuid:entry_id>/transcript/draft/",
        transcripts.keep,
        name="transcript-draft",
    ),
    path(
        "<slug:slug>/works/<uuid:entry_id>/transcript/publication/",
        transcripts.publish,
        name="transcript-publication",
    ),
    path(
        "<slug:slug>/works/<uuid:entry_id>/hiding/", publications.hiding, name="publication-hiding"
    ),
    path(
        "<slug:slug>/works/<uuid:entry_id>/showing/",
        publications.showing,
        name="publication-showing",
    ),
]
