"""The entrant's form as the page shows it. What is right or wrong is said by `entries.rules.form`,
for drafts and submissions alike; this form only lays the fields out."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from paike.campaigns.rules.rulebook import Rulebook
from paike.entries.rules import form as rules
from paike.kernel.text import Text

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def say(text: Text) -> str:
    """A text of the rooms below in the reader's language."""
    return text.in_language(get_language() or "zh-hans")


def _line(
    label: "_StrPromise", *, help_text: "str | _StrPromise" = "", **attrs: str
) -> forms.CharField:
    widget = forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, help_text=help_text, widget=widget)


class EntryForm(forms.Form):
    """All fields but the unit, which is chosen from a list of its own, the film and the
    declarations. Faults are put in by the view."""

    use_required_attribute = False

    theme = forms.ChoiceField(label=_("主题"), widget=forms.RadioSelect)
    route = forms.ChoiceField(label=_("报送途径"), widget=forms.RadioSelect)
    workplace = _line(
        _("所在单位"), help_text=_("会写进作品标题，公开显示。"), autocomplete="organization"
    )
    title = _line(
        _("作品名称"),
        help_text=_("与片头字幕一致，不用写书名号，最多 40 个字。"),
        autocomplete="off",
    )
    synopsis = forms.CharField(
        label=_("内容简介"),
        help_text=_("人物是谁，做了什么，为什么打动您。20 到 600 个字，公开显示。"),
        widget=forms.Textarea(attrs={"rows": "5"}),
    )
    credit_kind = forms.ChoiceField(
        label=_("署名方式"),
        widget=forms.RadioSelect,
        choices=[("authors", _("作者姓名")), ("crew", _("主创人员单位"))],
    )
    credit = _line(
        _("署名"), help_text=_("与片头字幕一致，公开显示。多位作者用顿号隔开。"), autocomplete="off"
    )
    subject_name = _line(_("片中人物姓名"), autocomplete="off")
    subject_unit = _line(_("片中人物单位"), autocomplete="off")
    real_name = _line(_("您的真实姓名"), autocomplete="name")
    phone = _line(_("联系电话"), autocomplete="tel", inputmode="tel")
    email = forms.CharField(
        label=_("电子邮箱"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    reporting_unit = _line(_("您的单位"), autocomplete="organization")

    def __init__(self, values: dict[str, str], *, rulebook: Rulebook) -> None:
        super().__init__(data=values, auto_id="id_%s")
        self.fields["theme"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (theme.key, say(Text(theme.name.zh, theme.name.en))) for theme in rulebook.themes
        ]
        self.fields["route"].choices = _routes(rulebook)  # type: ignore[attr-defined]  # likewise
        for field, limit in rules.LIMITS.items():
            self.fields[field].widget.attrs["maxlength"] = str(limit)

    def full_clean(self) -> None:
        """Nothing is judged here."""
        self._errors = ErrorDict()
        self.cleaned_data = {}

    def mark(self, faults: Iterable[rules.Fault]) -> None:
        """Put each fault at its field."""
        self.full_clean()
        for fault in faults:
            if fault.field in self.fields:
                self.add_error(fault.field, say(fault.text))


def _routes(rulebook: Rulebook) -> list[tuple[str, object]]:
    routes: list[tuple[str, object]] = [("recommended", _("单位推荐：由工会逐级审核、推荐"))]
    if rulebook.funnel.individuals:
        routes.append(("individual", _("个人报送：直接送到承办单位")))
    return routes


def changes(sent: QueryDict) -> dict[str, str]:
    """The form's fields that were sent, and nothing else."""
    return {field: str(sent[field]) for field in rules.FIELDS if field in sent}
