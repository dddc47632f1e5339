"""The test films: every fault alone and some together, on footage of either half."""

from dataclasses import replace

from tests.corpus.recipe import Line, Recipe
from tests.corpus.sounding import spoken_span

LINES = {
    "tuning": (
        "今天我们来到纺织车间",
        "老师傅每天第一个到岗",
        "一台机器他修了二十年",
        "徒弟们都叫他活字典",
    ),
    "test": (
        "夜班公交从这里出发",
        "她记得每一位老乘客",
        "下雨天总要慢一点开",
        "平安到家就是最好的奖",
    ),
}
TITLES = {
    "tuning": ("车间里的灯", ("王建国", "李秀英"), "沈阳第三纺织厂工会"),
    "test": ("末班车的约定", ("赵海燕", "陈志强"), "武汉公交集团工会"),
}
STARTS = (4.0, 7.0, 10.0, 13.0)


def good(half: str, footage: str, name: str = "good", **changes: object) -> Recipe:
    """A film as it should be: title, speech, the same words below, quiet music."""
    title, authors, unit = TITLES[half]
    spoken = tuple(zip(STARTS, LINES[half], strict=True))
    subtitles = tuple(
        Line(spoken_span(start, text)[0] - 0.1, spoken_span(start, text)[1] + 0.2, text)
        for start, text in spoken
    )
    made = Recipe(
        name=f"{name}-{footage}", footage=footage, half=half, title=title, authors=authors,
        unit=unit, spoken=spoken, subtitles=subtitles,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type] # checked by the dataclass itself


def restyled(recipe: Recipe, **changes: object) -> Recipe:
    """The same film with its subtitles drawn otherwise."""
    lines = tuple(replace(line, **changes) for line in recipe.subtitles)  # type: ignore[arg-type] # as above
    return replace(recipe, subtitles=lines)


def _of(half: str, one: str, other: str) -> tuple[Recipe, ...]:
    plain = {"title": "", "subtitles": (), "spoken": ()}
    return (
        good(half, one),
        good(half, other),
        good(half, one, "black-start", black=((0, 3),), title=""),
        good(half, other, "black-middle", black=((6, 9),)),
        good(half, one, "black-end", black=((13, 16),), subtitles=(), spoken=()),
        good(half, other, "frozen-start", frozen=((0.1, 6),)),
        good(half, one, "frozen-end", frozen=((9, 16),)),
        good(half, one, "dark", dark=((4, 14),), **plain),
        good(half, other, "blurred", blurred=((3, 13),), **plain),
        good(half, one, "letterbox", letterbox=0.25),
        good(half, other, "flash", flash=((5, 9),)),
        good(half, one, "shake-still", shake=((2, 14),), still=True),
        good(half, other, "shake-busy", shake=((2, 14),), shake_size=9.0),
        good(half, one, "shake-pan", shake=((4, 12),), pan=12, still=True, shake_size=7.0),
        good(half, other, "pan", pan=12, still=True),
        good(half, one, "still", still=True, **plain),
        good(half, one, "interlaced", interlaced=True, **plain),
        good(half, other, "variable", variable=True),
        good(half, one, "quiet", gain=0.012),
        good(half, other, "loud", loud=True, music=0.2),
        good(half, one, "clipped", clipped=True),
        good(half, other, "silent", silent=((5, 11),), subtitles=(), spoken=()),
        good(half, one, "dead", channels="dead"),
        good(half, other, "inverted", channels="inverted"),
        good(half, other, "mono", channels="mono"),
        good(half, one, "hum", hum=0.02),
        good(half, other, "noisy", noise=0.06, voice=0.25),
        good(half, one, "short-sound", sound_seconds=11, subtitles=(), spoken=()),
        good(half, other, "no-title", title=""),
        good(half, one, "no-subtitles", subtitles=()),
        good(half, other, "music-only", **plain, music=0.2),
        restyled(good(half, other, "yellow"), style="yellow"),
        restyled(good(half, one, "boxed-top"), style="boxed", place=0.1),
        restyled(good(half, one, "plain-white-middle"), style="white", place=0.66),
        good(half, one, "watermark", watermark="抖音号：8812345"),
        good(half, other, "keyframes", encoder=(("g", "25"), ("bf", "0"))),
        good(half, one, "pyramid", encoder=(("preset", "veryfast"), ("bf", "3"))),
        good(half, other, "hevc", codec="libx265", encoder=(("x265-params", "log-level=none"),)),
        good(half, one, "hevc-shake", codec="libx265", shake=((2, 14),), still=True,
             encoder=(("x265-params", "log-level=none"),)),
    )  # fmt: skip


def _more(half: str, one: str, other: str) -> tuple[Recipe, ...]:
    """Once more what otherwise only a film or two have: on the other footage, fainter or shorter, and
    as editors encode (three pictures between)."""
    plain = {"title": "", "subtitles": (), "spoken": ()}
    edited = {"encoder": (("preset", "veryfast"), ("bf", "3"))}
    return (
        good(half, other, "dark-part", dark=((3, 9.5),), **plain, **edited),
        good(half, one, "blurred-part", blurred=((2, 9),), **plain, **edited),
        good(half, other, "letterbox-thin", letterbox=0.16, **edited),
        good(half, one, "flash-short", flash=((4, 6.5),), **edited),
        good(half, other, "watermark-other", watermark="快手号：paike2026"),
        good(half, one, "watermark-bare", watermark="西瓜视频", **edited),
        good(half, other, "interlaced-other", interlaced=True, **plain),
        good(half, one, "variable-other", variable=True, **edited),
        good(half, other, "clipped-other", clipped=True, **edited),
        good(half, one, "tone-between", between=1.3),
        good(half, other, "tone-between-other", between=1.18, **edited),
        good(half, one, "tone-within", between=0.9),
        good(half, one, "silent-short", silent=((6, 10),), subtitles=(), spoken=()),
        good(half, other, "hum-faint", hum=0.008, **edited),
        good(half, one, "noisy-other", noise=0.09, voice=0.3),
        good(half, other, "short-sound-little", sound_seconds=13, subtitles=(), spoken=()),
        good(half, other, "no-subtitles-other", subtitles=(), **edited),
        good(half, one, "no-subtitles-music", subtitles=(), music=0.08),
        restyled(good(half, other, "boxed-top-other", **edited), style="boxed", place=0.1),
        restyled(good(half, one, "yellow-small", **edited), style="yellow", size=26),
    )


ALL = (
    *_of("tuning", "bunny", "bikes"), *_more("tuning", "bunny", "bikes"),
    *_of("test", "city", "phone"), *_more("test", "city", "phone"),
)  # fmt: skip
BY_NAME = {recipe.name: recipe for recipe in ALL}
