"""How a message looks as a letter: plain text and a simple HTML twin of it."""

from dataclasses import dataclass
from html import escape

from paike.kernel.text import Text

GO = Text("打开查看", "Open it")
FOOT = Text(
    "这封邮件由拍客系统自动发出，请勿直接回复。",
    "Paike sent this letter by itself; please do not reply to it.",
)


@dataclass(frozen=True)
class Letter:
    """A mail ready to be handed over."""

    to: str
    subject: str
    text: str
    html: str


def compose(*, to: str, subject: str, body: str, url: str, language: str) -> Letter:
    """A letter in `language`; `url` may be empty."""
    go, foot = GO.in_language(language), FOOT.in_language(language)
    text = "\n\n".join(
        part for part in (body, f"{go}：{url}" if url else "", "--\n" + foot) if part
    )
    paragraphs = "".join(f"<p>{_lines(part)}</p>" for part in body.split("\n\n"))
    link = f'<p><a href="{escape(url)}">{escape(go)}</a><br>{escape(url)}</p>' if url else ""
    html = (
        f'<!doctype html><html lang="{escape(language)}"><meta charset="utf-8">'
        '<body style="font:16px/1.7 sans-serif;max-width:34em;margin:1.5em auto;padding:0 1em">'
        f"{paragraphs}{link}<hr><small>{escape(foot)}</small></body></html>"
    )
    return Letter(to=to, subject=" ".join(subject.split()), text=text, html=html)


def _lines(paragraph: str) -> str:
    return "<br>".join(escape(line) for line in paragraph.split("\n"))
