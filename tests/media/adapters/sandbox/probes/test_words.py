"""Finding and reading words, with the models that ship."""

import numpy
import pytest
from PIL import Image, ImageDraw

from paike.media.adapters.sandbox import models
from paike.media.adapters.sandbox.probes import finding, strokes
from paike.media.rules import text_likeness
from tests.corpus import drawing


def picture(*lines: tuple[str, int, int]) -> finding.Pixels:
    """Words (text, height of its middle, size) on a grey ground, as BGR of 480 x 384."""
    image = Image.new("RGB", (480, 384), (70, 90, 80))
    for text, y, size in lines:
        ImageDraw.Draw(image).text(
            (240, y), text, font=drawing.font(size), anchor="mm", fill=(255, 255, 255)
        )
    return numpy.asarray(image)[:, :, ::-1]


def test_lines_are_found_and_read() -> None:
    finder, reader = models.finder(), models.reader("read")
    assert finder is not None
    assert reader is not None
    seen = picture(("车间里的灯", 120, 40), ("作者 王建国", 250, 26))
    found = [reader.read(seen[b.top : b.bottom, b.left : b.right]) for b in finder.find(seen)]
    assert [text_likeness.plain(text) for text, _ in found] == ["车间里的灯", "作者王建国"]
    assert min(sure for _, sure in found) > 0.8


def test_nothing_is_read_where_nothing_is_written() -> None:
    finder = models.finder()
    assert finder is not None
    assert finder.find(picture()) == []


def test_what_hangs_together_is_one_box() -> None:
    chances = numpy.zeros((64, 96), dtype=numpy.float32)
    chances[10:20, 10:30] = chances[10:20, 50:80] = chances[40:50, 10:60] = 0.9
    found = finding.boxes(chances)
    assert len(found) == 3
    assert found[0].left <= 10 < 30 <= found[0].right


@pytest.mark.parametrize("shape", [(720, 576), (1080, 1920), (1920, 1080), (128, 96)])
def test_a_picture_is_searched_in_its_own_shape(shape: tuple[int, int]) -> None:
    width, height = finding.size_for(*shape, area=480 * 384)
    assert (width % 32, height % 32) == (0, 0)
    assert width * height <= 480 * 384 * 1.3
    assert abs(width / height - shape[0] / shape[1]) < 0.35


def test_a_subtitle_is_new_once_and_goes_once() -> None:
    ground = numpy.full((576, 720), 90, dtype=numpy.uint8)
    shown = ground.copy()
    image = Image.fromarray(shown)
    ImageDraw.Draw(image).text(
        (360, 520), "老师傅每天第一个到岗", font=drawing.font(34), anchor="mm", fill=255
    )
    shown = numpy.asarray(image)
    watch = strokes.Watch()
    said = [watch.see(luma) for luma in (ground, shown, shown, shown, ground, ground)]
    assert [new for _, new in said] == [False, False, True, False, False, False]
    assert [gone for gone, _ in said] == [False, False, False, False, True, False]
