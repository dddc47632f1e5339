"""The living style page: every component in every state, for those who build pages."""

import base64
from datetime import timedelta

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from paike.kernel import clock
from paike.kernel.text import Text
from paike.web.shared import cards, errors, gate


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(
        label="作品名称", max_length=30, help_text="与片头一致；推荐单位会自动加在前面。"
    )
    synopsis = forms.CharField(
        label="简介", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    theme = forms.ChoiceField(
        label="主题", choices=[("a", "说劳模 话工友"), ("b", "好人好事"), ("c", "vlog")]
    )
    route = forms.ChoiceField(
        label="报送方式",
        choices=[("r", "由所在单位推荐"), ("i", "个人报送")],
        widget=forms.RadioSelect,
        initial="r",
    )
    film = forms.FileField(label="短片", help_text="MP4，不超过 1.5 分钟、50 MB。")
    agree = forms.BooleanField(label="我承诺作品为原创，拥有全部权利。")


def _poster(hue: str) -> str:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 768 576"><defs><linearGradient id="g" '
        f'x2="1" y2="1"><stop stop-color="{hue}"/><stop offset="1" stop-color="#1c1512"/>'
        '</linearGradient></defs><rect width="768" height="576" fill="url(#g)"/><circle cx="560" '
        'cy="190" r="110" fill="#f3d9a0" opacity=".75"/><path d="M0 576V430l210-120 170 90 '
        '180-150 208 140v186z" fill="#120e0c" opacity=".7"/></svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


WORKS = (
    cards.WorkCard(
        title="广东省总工会《接触网上的除夕夜》",
        url="#work",
        poster=_poster("#8a3324"),
        theme=Text("说劳模 话工友", "Model workers"),
        credit="机务段融媒工作室",
        number="№ 042",
        seconds=84,
        chip=cards.Chip(Text("省级待审", "Waiting at the province"), "progress", "hourglass"),
    ),
    cards.WorkCard(
        title="全国铁路总工会《老张的十三号道岔》",
        url="#work",
        poster=_poster("#2d5a6b"),
        theme=Text("好人好事", "Good deeds"),
        seconds=88,
        chip=cards.Chip(Text("一等奖", "First prize"), "award", "award"),
    ),
    cards.WorkCard(
        title="新疆生产建设兵团总工会《棉田里的调解员》",
        url="#work",
        theme="vlog",
        chip=cards.Chip(Text("退回修改", "Returned"), "hint", "undo-2"),
    ),
    cards.WorkCard(
        title="某某市职工《时长超出的一部作品》",
        url="#work",
        poster=_poster("#5d6b2d"),
        chip=cards.Chip(Text("未通过检测", "Refused by the check"), "bad", "circle-x"),
    ),
)

VERDICTS = (
    cards.VerdictLine(Text("封装格式", "Container"), "pass", "MP4", "MP4"),
    cards.VerdictLine(
        Text("片长", "Length"),
        "refuse",
        Text("92.4 秒", "92.4 s"),
        Text("不超过 90 秒", "up to 90 s"),
        Text(
            "时长 92.4 秒，超出 2.4 秒。请剪短后重新上传，已填写的内容都在。",
            "The film runs 92.4 s, 2.4 s too long. Cut it and upload again; your form is kept.",
        ),
    ),
    cards.VerdictLine(
        Text("字幕", "Subtitles"),
        "warn",
        Text("2 处没有字幕", "2 passages without"),
        "",
        Text("这两段有人说话，画面上没有文字。", "Somebody speaks here and no text is on screen."),
        (
            cards.Evidence(12.4, _poster("#2d5a6b")),
            cards.Evidence(51.0, _poster("#8a3324")),
        ),
    ),
    cards.VerdictLine(Text("文件大小", "File size"), "pass", "38.2 MB", "50 MB"),
)


def _stations(reached: int) -> list[cards.Station]:
    now = clock.now()
    found = []
    for place, (key, name) in enumerate(cards.STATION_NAMES.items()):
        state: cards.StationState = "done" if place < reached else "ahead"
        at = now - timedelta(days=20 - place * 2) if place < reached else None
        if place == reached:
            state, at = "now", None
        note = (
            Text("通常 3 天内有结果", "Usually decided within 3 days") if place == reached else ""
        )
        by = Text("市总工会审核员", "City clerk") if key == "city" and at else ""
        found.append(cards.Station(key, name, state, at, by, note))
    return found


@require_safe
@gate.open_to(gate.development)
def show(request: HttpRequest) -> HttpResponse:
    """Everything on one page; `?theme=hall` shows it in the dark hall."""
    wrong = SampleForm({"title": "", "theme": "b", "route": "i"})
    wrong.is_valid()
    return render(
        request,
        "shared/style.html",
        {
            "base": f"shared/{'base_dark' if request.GET.get('theme') == 'hall' else 'base'}.html",
            "works": WORKS,
            "verdicts": VERDICTS,
            "stations": _stations(5),
            "chips": [work.chip for work in WORKS]
            + [
                cards.Chip(Text("草稿", "Draft")),
                cards.Chip(Text("通过", "Passed"), "good", "circle-check"),
            ],
            "form": SampleForm(),
            "wrong": wrong,
            "tiles": (
                cards.Tile("1 284", Text("收到作品", "Works received"), Text("部", ""), "", "film"),
                cards.Tile(
                    "35",
                    Text("推荐单位", "Bodies"),
                    "",
                    Text("33 家已报送", "33 have sent"),
                    "network",
                ),
                cards.Tile("96.4", Text("最高分", "Top mark"), Text("分", "points"), "", "star"),
            ),
            "page_obj": Paginator(range(200), 20).page(2),
            "player": cards.Player("接触网上的除夕夜", (), _poster("#2d5a6b")),
            "faults": errors.FAULTS.values(),
            "soon": clock.now() + timedelta(days=3),
            "hue": ("base-100", "base-200", "base-300", "base-content", "primary", "accent"),
            "signals": ("success", "warning", "error", "info"),
        },
    )
