"""Which pictures of a film have to be decoded. The sizes of the packets tell most of it for nothing:
a picture that stands or is black takes next to no bytes, one in which everything changes takes many.

Decoding can only begin at a key picture, so each group is decoded from its start up to the last
moment of it that is wanted, and the rest is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from paike.media.rules.measured import Stretch

PREFIX = 0.9  # seconds of every group: enough to see whether the camera shakes
MARGIN = 0.5  # seconds after a wanted moment, so that a look falls there and the words have settled
WINDOW = 0.5  # seconds over which bytes are counted
QUIET_SHARE, QUIET_BYTES = 0.05, 800  # of the usual bytes; per window
QUIET_LEAST = 1.5  # seconds
BURST, RARE = 0.5, 3.0  # of a key picture's bytes, and times what others take: all has changed
RESTLESS = 0.5  # seconds before and after a burst: there may be more of them, it may flash
FAR = 0.15  # of the film: a group that begins this near will do for a moment that may be moved


@dataclass(frozen=True)
class Packet:
    """A packet of the picture: when it is shown (seconds), its bytes, whether a group begins."""

    at: float
    size: int
    key: bool


@dataclass
class Group:
    """From one key picture to the next; decoded up to `until`."""

    start: float
    end: float
    until: float

    @property
    def whole(self) -> bool:
        return self.until >= self.end


def plan(packets: Sequence[Packet], moments: Sequence[float], *, opening: float) -> list[Group]:
    """The groups of a film whose packets come in decoding order. `moments`: seconds at which a look
    is wanted; the first `opening` seconds are wanted whole."""
    groups = _groups(packets)
    wanted = [at + MARGIN for at in (*moments, *bursts(packets))]
    quiet = quiet_runs(packets)
    for group in groups:
        ends = [group.start + PREFIX, min(opening, group.end)]
        ends += [at for at in wanted if group.start < at < group.end + MARGIN]
        ends += [
            run.end + MARGIN for run in quiet if run.start < group.end and run.end > group.start
        ]
        group.until = max(ends)
        if group.end - group.until < MARGIN:
            group.until = group.end
    return groups


def _groups(packets: Sequence[Packet]) -> list[Group]:
    starts = [packet.at for packet in packets if packet.key] or [0.0]
    last = max((packet.at for packet in packets), default=0.0) + 1.0
    ends = [*starts[1:], last]
    return [Group(start, end, end) for start, end in zip(starts, ends, strict=True)]


def quiet_runs(packets: Sequence[Packet]) -> list[Stretch]:
    """Where next to nothing is stored, so that the picture stands or is black."""
    if not packets:
        return []
    sums = [0] * (int(max(packet.at for packet in packets) / WINDOW) + 1)
    for packet in packets:
        if not packet.key:
            sums[max(0, int(packet.at / WINDOW))] += packet.size
    limit = max(QUIET_BYTES, QUIET_SHARE * median(sums))
    found: list[Stretch] = []
    for number, size in enumerate(sums):
        start, end = number * WINDOW, (number + 1) * WINDOW
        if size > limit:
            continue
        if found and found[-1].end >= start - 1e-6:
            found[-1] = Stretch(found[-1].start, end)
        else:
            found.append(Stretch(start, end))
    return [run for run in found if run.end - run.start >= QUIET_LEAST]


def bursts(packets: Sequence[Packet]) -> list[float]:
    """When a picture inside a group takes so many bytes that everything must have changed."""
    keys = [packet.size for packet in packets if packet.key]
    others = [packet.size for packet in packets if not packet.key]
    if not keys or not others:
        return []
    limit = max(BURST * median(keys), RARE * median(others))
    return [packet.at for packet in packets if not packet.key and packet.size > limit]


def cheap(groups: Sequence[Group], at: float, *, seconds: float) -> float:
    """A moment near this one at which a picture costs little: where a group begins."""
    near = min((group.start for group in groups), key=lambda start: abs(start - at), default=at)
    return near if abs(near - at) <= FAR * seconds else at
