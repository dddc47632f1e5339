"""A film at one glance: small pictures from its whole length in one JPEG, and the WebVTT track that
tells a player which part of it belongs to which moment."""

from paike.media.rules.captions import timestamp

ACROSS, DOWN = 10, 4
COUNT = ACROSS * DOWN


def track(*, address: str, width: int, height: int, ms: int) -> str:
    """WebVTT with a cue per small picture: the address of the whole picture (`width` x `height`
    pixels) with a media fragment `#xywh=` for its part. Each cue is the fortieth of the film (`ms`
    long) in whose middle its picture was taken."""
    wide, high = width // ACROSS, height // DOWN
    cues = []
    for number in range(COUNT):
        start, end = (ms * edge // COUNT for edge in (number, number + 1))
        if end <= start:
            continue  # a film shorter than forty milliseconds
        left, top = number % ACROSS * wide, number // ACROSS * high
        cues.append(
            f"{timestamp(start)} --> {timestamp(end)}\n{address}#xywh={left},{top},{wide},{high}"
        )
    return "\n\n".join(["WEBVTT", *cues]) + "\n"
