"""The three decisions of a unit, in words."""

from paike.kernel.text import Text
from paike.web.shared.cards import Chip

CHIPS = {
    "accept": Chip(Text("已通过", "Accepted"), "good", "circle-check"),
    "return": Chip(Text("已退回", "Returned"), "hint", "undo-2"),
    "decline": Chip(Text("不予通过", "Declined"), "bad", "circle-x"),
}

# To pick and edit: what clerks write most often, said without blame.
REASONS = {
    "return": (
        Text(
            "片头缺少作品名称或作者（单位）名称，请补上。",
            "The opening titles lack the work's name, or its author or unit. Please add them.",
        ),
        Text("解说没有配字幕，请补充字幕。", "The narration has no subtitles. Please add them."),
        Text(
            "画面晃动或声音不清，请更换素材或重新配音。",
            "The picture shakes or the sound is unclear. Please replace it or record it anew.",
        ),
        Text(
            "片中人物的姓名或单位与填写的不一致，请核对。",
            "A name or unit in the film differs from the form. Please check.",
        ),
        Text(
            "使用的音乐或画面来源不明，请换成原创或已获授权的素材。",
            "Some music or footage is of unknown origin. Please use your own, or what you have a licence for.",
        ),
    ),
    "decline": (
        Text("内容与征集主题不符。", "The content does not fit the themes of the call."),
        Text("与已报送的作品重复。", "It repeats a work that was submitted before."),
        Text("不是完成片。", "It is not a finished film."),
        Text("主要内容不是原创。", "Most of it is not original."),
    ),
}
