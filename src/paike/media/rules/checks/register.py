"""All checks of the full inspection, in the order in which people read them: one line each."""

from collections.abc import Iterator
from typing import Any

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks.black import judging as black
from paike.media.rules.checks.blurred import judging as blurred
from paike.media.rules.checks.channels import judging as channels
from paike.media.rules.checks.check import Check
from paike.media.rules.checks.clipping import judging as clipping
from paike.media.rules.checks.dark import judging as dark
from paike.media.rules.checks.flash import judging as flash
from paike.media.rules.checks.frozen import judging as frozen
from paike.media.rules.checks.hum import judging as hum
from paike.media.rules.checks.interlace import judging as interlace
from paike.media.rules.checks.lengths import judging as lengths
from paike.media.rules.checks.letterbox import judging as letterbox
from paike.media.rules.checks.likeness import judging as likeness
from paike.media.rules.checks.loudness import judging as loudness
from paike.media.rules.checks.noise import judging as noise
from paike.media.rules.checks.peak import judging as peak
from paike.media.rules.checks.rate import judging as rate
from paike.media.rules.checks.shake import judging as shake
from paike.media.rules.checks.silence import judging as silence
from paike.media.rules.checks.subtitles import judging as subtitles
from paike.media.rules.checks.subtitles import strays
from paike.media.rules.checks.titles import judging as titles
from paike.media.rules.checks.watermark import judging as watermark
from paike.media.rules.measured import Line, Measured
from paike.media.rules.report import Verdict

CHECKS = (
    Check("rate", rate.judge),
    Check("interlace", interlace.judge),
    Check("black", black.judge),
    Check("frozen", frozen.judge),
    Check("dark", dark.judge),
    Check("blurred", blurred.judge),
    Check("letterbox", letterbox.judge),
    Check("shake", shake.judge),
    Check("flash", flash.judge),
    Check("watermark", watermark.judge),
    Check("lengths", lengths.judge),
    Check("loudness", loudness.judge),
    Check("peak", peak.judge),
    Check("clipping", clipping.judge),
    Check("silence", silence.judge),
    Check("channels", channels.judge),
    Check("hum", hum.judge),
    Check("noise", noise.judge),
    Check("titles", titles.judge),
    Check("subtitles", subtitles.judge),
    Check("likeness", likeness.judge),
)


def judge(measured: Measured, limits: FilmChecks) -> Iterator[Verdict]:
    """The verdicts of all checks that the rulebook has switched on."""
    for check in CHECKS:
        if is_on(check.name, limits):
            verdict = check.judge(measured, limits)
            if verdict is not None:
                yield verdict


def is_on(name: str, limits: FilmChecks) -> bool:
    """Whether the rulebook wants this check."""
    return bool(getattr(limits, name).on)


def facts(measured: Measured) -> dict[str, Any]:
    """What was measured, for programs: whole numbers and strings."""
    timing = measured.timing
    return {
        "frames": timing.frames,
        "frame_us": round(timing.step * 1_000_000),
        "examined_ms": round(measured.seconds * 1000),
    }


def readings(measured: Measured) -> dict[str, Any]:
    """The words in the picture and the stretches of speech, with their times in milliseconds."""
    found: dict[str, Any] = {}
    if measured.words is not None:
        found["opening"] = [_line(one) for one in measured.words.opening]
        found["subtitles"] = [_line(one) for one in strays.without(measured.words)]
    if measured.speech is not None:
        found["speech"] = [
            {"start": round(one.start * 1000), "end": round(one.end * 1000)}
            for one in measured.speech
        ]
    return found


def _line(line: Line) -> dict[str, Any]:
    return {
        "start": round(line.start * 1000),
        "end": round(line.end * 1000),
        "text": line.text,
        "sure": round(line.sure * 100),
    }
