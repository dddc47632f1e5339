"""Colours of a call, made readable: from the rulebook's brand and accent to every shade that
stands on light paper and in the dark hall. Contrast after WCAG 2.2 (relative luminance)."""

from dataclasses import dataclass

PAPER = "#f7f3ec"  # as in frontend/src/styles/themes.css
HALL = "#211b17"
TEXT_CONTRAST = 4.5
SHAPE_CONTRAST = 3.0

Channels = tuple[float, float, float]


@dataclass(frozen=True)
class Look:
    """The brand and accent of a call, as #RRGGBB."""

    brand: str = "#b5261e"
    accent: str = "#c8963e"

    @property
    def variables(self) -> dict[str, str]:
        """CSS variables, name to value."""
        dark = _towards(self.brand, "#ffffff", against=HALL, contrast=SHAPE_CONTRAST)
        return {
            "--brand": self.brand,
            "--brand-content": _on(self.brand),
            "--brand-text": _towards(self.brand, "#000000", against=PAPER, contrast=TEXT_CONTRAST),
            "--brand-dark": dark,
            "--brand-dark-content": _on(dark),
            "--brand-dark-text": _towards(
                self.brand, "#ffffff", against=HALL, contrast=TEXT_CONTRAST
            ),
            "--accent": self.accent,
            "--accent-content": _on(self.accent),
            "--accent-text": _towards(
                self.accent, "#000000", against=PAPER, contrast=TEXT_CONTRAST
            ),
            "--accent-dark-text": _towards(
                self.accent, "#ffffff", against=HALL, contrast=TEXT_CONTRAST
            ),
        }

    @property
    def css(self) -> str:
        return ":root{" + ";".join(f"{k}:{v}" for k, v in self.variables.items()) + "}"


def contrast(one: str, other: str) -> float:
    """1 (none) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _on(background: str) -> str:
    """White where it can be read, near-black where it cannot."""
    return max(("#ffffff", "#1e1814"), key=lambda ink: contrast(ink, background))


def _towards(colour: str, end: str, *, against: str, contrast: float) -> str:
    """The colour itself if it can be read on `against`, else mixed with `end` until it can."""
    for step in range(21):
        mixed = _mix(colour, end, step / 20)
        if _reads(mixed, against, contrast):
            return mixed
    return end


def _reads(ink: str, ground: str, least: float) -> bool:
    return contrast(ink, ground) >= least


def _mix(one: str, other: str, share: float) -> str:
    pairs = zip(_channels(one), _channels(other), strict=True)
    mixed = (round((a + (b - a) * share) * 255) for a, b in pairs)
    return "#" + "".join(f"{value:02x}" for value in mixed)


def _channels(colour: str) -> Channels:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
