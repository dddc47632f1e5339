"""Posters small enough for a phone on a weak network: WebP within a weight, whatever they show."""

import io

from PIL import Image

POSTER = ((768, 576), 45_000)  # pixels at most, bytes at most
THUMBNAIL = ((288, 216), 5_200)


def shrink(picture: bytes, *, box: tuple[int, int], weight: int) -> bytes:
    """The picture within `box`, as the best WebP of at most `weight` bytes (or, for a picture that
    resists, the smallest there is)."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.thumbnail(box)
    packed = b""
    for quality in (78, 66, 54, 42, 30, 20, 10):
        out = io.BytesIO()
        image.save(out, "WEBP", quality=quality, method=6)
        packed = out.getvalue()
        if len(packed) <= weight:
            break
    return packed
