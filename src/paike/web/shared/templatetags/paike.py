"""Tags and filters that every template may use (a builtin: no `load`)."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

import segno
from django import template
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from paike.campaigns.models import Campaign
from paike.kernel import bytesize, clock
from paike.kernel.text import Text
from paike.web.shared import assets, cards, faces, moments

register = template.Library()
logger = logging.getLogger(__name__)


@register.simple_tag
def icon(name: str, css: str = "size-5", label: str = "") -> SafeString:
    """A Lucide icon, drawn in place. Silent to screen readers unless it has a label."""
    try:
        inside = assets.icon(name)
    except assets.NotBuilt:
        inside = ""
    speech = format_html('role="img" aria-label="{}"', label) if label else "aria-hidden=true"
    return format_html(
        '<svg class="shrink-0 {}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" {}>{}</svg>',
        css,
        speech,
        mark_safe(inside),  # noqa: S308 - our own build's drawing
    )


@register.simple_tag(takes_context=True)
def vite(context: template.Context, name: str) -> SafeString:
    """Styles and module script of an entry of the front-end build, e.g. `pages/upload`."""
    try:
        found = assets.files(name)
    except assets.NotBuilt:
        logger.warning("The front end is not built: run `npm ci && npm run build` in frontend/.")
        return SafeString("")
    nonce = getattr(context.get("request"), "csp_nonce", "")
    parts = [
        format_html_join("", '<link rel="stylesheet" href="{}">', _addresses(found.styles)),
        format_html_join("", '<link rel="modulepreload" href="{}">', _addresses(found.preloads)),
        format_html_join(
            "",
            '<script type="module" src="{}" nonce="{}"></script>',
            ((address, nonce) for (address,) in _addresses(found.scripts)),
        ),
    ]
    return SafeString("".join(parts))


def _addresses(names: tuple[str, ...]) -> list[tuple[str]]:
    return [(static(f"built/{name}"),) for name in names]


@register.filter
def in_language(text: object) -> str:
    """The reader's language of a kernel Text or the rulebook's Words; a plain string as it is."""
    if text is None:
        return ""
    if hasattr(text, "zh") and hasattr(text, "en"):
        return Text(zh=text.zh, en=text.en).in_language(get_language() or "zh-hans")
    return str(text)


def _dated(when: datetime | None, write: Callable[[datetime, datetime], Text]) -> str:
    if when is None:
        return ""
    zone = timezone.get_current_timezone()
    words = write(when.astimezone(zone), clock.now().astimezone(zone))
    return format_html('<time datetime="{}">{}</time>', when.isoformat(), in_language(words))


@register.filter
def moment(when: datetime | None) -> str:
    """6月30日 24:00（还有 3 天）, in the current time zone."""
    return _dated(when, moments.moment)


@register.filter
def beginning(when: datetime | None) -> str:
    """3月1日 00:00, for starts."""
    return _dated(when, moments.beginning)


@register.filter
def day(when: datetime | None) -> str:
    """6月30日."""
    return _dated(when, moments.day)


@register.simple_tag
def days(start: datetime, end: datetime) -> str:
    """3月1日至6月30日, of a half-open span."""
    zone = timezone.get_current_timezone()
    here = (start.astimezone(zone), end.astimezone(zone), clock.now().astimezone(zone))
    return in_language(moments.days(*here))


@register.filter
def filesize(size: int | None) -> str:
    """52.4 MB."""
    return "" if size is None else bytesize.show(int(size))


@register.filter
def limit_size(size: int) -> str:
    """A limit as notices write it: 50 MB, not 50.0 MB."""
    return filesize(size).replace(".0 ", " ")


@register.filter
def duration(seconds: float | None) -> str:
    """1 分 28 秒."""
    return "" if seconds is None else in_language(moments.duration(float(seconds)))


@register.filter
def timecode(seconds: float | None) -> str:
    """1:28."""
    return "" if seconds is None else moments.timecode(float(seconds))


@register.filter
def to_look_at(verdicts: Sequence[cards.VerdictLine]) -> list[cards.VerdictLine]:
    """The lines that say something: refusals and hints."""
    return [one for one in verdicts if one.outcome != "pass"]


@register.filter
def passed(verdicts: Sequence[cards.VerdictLine]) -> list[cards.VerdictLine]:
    """The lines that are in order; they start folded."""
    return [one for one in verdicts if one.outcome == "pass"]


CONTROLS = {"select": "select", "textarea": "textarea", "checkbox": "checkbox", "radio": "radio"}


@register.filter
def dressed(field: BoundField) -> SafeString:
    """A form field's control in our looks; what the form itself set stays."""
    widget = field.field.widget
    kind = getattr(widget, "input_type", "textarea")
    css = "file-input" if kind == "file" else CONTROLS.get(kind, "input")
    if field.errors:
        css += f" {css}-error"
    own = widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{css} {own}".strip()})


@register.filter
def dressed_choice(choice: BoundWidget) -> SafeString:
    """One radio button or checkbox of a group."""
    css = "checkbox" if choice.data["type"] == "checkbox" else "radio"
    choice.data["attrs"] = choice.data["attrs"] | {"class": css}
    return SafeString(choice.tag())


@register.simple_tag(takes_context=True)
def face(context: template.Context) -> faces.Face:
    """The face of the page's own call (`campaign` in its context), else of the featured one."""
    campaign = context.get("campaign")
    return faces.of(campaign) if isinstance(campaign, Campaign) else faces.featured()


@register.simple_tag
def vote_address(slug: str) -> str:
    """The vote page in the reader's language: it is the same for everybody, so that its language
    stands in its address."""
    return reverse("vote-en" if (get_language() or "").startswith("en") else "vote", args=[slug])


@register.simple_tag(takes_context=True)
def qr(context: template.Context, address: str) -> SafeString:
    """A QR code, drawn in place, that leads a phone to an address of this site."""
    url = context["request"].build_absolute_uri(address)
    drawn: str = segno.make(url, error="m").svg_inline(scale=4, border=2, light="white")
    return SafeString(drawn)
