"""Pictures of pages for docs/screens, taken only when asked (`make screens`): small, quantised."""

import os
import subprocess
from io import BytesIO
from pathlib import Path

from PIL import Image

FOLDER = Path(__file__).parent.parent.parent / "docs" / "screens"
WANTED = os.environ.get("PAIKE_SCREENS") == "1"
LARGEST = 120_000  # bytes
TALLEST = {"phone": 3000, "desktop": 1500}  # pixels of the picture, cut below

# Every page of the design's list: phone and desktop, Chinese and English.
PAGES = {
    "call-home": "征集首页 / the call",
    "register": "注册 / register",
    "my-entries": "我的作品 / my entries",
    "my-entries-empty": "还没有作品 / no entries yet",
    "new-entry": "新建作品 / new entry",
    "upload-progress": "上传中 / upload in progress",
    "upload-interrupted": "上传中断 / interrupted",
    "upload-resumed": "换设备续传 / resumed elsewhere",
    "verdict-refused": "检测不通过 / refused",
    "verdict-hints": "检测有提示 / with hints",
    "verdict-passed": "检测通过 / passed",
    "captions": "字幕 / captions",
    "clerk-desk": "两个活动的审核台 / a desk with two calls",
    "clerk-queue-empty": "没有待审 / nothing waits",
    "clerk-queue": "审核队列 / clerk's queue",
    "review-desk": "审核台 / review desk",
    "recommendation-list": "推荐名单 / recommendation list",
    "funnel": "活动总览 / organiser's funnel",
    "shortlist": "入围名单 / shortlist",
    "editor-desk": "编辑台 / editor's desk",
    "vote-grid": "投票页 / vote grid",
    "ballot-basket": "选票篮 / ballot basket",
    "receipt": "选票回执 / receipt",
    "my-ballots": "我的选票 / my ballots",
    "ballot-log": "选票日志 / ballot log",
    "jury-room": "评审室 / jury room",
    "score-sheet": "评分表 / score sheet",
    "result-pending": "结果草案，投票中 / the draft while the vote runs",
    "cut-lines": "奖级分界线 / cut lines",
    "result": "评选结果 / result",
    "exhibition-home": "展播首页 / exhibition",
    "exhibition-award": "展播奖项页 / award page",
    "exhibition-work": "展播作品页 / work page",
    "offline": "没有网络 / offline",
    "too-many-tries": "操作太频繁（429）/ too many tries",
    "forbidden": "不向您开放（403）/ forbidden",
    "not-found": "没有这个页面（404）/ not found",
    "page-expired": "页面已过期 / the page has expired",
    "development": "开发页面 / development page",
}
# What is printed, or shown in a terminal: one picture each.
PAPERS = {
    "certificate": "获奖证书 / certificate",
    "unit-poster": "单位海报 / unit poster",
    "recommendation-paper": "推荐表 / recommendation paper",
    "doctor": "paike doctor",
}
# What comes up over a page for a moment, on a phone: one picture each.
MOMENTS = {
    "ballot-offline": "选票在等网络 / the ballot waits for the network",
    "ballot-busy": "选票还没有送到 / the ballot has not arrived yet",
    "ballot-refused": "这个时段已投过票 / this period's ballot is used",
}
SIZES = ("phone", "desktop")
LANGUAGES = ("zh", "en")


def keep(picture: bytes, name: str, *, size: str = "desktop") -> None:
    """Write a picture into docs/screens as small as its page allows."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    image = image.crop((0, 0, image.width, min(image.height, TALLEST[size])))
    FOLDER.mkdir(parents=True, exist_ok=True)
    target = FOLDER / f"{name}.png"
    for colours, scale in ((128, 1.0), (64, 1.0), (64, 0.8), (48, 0.7), (32, 0.6), (24, 0.5)):
        small = image
        if scale < 1:
            wide, tall = round(image.width * scale), round(image.height * scale)
            small = image.resize((wide, tall), Image.Resampling.LANCZOS)
        small.quantize(colours, dither=Image.Dither.NONE).save(target, optimize=True)
        if target.stat().st_size <= LARGEST:
            return


def keep_paper(pdf: bytes, name: str) -> None:
    """The first page of a PDF, as a picture."""
    if not WANTED:
        return
    page = subprocess.run(
        ["pdftoppm", "-png", "-r", "75", "-f", "1", "-l", "1", "-"],
        input=pdf, capture_output=True, check=True,
    )  # fmt: skip
    keep(page.stdout, name)


def names() -> list[str]:
    """The file of every picture."""
    pages = [f"{page}.{size}.{tongue}" for page in PAGES for size in SIZES for tongue in LANGUAGES]
    moments = [f"{moment}.phone.zh" for moment in MOMENTS]
    return [f"{name}.png" for name in [*pages, *moments, *PAPERS]]


def readme() -> str:
    """The page that shows them all."""
    head = "| " + " | ".join(["", *(f"{s} · {t}" for s in SIZES for t in LANGUAGES)]) + " |"
    lines = [
        "# Screens",
        "",
        "Photographed by the browser tests while they walk the whole road in a real installation:",
        "`make screens` takes them again. Long pages are cut.",
        "",
        head,
        "|" + " --- |" * 5,
    ]
    for page, title in PAGES.items():
        shots = [f"{page}.{size}.{tongue}.png" for size in SIZES for tongue in LANGUAGES]
        cells = [f'<img src="{shot}" alt="{page}" width="200">' for shot in shots]
        lines.append("| " + " | ".join([title, *cells]) + " |")
    lines += ["", "## For a moment", ""]
    for moment, title in MOMENTS.items():
        lines += [
            f"### {title}",
            "",
            f'<img src="{moment}.phone.zh.png" alt="{moment}" width="240">',
            "",
        ]
    lines += ["## On paper, and in a terminal", ""]
    for paper, title in PAPERS.items():
        lines += [f"### {title}", "", f'<img src="{paper}.png" alt="{paper}" width="480">', ""]
    return "\n".join(lines)


if __name__ == "__main__":
    (FOLDER / "README.md").write_text(readme(), encoding="utf-8")
