"""What is true about a test film, check by check: it has the fault, it has not, or nobody knows."""

from tests.corpus.recipe import Recipe, Span

# Footage of 176 x 144 and of 640 x 272 points, enlarged more than twice: soft, blurred or not.
ENLARGED = ("phone", "bikes")
MOVES = ("bikes", "phone")  # footage whose own camera moves; nobody has marked where


def of(recipe: Recipe) -> dict[str, bool]:
    """Per check whether it ought to warn; a check that is missing can't be told."""
    moves = bool(recipe.shake) or recipe.pan != 0
    found = {
        "rate": recipe.variable,
        "interlace": recipe.interlaced,
        "black": _longest(recipe.black) > 2,
        "frozen": _longest(recipe.frozen) > 4 or (recipe.still and not moves),
        "dark": _share(recipe, recipe.dark) > 0.3,
        "blurred": _share(recipe, recipe.blurred) > 0.3,
        "letterbox": recipe.letterbox > 0.1,
        "flash": bool(recipe.flash),
        "watermark": bool(recipe.watermark),
        "titles": not recipe.title or (_longest(recipe.frozen) > 4 and recipe.frozen[0][0] < 1),
    }
    if recipe.footage in ENLARGED and not found["blurred"]:
        del found["blurred"]
    if recipe.shake or recipe.still or recipe.footage not in MOVES:
        found["shake"] = _longest(recipe.shake) > 2
    if not recipe.no_sound:
        found |= _of_sound(recipe)
    return found


def _of_sound(recipe: Recipe) -> dict[str, bool]:
    found = {
        "lengths": bool(recipe.sound_seconds),
        "clipping": recipe.clipped,
        "channels": recipe.channels in ("dead", "inverted"),
        "hum": recipe.hum > 0,
    }
    if not (
        recipe.clipped or recipe.loud
    ):  # such tops rise when they are coded, nobody knows how far
        found["peak"] = recipe.between > 1
    if recipe.spoken and not recipe.clipped:  # music alone is quiet, by nobody's fault
        found["loudness"] = recipe.gain < 0.1 or recipe.loud
    if recipe.gain > 0.1 and not recipe.frozen:
        found["silence"] = _longest(recipe.silent) > 3
        found["subtitles"] = bool(recipe.spoken) and not recipe.subtitles
    if recipe.spoken and not (recipe.clipped or recipe.loud or recipe.hum):
        found["noise"] = recipe.noise > 0
    return found


def _longest(spans: tuple[Span, ...]) -> float:
    return max((end - start for start, end in spans), default=0.0)


def _share(recipe: Recipe, spans: tuple[Span, ...]) -> float:
    return sum(end - start for start, end in spans) / recipe.seconds
