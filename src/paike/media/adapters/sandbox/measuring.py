"""Everything about a film: the sound first, then the pictures that matter, each decoded once with
every probe looking."""

from collections.abc import Sequence
from typing import IO

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.adapters.sandbox import listening, models, planning
from paike.media.adapters.sandbox.packets import Packets, Skip
from paike.media.adapters.sandbox.planning import Group
from paike.media.adapters.sandbox.probes.flashes import Flashes
from paike.media.adapters.sandbox.probes.looks import Looks
from paike.media.adapters.sandbox.probes.motion import Motions
from paike.media.adapters.sandbox.probes.timing import Clocks
from paike.media.adapters.sandbox.probes.words import WordSeeker
from paike.media.adapters.sandbox.watching import Progress, Watching
from paike.media.rules import speaking
from paike.media.rules.checks.shake import judging as shake
from paike.media.rules.measured import Declared, Measured

OF_WORDS = ("titles", "subtitles", "watermark")
WITH_VECTORS = ("h264", "mpeg4")  # whose decoders tell the motion vectors
FLASHING = 2  # turns of brightness
LATER = (0.35, 0.75)  # shares of the film near which standing marks are looked for
HEARD = 0.1  # of the progress: the sound is done


def measure(
    film: IO[bytes], limits: FilmChecks, declared: Declared, *, progress: Progress
) -> Measured:
    """Everything the switched-on checks need. `progress` is told shares from 0 to 1."""
    return go_through(film, limits, declared, progress=progress)[0]


def go_through(
    film: IO[bytes], limits: FilmChecks, declared: Declared, *, progress: Progress
) -> tuple[Measured, Skip]:
    """The same, and what a decoder may leave out of this film without harm to other pictures."""
    clocks = Clocks()
    packets = Packets(clocks)
    sound, speech = listening.listen(film, limits, clocks, packets)
    progress(HEARD)
    seconds = clocks.timing().picture_end
    pieces = speaking.pieces(speech or ())
    moments = speaking.moments(pieces, [one.at for one in packets.found if one.key])
    groups = planning.plan(packets.found, moments, opening=planning.PREFIX)
    seeker = _seeker(limits, declared, groups, seconds, moments)
    looks, flashes = Looks(), Flashes()
    motions = Motions(finer=packets.codec not in WITH_VECTORS)

    def further(group: Group) -> float:
        """Until when a group is wanted after all: to its end where it shakes or flashes."""
        shakes = limits.shake.on and motions.jolt_since(group.start) >= shake.SHAKY
        if shakes or flashes.turns_since(group.start) >= FLASHING:
            return group.end
        due = seeker.next_due if seeker is not None else None
        return due + planning.MARGIN if due is not None and due < group.end else group.until

    bursts = planning.bursts(packets.found)
    watch = Watching(
        groups, clocks, further, skip=packets.skip, bursts=bursts, flashes=flashes.lately
    )
    for picture in watch.pictures(film, lambda share: progress(HEARD + (1 - HEARD) * share)):
        if looks.see(picture) and seeker is not None:
            seeker.see(picture)
        motions.see(picture)
        flashes.see(picture)
    words = seeker.words() if seeker is not None else None
    measured = Measured(
        seconds=seconds,
        timing=clocks.timing(),
        looks=tuple(looks.found),
        skipped=tuple(watch.skipped),
        motion=motions.motions(),
        flashes=tuple(flashes.found),
        sound=sound,
        speech=speech,
        words=speaking.fitted(words, pieces, moments) if words is not None else None,
        declared=declared,
    )
    return measured, packets.skip


def _seeker(
    limits: FilmChecks,
    declared: Declared,
    groups: Sequence[Group],
    seconds: float,
    moments: Sequence[float],
) -> WordSeeker | None:
    finder, reader = models.finder(), models.reader("read")
    if finder is None or reader is None or not any(getattr(limits, one).on for one in OF_WORDS):
        return None
    return WordSeeker(
        finder,
        reader,
        models.reader("reread"),
        declared=declared,
        within=float(limits.titles.within),
        later=[planning.cheap(groups, share * seconds, seconds=seconds) for share in LATER],
        spoken=moments,
    )
