"""From the small copy in the store, through the jail, to a signature and what it resembles."""

from pathlib import Path

import pytest

from paike.media import tasks
from paike.media.actions import signatures
from paike.media.adapters import comparing
from paike.media.models import FilmSignature, Likeness, RenditionKind
from paike.media.rules.resemblance.signature import Signature
from paike.uploads.models import SealedObject
from tests.corpus import montages, sounding, talks
from tests.factories import jobs, media

pytestmark = pytest.mark.django_db
SECONDS = 12


def _film(
    images: list[montages.Image], folder: Path, *, sound: sounding.Samples | None = None
) -> SealedObject:
    """A film with its small copy."""
    path = montages.written(images, folder / "film.mp4", sound=sound)
    film = media.sealed_object()
    media.rendition(film=film, kind=RenditionKind.FILM_360, content=path.read_bytes())
    return film


def test_a_mirrored_copy_is_found_and_another_film_is_not(tmp_path: Path) -> None:
    comparing.forget()
    shots, others = montages.shots(1, SECONDS), montages.shots(2, SECONDS)
    mirrored = [image[:, ::-1] for image in shots]
    films = [_film(images, tmp_path) for images in (shots, others, mirrored)]
    for film in films:
        signatures.request(film_id=film.pk)
        assert jobs.waiting("media.sign")[-1].args == {"film_id": str(film.pk)}
        tasks.sign(film_id=str(film.pk))
    found = Likeness.objects.get()
    assert (found.film_id, found.other_id, found.kind) == (films[2].pk, films[0].pk, "whole")
    assert found.stretches[0]["mirrored"]
    row = FilmSignature.objects.get(film=films[0])
    signature = Signature.from_bytes(bytes(row.content))
    assert abs(signature.seconds - SECONDS) < 0.2
    assert 3.5 <= len(signature.hashes) / SECONDS <= 4.2
    tasks.sign(film_id=str(films[2].pk))  # run twice, done once
    assert Likeness.objects.count() == 1


def test_a_passage_of_sound_under_other_pictures_is_found(tmp_path: Path) -> None:
    """Twenty seconds of somebody's narration, quieter and encoded again, under one's own pictures."""
    comparing.forget()
    told, another = talks.talk(1, 40, under="room"), talks.talk(2, 40, under="room")
    stolen = talks.CHANGES["excerpt of 20 s"](told * 0.5, another)
    third = talks.talk(3, 40, under="music")
    films = [
        _film(montages.shots(11 + place, 8), tmp_path, sound=sound)
        for place, sound in enumerate((told, third, stolen))
    ]
    for film in films:
        tasks.sign(film_id=str(film.pk))
    found = Likeness.objects.get()
    assert (found.film_id, found.other_id, found.kind) == (films[2].pk, films[0].pk, "sound")
    (stretch,) = found.stretches
    assert abs(stretch["other_start"] - stretch["start"] + 6) < 0.3  # from second 11 to second 17
    assert 17 <= stretch["end"] - stretch["start"] <= 21.5


def test_a_film_without_copies_waits() -> None:
    film = media.sealed_object()
    tasks.sign(film_id=str(film.pk))
    assert not FilmSignature.objects.exists()
    assert signatures.source_of(film.pk) == ""
