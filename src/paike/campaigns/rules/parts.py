"""What every part of a rulebook is made of: the frozen base, texts, keys, numbers, moments."""

from decimal import Decimal
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
)
from pydantic import StringConstraints as Shape

from paike.kernel import bytesize


def _plain(number: Decimal) -> Decimal:
    """One text for one number: 0.30 and 0.3 are the same rule, so they have the same hash."""
    whole = number.to_integral_value()
    return whole.quantize(Decimal(1)) if number == whole else number.normalize()


def _size(value: object) -> object:
    return bytesize.parse(value) if isinstance(value, str) else value


Key = Annotated[str, Shape(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
Code = Annotated[str, Shape(pattern=r"^[A-Z0-9][A-Z0-9-]{0,39}$")]
Line = Annotated[str, Shape(min_length=1, max_length=200, strip_whitespace=True)]
Colour = Annotated[str, Shape(pattern=r"^#[0-9A-Fa-f]{6}$")]
Ratio = Annotated[str, Shape(pattern=r"^[1-9][0-9]{0,4}:[1-9][0-9]{0,4}$")]
FrameSize = Annotated[str, Shape(pattern=r"^[1-9][0-9]{1,4}x[1-9][0-9]{1,4}$")]
Url = Annotated[str, Shape(pattern=r"^https?://[^\s]+$", max_length=300)]
Number = Annotated[Decimal, AfterValidator(_plain)]
Share = Annotated[Decimal, Field(ge=0, le=1), AfterValidator(_plain)]
Count = Annotated[int, Strict(), Field(ge=1)]
CountOrNone = Annotated[int, Strict(), Field(ge=0)]
YesNo = Annotated[bool, Strict()]
Size = Annotated[int, BeforeValidator(_size), Field(ge=1)]
Instant = AwareDatetime


class Part(BaseModel):
    """Base of all parts: frozen, and a key it does not know is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Part):
    """A text in Chinese and English."""

    zh: Annotated[str, Shape(min_length=1)]
    en: Annotated[str, Shape(min_length=1)]

    def in_language(self, code: str) -> str:
        """The text for a language code such as `zh-hans` or `en`; Chinese unless it is English."""
        return self.en if code.startswith("en") else self.zh
