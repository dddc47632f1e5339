"""What organisers send."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """A formal act and its reason."""

    reason = forms.CharField(
        label=_("理由"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class IdsField(forms.MultipleChoiceField):
    """Any number of ids; whether they may be chosen is for the action to say."""

    def clean(self, value: object) -> list[UUID]:
        try:
            return [UUID(one) for one in self.to_python(value)]
        except ValueError as fault:
            raise forms.ValidationError(_("没有看懂所选的作品，请刷新后再试。")) from fault


class EntriesForm(forms.Form):
    """The works that were ticked, and what happens to them."""

    entries = IdsField()
    act = forms.ChoiceField(choices=[("add", ""), ("remove", "")])


class RefillForm(forms.Form):
    """Which place is refilled by which work, and why."""

    place = forms.UUIDField(widget=forms.HiddenInput)
    entry = forms.UUIDField(label=_("递补作品"))
    reason = forms.CharField(label=_("依据"), max_length=2000, widget=forms.Textarea)


class ExtensionForm(forms.Form):
    """A stage and its new end, in the call's own time."""

    stage = forms.ChoiceField(label=_("阶段"))
    new_end = forms.DateTimeField(
        label=_("新的截止时间"),
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    reason = forms.CharField(
        label=_("延期理由（公开）"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: object, stages: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        self.fields["stage"].choices = stages  # type: ignore[attr-defined]  # a ChoiceField

    def end_in(self, zone: str) -> datetime:
        """The new end as a moment: what was typed is the wall clock of the call."""
        typed: datetime = self.cleaned_data["new_end"]
        return typed.replace(tzinfo=ZoneInfo(zone))


class ExportForm(forms.Form):
    """Which file; personal data only with a reason."""

    format = forms.ChoiceField(
        label=_("格式"),
        choices=[("xlsx", "Excel (.xlsx)"), ("csv", "CSV")],
        initial="xlsx",
        widget=forms.RadioSelect,
    )
    personal = forms.BooleanField(
        label=_("包含姓名、手机等个人信息"),
        required=False,
        help_text=_("只在确有需要时勾选。每部作品的查看都会记录在案。"),
    )
    reason = forms.CharField(
        label=_("使用个人信息的理由"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, object]:
        data: dict[str, object] = super().clean() or {}
        if data.get("personal") and not str(data.get("reason", "")).strip():
            self.add_error("reason", _("包含个人信息时请写明理由。"))
        return data
