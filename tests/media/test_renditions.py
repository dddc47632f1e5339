"""What people see and hear of a film, measured: loudness, metadata, posters to choose from, storyboard."""

import io
from typing import IO

import numpy
import pytest
from PIL import Image

from paike.kernel import clock
from paike.media import tasks
from paike.media.actions import renditions
from paike.media.adapters.sandbox import levelling, posters
from paike.media.models import Rendition, RenditionKind
from paike.media.queries import renditions as queries
from paike.objects import ports as objects
from paike.uploads.models import SealedObject
from tests.corpus import films, making
from tests.corpus.recipe import Recipe
from tests.factories import media, phone

pytestmark = pytest.mark.django_db
SECRETS = (b"HUAWEI", "王建国".encode(), b"+31.2304", b"2021-04-01")
TITLED = films.good("test", "phone", "rendered", seconds=9.0, black=((0, 1.5),), subtitles=(),
                    title_at=(2.0, 4.0), spoken=films.good("test", "phone").spoken[:1])  # fmt: skip


def _rendered(content: bytes) -> tuple[SealedObject, dict[str, Rendition]]:
    film = media.sealed_object(content=content)
    renditions.request(film=film, now=clock.now())
    tasks.render(film_id=str(film.pk))
    made = {row.kind: row for row in Rendition.objects.filter(film=film)}
    assert not any(row.fault for row in made.values()), made["film-576"].fault
    return film, made


def _open(row: Rendition) -> IO[bytes]:
    return io.BytesIO(objects.store().open_read(row.key).read())


@pytest.mark.parametrize(
    "changes",
    [{"gain": 0.25}, {"loud": True, "music": 0.2}, {}, {"channels": "mono"}],
    ids=["quiet", "loud", "good", "mono"],
)
def test_every_copy_has_the_same_loudness_and_its_peaks_are_held(
    changes: dict[str, object],
) -> None:
    recipe: Recipe = films.good("test", "phone", "level", seconds=9.0, subtitles=(),
                                spoken=films.good("test", "phone").spoken[:2], **changes)  # fmt: skip
    _, made = _rendered(making.film(recipe).read_bytes())
    for kind in (RenditionKind.FILM_576, RenditionKind.FILM_360):
        loudness, peak = levelling.heard(_open(made[kind]))
        assert abs(loudness - levelling.TARGET) <= 1.5
        assert peak <= levelling.CEILING


def test_a_silent_film_is_not_raised() -> None:
    assert levelling.gain(-75.0) == 0
    assert levelling.gain(-50.0) == levelling.MOST


def test_nothing_of_who_and_where_is_left() -> None:
    content = phone.film(codec="libx264", rotation=0, width=720, height=576, rate=10, seconds=2.0)
    for secret in SECRETS:
        assert secret in content
    _, made = _rendered(content)
    assert set(made) == set(RenditionKind.values)
    for row in made.values():
        left = _open(row).read()
        for secret in SECRETS:
            assert secret not in left, row.kind


def test_posters_are_neither_black_nor_the_title_and_differ() -> None:
    film, made = _rendered(making.film(TITLED).read_bytes())
    shown = queries.posters(film.pk)
    assert shown[0].kind == RenditionKind.POSTER
    assert 2 <= len(shown) <= posters.POSTERS
    for row in shown:
        grey = numpy.asarray(Image.open(_open(row)).convert("L"), dtype=numpy.float32)
        assert posters.DARK <= grey.mean() <= posters.BRIGHT
        assert not posters.is_card(grey)
    assert made["poster"].size <= posters.MOST_BYTES


def test_words_on_plain_ground_are_a_title_card() -> None:
    card = numpy.full((288, 360), 30, dtype=numpy.float32)
    card[120:160, 60:300:4] = 240
    assert posters.is_card(card)
    rows = numpy.linspace(0, 255, 288, dtype=numpy.float32)[:, None]
    assert not posters.is_card(numpy.broadcast_to(rows, (288, 360)))


def test_another_poster_is_taken_and_may_be_put_back() -> None:
    film, made = _rendered(making.film(TITLED).read_bytes())
    first, other = queries.posters(film.pk)[:2]
    taken = renditions.choose_poster(film_id=film.pk, rendition_id=other.pk)
    assert (taken.kind, taken.sha256) == ("poster", other.sha256)
    assert queries.of([film.pk])[film.pk]["poster"].key == other.key
    again = renditions.choose_poster(film_id=film.pk, rendition_id=other.pk)
    assert again.sha256 == first.sha256
    with pytest.raises(renditions.NoSuchPoster):
        renditions.choose_poster(film_id=film.pk, rendition_id=made["film-576"].pk)


def test_the_storyboard_shows_the_whole_film() -> None:
    film, _ = _rendered(making.film(TITLED).read_bytes())
    row = queries.storyboard(film.pk)
    assert row is not None
    board = numpy.asarray(Image.open(_open(row)).convert("L"), dtype=numpy.float32)
    assert board.shape == (row.height, row.width)
    high, wide = row.height // 4, row.width // 10
    cells = [
        board[top : top + high, left : left + wide].mean()
        for top in range(0, high * 4, high)
        for left in range(0, wide * 10, wide)
    ]
    assert max(cells[:6]) < 30  # 1.5 of 9 seconds are black
    assert min(cells[8:]) > 40
