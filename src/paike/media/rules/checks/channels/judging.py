"""One side silent, or both against each other: `docs/checks/channels.md`."""

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks import check
from paike.media.rules.measured import Measured, Sound
from paike.media.rules.report import Verdict

HEARD = -50.0  # dB: tenths of a second in which a side is at work
APART = 30.0  # dB between the sides of which one is dead
SHARE = 0.9  # of the tenths that are heard at all
INVERTED = -0.8  # correlation: in mono, such sound goes out


def judge(measured: Measured, limits: FilmChecks) -> Verdict | None:
    """Passes for mono, and for stereo whose sides both work and agree."""
    if measured.sound is None:
        return None
    sound = measured.sound
    dead = _dead(sound)
    case = "channels.ok" if sound.channels == 2 else "channels.mono"
    if dead:
        case = f"channels.{dead}"
    elif sound.channels == 2 and sound.likeness < INVERTED:
        case = "channels.inverted"
    return check.verdict(case, value=f"{sound.likeness:.2f}", sights=())


def _dead(sound: Sound) -> str:
    """`left` or `right` when that side is silent while the other is heard."""
    heard = [one for one in sound.levels if max(one.left, one.right) > HEARD]
    if sound.channels != 2 or not heard:
        return ""
    for side, sign in (("left", -1), ("right", 1)):
        far = sum(sign * (one.left - one.right) > APART for one in heard)
        if far >= SHARE * len(heard):
            return side
    return ""
