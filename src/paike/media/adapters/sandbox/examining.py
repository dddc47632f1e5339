"""The full inspection of a film that passed the gate: sound first, then the pictures, each decoded
once with every probe looking; then the verdicts, then clean pictures of what they speak of."""

from collections.abc import Callable, Mapping, Sequence
from typing import IO, Any

from paike.campaigns.rules.rulebook import FilmRules
from paike.media.adapters.sandbox import evidence, measuring
from paike.media.rules.checks import register
from paike.media.rules.measured import Declared

DONE_AT = 95  # percent; the rest is for the pictures of the evidence


def examine(
    film: IO[bytes],
    outputs: Sequence[int],
    arguments: Mapping[str, Any],
    progress: Callable[[int], None],
) -> dict[str, Any]:
    """Arguments: `limits` (the rulebook's film rules), `rotation` (degrees, from the gate) and what
    is `declared` about the film. The evidence is written to the only output. The answer has
    `verdicts`, `facts`, `readings` and `pictures` (`at`, `offset`, `length`)."""
    limits = FilmRules.model_validate(arguments["limits"]).checks
    told = arguments.get("declared") or {}
    declared = Declared(
        title=told.get("title", ""),
        authors=tuple(told.get("authors", ())),
        unit=told.get("unit", ""),
    )
    measured, skip = measuring.go_through(
        film, limits, declared, progress=lambda share: progress(int(share * DONE_AT))
    )
    verdicts = list(register.judge(measured, limits))
    rotation = int(arguments["rotation"])
    pictures = evidence.take(film, verdicts, outputs[0], rotation=rotation, skip=skip)
    progress(100)
    return {
        "verdicts": [verdict.to_json() for verdict in verdicts],
        "facts": register.facts(measured),
        "readings": register.readings(measured),
        "pictures": pictures,
    }
