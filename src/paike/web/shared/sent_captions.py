"""A caption file as a form sends it: put, or say why not. The same for entrant and editor."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from paike.accounts.models import Account
from paike.entries.actions import captions
from paike.entries.models import Entry
from paike.kernel import clock
from paike.media.rules import captions as rules


def put(request: HttpRequest, entry: Entry, *, by: Account) -> None:
    """Give the work the captions of the form's file."""
    file = request.FILES.get("captions")
    if not isinstance(file, UploadedFile):
        messages.error(request, _("请先选择字幕文件（.vtt 或 .srt）。"))
        return
    source = file.read(rules.MOST_BYTES + 1)  # one more: that it is too large is seen by the rule
    try:
        made = captions.put(entry=entry, by=by, source=source, now=clock.now())
    except (rules.Unreadable, captions.NotNow, captions.NoFilm) as refusal:
        messages.error(request, refusal.text.in_language(get_language() or "zh-hans"))
        return
    messages.success(request, _("字幕已加上，共 %(number)s 条。") % {"number": made.cues})


def remove(request: HttpRequest, entry: Entry, *, by: Account) -> None:
    """Show the work without captions."""
    try:
        captions.remove(entry=entry, by=by, now=clock.now())
    except (captions.NotNow, captions.NoFilm) as refusal:
        messages.error(request, refusal.text.in_language(get_language() or "zh-hans"))
        return
    messages.success(request, _("字幕已移除。"))
