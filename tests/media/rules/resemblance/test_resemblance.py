"""Hashes, signatures, alignment, kinds and the index: by example and by property."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from paike.media.rules.resemblance import alignment, kinds, picture_hash, signature
from paike.media.rules.resemblance.index import CROWD, Index
from paike.media.rules.resemblance.kinds import Kind
from paike.media.rules.resemblance.signature import Signature

pytestmark = pytest.mark.rules


def _random(seed: int) -> numpy.random.Generator:
    return numpy.random.default_rng(seed)


def _picture(seed: int) -> NDArray[numpy.uint8]:
    """A picture of soft shapes."""
    coarse = _random(seed).uniform(30, 255, (6, 8))
    rows, columns = numpy.linspace(0, 5, 180), numpy.linspace(0, 7, 320)
    along = numpy.array([numpy.interp(columns, range(8), line) for line in coarse])
    fine = numpy.array([numpy.interp(rows, range(6), line) for line in along.T]).T
    return fine.astype(numpy.uint8)


def _film(seed: int, seconds: float) -> Signature:
    """Shots of three seconds; four pictures a second that differ a little within a shot."""
    chance, found = _random(seed), []
    for place in range(int(seconds * 4)):
        if place % 12 == 0:
            shot = int(chance.integers(0, 1 << 63))
        found.append((place / 4, shot ^ _noise(chance, 2)))
    return signature.of(seconds, found)


def _noise(chance: numpy.random.Generator, bits: int) -> int:
    return sum(1 << int(place) for place in chance.choice(63, bits, replace=False))


def _noisy(film: Signature, seed: int, bits: int = 6) -> Signature:
    chance = _random(seed)
    flips = numpy.array([_noise(chance, bits) for _ in film.hashes], numpy.uint64)
    return Signature(film.seconds, film.at, film.hashes ^ flips)


def _cut(film: Signature, start: float, end: float) -> list[tuple[float, int]]:
    inside = (film.at >= start) & (film.at < end)
    return [(float(a - start), int(h)) for a, h in zip(film.at[inside], film.hashes[inside], strict=True)]  # fmt: skip


def _put(*parts: tuple[float, list[tuple[float, int]]]) -> Signature:
    found = [(start + at, number) for start, part in parts for at, number in part]
    return signature.of(max(at for at, _ in found) + 0.25, found)


def _bits(one: int | None, other: int | None) -> int:
    assert one is not None
    assert other is not None
    return (one ^ other).bit_count()


@pytest.mark.parametrize("seed", range(8))
def test_a_picture_keeps_its_hash_in_bars_brighter_smaller_and_mirrored(seed: int) -> None:
    picture = _picture(seed)
    own = picture_hash.of_picture(picture)
    framed = numpy.zeros((260, 400), numpy.uint8)
    framed[40:220, 40:360] = picture
    assert _bits(own, picture_hash.of_picture(framed)) <= 2
    assert _bits(own, picture_hash.of_picture(picture[::2, ::2])) <= 4
    brighter = numpy.clip(picture * 0.8 + 40, 0, 255).astype(numpy.uint8)
    assert _bits(own, picture_hash.of_picture(brighter)) <= 4
    turned = picture_hash.of_picture(numpy.ascontiguousarray(picture[:, ::-1]))
    assert own is not None
    mirrored = picture_hash.mirrored(numpy.array([own], numpy.uint64))[0]
    assert _bits(int(mirrored), turned) <= 6
    assert _bits(own, picture_hash.of_picture(_picture(seed + 100))) > 14


@pytest.mark.parametrize("seed", range(8))
def test_a_logo_on_a_dark_picture_hardly_moves_its_hash(seed: int) -> None:
    """A dim picture, as of a sea at night; a white sign of 1/30 of it in a corner."""
    picture = (_picture(seed) // 5 + 42).astype(numpy.uint8)
    signed = picture.copy()
    signed[10:36, 230:304] = 235
    assert (
        _bits(picture_hash.of_picture(picture), picture_hash.of_picture(signed)) <= alignment.NEAR
    )


def test_a_picture_with_nothing_in_it_has_no_hash() -> None:
    assert picture_hash.of_picture(numpy.zeros((90, 160), numpy.uint8)) is None
    assert picture_hash.of_picture(numpy.full((90, 160), 200, numpy.uint8)) is None


@given(st.lists(st.tuples(st.integers(0, 90_000), st.integers(0, (1 << 63) - 1)), max_size=40))
def test_a_signature_survives_storing(pictures: list[tuple[int, int]]) -> None:
    film = signature.of(90.5, [(at / 1000, number) for at, number in pictures])
    back = Signature.from_bytes(film.to_bytes())
    assert back.seconds == film.seconds
    assert (back.hashes == film.hashes).all()
    assert numpy.allclose(back.at, film.at, atol=0.001)


@given(st.binary(max_size=80))
def test_other_bytes_are_no_signature(content: bytes) -> None:
    with pytest.raises(signature.UnknownSignature):
        Signature.from_bytes(content)


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_two_films_that_share_nothing_are_not_alike(one: int, other: int) -> None:
    assert alignment.shared(_film(one, 40), _film(other + 2000, 40)) == ()


@pytest.mark.parametrize("speed", [0.9, 1.0, 1.07, 1.15])
def test_a_copy_is_found_at_its_speed(speed: float) -> None:
    film = _film(1, 60)
    slow = Signature(film.seconds / speed, (film.at / speed).astype(numpy.float32), film.hashes)
    found = alignment.shared(_noisy(slow, 2), film)
    assert found
    assert abs(found[0].speed - speed) <= 0.02
    known = kinds.of(found, slow.seconds, film.seconds)
    assert known is not None
    assert known.kind is Kind.WHOLE


def test_a_mirrored_copy_is_found_as_such() -> None:
    film = _film(3, 60)
    turned = Signature(film.seconds, film.at, picture_hash.mirrored(film.hashes))
    found = alignment.shared(turned, film)
    assert found[0].mirrored
    assert found[0].seconds > 55


def test_an_excerpt_is_found_where_it_is() -> None:
    film, other = _film(4, 60), _film(5, 60)
    made = _put((0, _cut(other, 0, 15)), (15, _cut(film, 21, 42)), (36, _cut(other, 20, 45)))
    found = alignment.shared(made, film)
    assert len(found) == 1
    assert abs(found[0].start - 15) <= 0.5
    assert abs(found[0].other_start - 21) <= 0.75
    known = kinds.of(found, made.seconds, film.seconds)
    assert known is not None
    assert known.kind is Kind.EXCERPT


@pytest.mark.parametrize(("flat_in_both", "seconds"), [(True, 20.0), (False, 12.0)])
def test_black_in_the_middle_of_an_excerpt_is_part_of_it(
    flat_in_both: bool, seconds: float
) -> None:
    """Neither film says anything for six seconds; a film that shows something else then does not go
    on being the same."""
    film, other = _film(8, 60), _film(9, 60)
    before, after = _cut(film, 20, 28), _cut(film, 34, 40)
    if flat_in_both:
        kept = (film.at < 28) | (film.at >= 34)
        film = Signature(film.seconds, film.at[kept], film.hashes[kept])
    made = _put((0, _cut(other, 0, 15)), (15, before), (29, after), (35, _cut(other, 20, 45)))
    found = alignment.shared(made, film)
    assert len(found) == (1 if flat_in_both else 2)
    assert sum(one.seconds for one in found) == pytest.approx(seconds, abs=1.5)


def test_a_film_inside_a_film_and_one_cut_into_pieces() -> None:
    film, other = _film(6, 30), _film(7, 60)
    made = _put((0, _cut(other, 0, 15)), (15, _cut(film, 0, 30)), (45, _cut(other, 20, 45)))
    known = kinds.of(alignment.shared(made, film), made.seconds, film.seconds)
    assert known is not None
    assert known.kind is Kind.INSIDE
    pieces = _put((0, _cut(film, 15, 30)), (15, _cut(other, 0, 15)), (30, _cut(film, 0, 15)))
    stretches = alignment.shared(pieces, film)
    assert len(stretches) == 2
    known = kinds.of(stretches, pieces.seconds, film.seconds)
    assert known is not None
    assert known.kind is Kind.INSIDE


def test_a_leader_both_have_and_a_still_picture_open_nothing() -> None:
    one, other, leader = _film(8, 60), _film(9, 60), _film(10, 8)
    made = _put((0, _cut(leader, 0, 8)), (8, _cut(one, 0, 50)))
    rival = _put((0, _cut(leader, 0, 8)), (8, _cut(other, 0, 50)))
    assert kinds.of(alignment.shared(made, rival), made.seconds, rival.seconds) is None
    still = signature.of(60, [(place / 4, 12345) for place in range(240)])
    assert alignment.shared(still, still) == ()


def test_the_index_finds_the_copy_among_others_and_takes_in_new_ones() -> None:
    index = Index()
    index.add((number, _film(number, 60).seeds) for number in range(300))
    assert index.candidates(_noisy(_film(77, 60), 1)).films[0] == 77
    assert 77 not in index.candidates(_noisy(_film(77, 60), 1), without=[77]).films
    index.add([(900, _film(5000, 60).seeds), (77, _film(5001, 60).seeds)])
    assert index.candidates(_film(5000, 60)).films[0] == 900
    assert 77 not in index.candidates(_film(5001, 60)).films  # 77 was there already
    turned = Signature(60, _film(5000, 60).at, picture_hash.mirrored(_film(5000, 60).hashes))
    assert index.candidates(turned).films[0] == 900


def test_the_sorted_index_finds_what_the_tail_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paike.media.rules.resemblance.index.TAIL", 100)
    index = Index()
    for number in range(60):
        index.add([(number, _film(number, 60).seeds)])
    for number in range(0, 60, 7):
        assert index.candidates(_noisy(_film(number, 60), number)).films[0] == number


def test_a_leader_in_many_films_makes_no_candidates() -> None:
    leader = _cut(_film(1, 9), 0, 9)
    films = [_put((0, leader), (9, _cut(_film(n, 30), 0, 30))) for n in range(100, 110 + CROWD)]
    index = Index()
    index.add(enumerate(film.seeds for film in films))
    asked = _put((0, leader), (9, _cut(_film(9999, 30), 0, 30)))
    found = index.candidates(asked)
    assert found.films == ()
    assert found.common[:36].all()
    assert not found.common[36:].any()
