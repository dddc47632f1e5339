"""When a new upload is refused before its first byte."""

from dataclasses import dataclass
from datetime import timedelta

from paike.kernel import bytesize
from paike.kernel.text import Text

UNFINISHED_MAX = 5  # per person
LIFETIME = timedelta(days=7)
DAY = timedelta(days=1)
FILMS_A_DAY = 30  # per person, whole ones: nobody fills the disk with films of one draft
# An upload needs room for its part and, for a moment, for the stored copy of it.
COPIES = 2
RESERVE = 256 * 1024**2


@dataclass(frozen=True)
class Refusal:
    """Why, in words, and the HTTP status that says the same to programs."""

    code: str
    status: int
    text: Text


EMPTY = Refusal(
    "empty",
    400,
    Text(
        "文件是空的（0 字节）。请重新选择影片文件。",
        "The file is empty (0 bytes). Choose the film again.",
    ),
)
TOO_LARGE = Text(
    "文件大小 {size}，上限 {limit}，超出 {over}。请降低码率重新导出，建议 3 Mbit/s 以内。",
    "The file has {size}; the limit is {limit}, exceeded by {over}. Export it again at a lower bit rate, "
    "such as 3 Mbit/s.",
)
TOO_MANY = Refusal(
    "too-many",
    429,
    Text(
        f"您有 {UNFINISHED_MAX} 个未传完的文件。请先继续或取消其中一个。",
        f"You have {UNFINISHED_MAX} unfinished uploads. Go on with one or cancel it first.",
    ),
)
TOO_OFTEN = Refusal(
    "too-often",
    429,
    Text(
        f"您在 24 小时内已上传 {FILMS_A_DAY} 个影片。请明天再试，已填写的内容都在。",
        f"You have sent {FILMS_A_DAY} films within 24 hours. Try again tomorrow; what you filled in is kept.",
    ),
)
NO_ROOM = Refusal(
    "no-room",
    507,
    Text(
        "服务器存储空间不足，暂时不能上传。请稍后再试，已填写的内容都在。",
        "The server is short of storage. Try again later; what you filled in is kept.",
    ),
)


def refusal(
    *, size: int, size_max: int, unfinished: int, arrived: int, free: int
) -> Refusal | None:
    """What keeps a file of `size` bytes from being begun, or None. All sizes in bytes;
    `unfinished`: this person's uploads under way; `arrived`: their films of the last 24 hours;
    `free`: on the disk of the parts."""
    if size <= 0:
        return EMPTY
    if size > size_max:
        over = bytesize.show(size - size_max)
        return Refusal(
            "too-large",
            413,
            TOO_LARGE.fill(size=bytesize.show(size), limit=bytesize.show(size_max), over=over),
        )
    if unfinished >= UNFINISHED_MAX:
        return TOO_MANY
    if arrived >= FILMS_A_DAY:
        return TOO_OFTEN
    if free < size * COPIES + RESERVE:
        return NO_ROOM
    return None
